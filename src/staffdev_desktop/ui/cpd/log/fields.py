"""Fields of the log: hours as people type them, what an entry names, days on which staff are away."""

from collections.abc import Iterable

from staffdev_desktop.cpd.log import queries
from staffdev_desktop.cpd.log.rows import KindRow, Links
from staffdev_desktop.cpd.log.rules import hours, read_minutes
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui.asking import ClosedDays
from staffdev_desktop.ui.widgets.editors import TypedField
from staffdev_desktop.ui.widgets.fields import LabelledField

PARTS = (("targets", "target_id"), ("needs", "need_id"), ("areas", "area_id"), ("priorities", "priority"))
QUARTER = "0.25 is a quarter of an hour"
LONGEST_LABEL = 60


class HoursField(TypedField):
    """Hours, typed as people type them: 0.75, 45 min, 1:15. Its value is in minutes; written 0.75 when the field is left."""

    def __init__(self, example: str = "", parent=None) -> None:
        super().__init__(example or "0.75", parent)

    def set_value(self, value: int | str | None) -> None:
        """Show minutes as hours; words that are no time are shown as they are."""
        super().set_value(value if isinstance(value, str | None) else hours(value))

    def _read(self, words: str) -> int:
        return read_minutes(words)


class LogDays(ClosedDays):
    """Asks about days in a weekend or in the holidays. On an INSET day staff are at work: nothing is asked about it."""

    def __init__(self, school) -> None:
        super().__init__(school)
        self._inset = [closure for closure in self._closures if "inset" in closure.name.casefold()]

    def question(self, day) -> str:
        """What to ask about a day; nothing if staff are at work."""
        if day and any(closure.begins <= day <= closure.ends for closure in self._inset):
            return ""
        return super().question(day)


def kind_choices(school, kinds: Iterable[KindRow] | None = None, keep: int | None = None) -> list[tuple[int | None, str]]:
    """The kinds in use, after a line for none; `keep` is one that stays on offer though it is out of use."""
    found = kinds if kinds is not None else school.read(queries.kinds, in_use_only=False)
    return [(None, "No kind"), *((kind.id, kind.name) for kind in found if kind.in_use or kind.id == keep)]


def part_choices(links: Links, part: str) -> list[tuple[object, str]]:
    """What an entry can name of one part."""
    return [(None, "None"), *((choice.key, shortened(choice.label)) for choice in getattr(links, part))]


def all_choices(links: Links) -> list[tuple[object, str]]:
    """What an entry can name, in one list: values are (field of the entry, key)."""
    found: list[tuple[object, str]] = [(None, "Nothing")]
    for part, field in PARTS:
        found += [((field, choice.key), shortened(choice.label)) for choice in getattr(links, part)]
    return found


def kept(field: LabelledField, before: object) -> object:
    """What a choice holds; what it held before, where that was not on offer to this user and nothing else was chosen."""
    value = field.value()
    return before if before and not value and field.editor.findData(before) < 0 else value


def shortened(words: str) -> str:
    """A label that leaves its box in one piece."""
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1].rstrip()}…"


def read_file(path) -> tuple[str, bytes]:
    """A file to keep as evidence: its name and its bytes. Raises UserError if it cannot be read, is too large or of another kind."""
    from staffdev_desktop.attachments.rules import LARGEST, check_attachment

    try:
        if path.stat().st_size > LARGEST:  # before it is read: it may be a film
            raise UserError(f"‘{path.name}’ is larger than 20 MB. Scan it again in black and white or at a lower resolution.", field="file")
        content = path.read_bytes()
    except OSError as error:
        raise UserError(f"‘{path.name}’ cannot be read. Check that it is there, then choose it again.", field="file") from error
    check_attachment(path.name, content)
    return path.name, content


FILES = "PDF or photo (*.pdf *.png *.jpg *.jpeg);;All files (*)"
