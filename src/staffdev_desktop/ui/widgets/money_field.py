"""The editor for an amount of money."""

from staffdev_desktop.kernel.money import pounds, read_pounds
from staffdev_desktop.ui.widgets.editors import TypedField


class PoundsField(TypedField):
    """An amount, typed as people type one: 120, £120.50. Its value is in pence; written £120.50 when the field is left."""

    def __init__(self, example: str = "", parent=None) -> None:
        super().__init__(example or "£120.50", parent)

    def set_value(self, value: int | str | None) -> None:
        """Show pence as pounds; words that are no amount are shown as they are."""
        super().set_value(value if isinstance(value, str | None) else pounds(value))

    def _read(self, words: str) -> int:
        return read_pounds(words)
