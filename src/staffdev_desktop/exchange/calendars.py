"""Meetings as calendar files (.ics, RFC 5545) for Outlook, Google Calendar and telephones: one meeting, or many in one file.

Times are those of Europe/London with its rules written into the file, not floating ones: a telephone that is abroad at half-term, or
a calendar set to UTC, still shows the meeting when it is. The rules stand here in words, so that no zone database of the PC is asked
and the same meetings always give the same bytes.

A file leaves the encrypted school file for good, so it says no more than that there is a meeting, when and where. Names stand in it
only where the person asks for them. There is no organiser and no guest: the program knows no addresses, and nobody is to be mailed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.schoolfile.atomic import replace_file

ZONE = "Europe/London"
USUAL_MINUTES = 45
SHORTEST, LONGEST = 5, 8 * 60  # minutes
SUFFIX = ".ics"
_PRODUCT = "-//StaffDev Desktop//Meetings//EN"
_HOUR, _NONE = timedelta(hours=1), timedelta(0)


@dataclass(frozen=True)
class Entry:
    """One meeting. `sequence` grows with each change, so that a calendar knows the newest; `starts` is UK wall-clock time.

    `names` are written only if they are given; `cancelled` takes the meeting out of the calendar again. `title` stands in place of the
    word ‘Meeting’ where what it is about is no secret, as of a training session.
    """

    uid: str
    sequence: int
    starts: datetime
    minutes: int = USUAL_MINUTES
    place: str = ""
    names: str = ""
    cancelled: bool = False
    title: str = ""


def stable_uid(number: str, file_id: str) -> str:
    """What a calendar knows a meeting by for ever: its number and the school file's id. No word about anybody."""
    return f"{number}@{file_id}".lower()


def file_name(number: str, *, cancelled: bool = False) -> str:
    """PDR-2026-0031.ics: numbers, never words about a person (DESIGN section 4, Confidential)."""
    safe = "".join(letter if letter.isalnum() or letter == "-" else "-" for letter in number)
    return f"{safe}{'-cancelled' if cancelled else ''}{SUFFIX}"


def calendar_file(entries: Sequence[Entry], *, written_at: datetime) -> bytes:
    """One calendar file with these meetings. All of them are booked, or all of them are cancelled: a file says which once.

    `written_at` is local time. Raises UserError if the length of a meeting is not between 5 minutes and 8 hours; ValueError for a
    mixture or none.
    """
    if len({entry.cancelled for entry in entries}) != 1:
        raise ValueError("a calendar file holds booked meetings or cancelled ones")
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", _PRODUCT)
    made.add("method", "CANCEL" if entries[0].cancelled else "PUBLISH")
    made.add_component(_zone())
    for entry in sorted(entries, key=lambda entry: (entry.starts, entry.uid)):
        made.add_component(_event(entry, written_at))
    return bytes(made.to_ical())


def write_files(folder: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files by name into a folder, each whole; an older file of the same meeting is replaced. Raises FileProblem."""
    written = []
    for name, content in files.items():
        replace_file(folder / name, content)
        written.append(folder / name)
    return tuple(written)


def summary_of(entry: Entry) -> str:
    """What a calendar shows: ‘Meeting’ and the room, with names only where they were asked for."""
    what = _one_line(entry.title) or "Meeting"
    return ", ".join(part for part in (f"{what}: {entry.names}" if entry.names else what, _one_line(entry.place)) if part)


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _event(entry: Entry, written_at: datetime) -> Event:
    if not entry.title and not SHORTEST <= entry.minutes <= LONGEST:  # a session has its own rule, and may last a whole day
        raise UserError(f"A meeting takes between {SHORTEST} minutes and {LONGEST // 60} hours.", field="minutes")
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", written_at.astimezone(UTC))
    _add_moment(event, "dtstart", entry.starts)
    _add_moment(event, "dtend", entry.starts + timedelta(minutes=entry.minutes))
    event.add("summary", summary_of(entry))
    if entry.place:
        event.add("location", _one_line(entry.place))
    event.add("class", "PRIVATE")  # others who may look into this calendar see ‘busy’
    event.add("transp", "OPAQUE")
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _add_moment(event: Event, name: str, moment: datetime) -> None:
    event.add(name, moment.replace(second=0, microsecond=0, tzinfo=None), parameters={"TZID": ZONE})


def _zone() -> Timezone:
    """Greenwich and summer time as they have changed over since 1996: at 01:00 GMT on the last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", ZONE)
    summer, winter = TimezoneDaylight(), TimezoneStandard()
    for part, name, begins, before, after, month in (
        (summer, "BST", datetime(1996, 3, 31, 1), _NONE, _HOUR, 3),
        (winter, "GMT", datetime(1996, 10, 27, 2), _HOUR, _NONE, 10),
    ):
        part.add("dtstart", begins)
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(part)
    return zone
