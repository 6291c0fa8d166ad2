"""The editor for a whole number: places, months, how many sessions."""

import re

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui.widgets.editors import TypedField

_DIGITS = re.compile(r"\d{1,6}$", re.ASCII)


class NumberField(TypedField):
    """A whole number; its value is None while the field is empty."""

    def set_value(self, value: int | str | None) -> None:
        """Show a number; words that are none are shown as they are."""
        super().set_value(value if isinstance(value, str | None) else str(value))

    def _read(self, words: str) -> int:
        if not _DIGITS.match(words):
            raise UserError(f"‘{words[:20]}’ is not a whole number. Write it like 12.")
        return int(words)
