"""Calendar files: read back by two readers that know nothing of how they were written."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz
from icalendar import Calendar, Event

from staffdev_desktop.exchange.calendars import Entry, calendar_file, file_name, stable_uid, summary_of, write_files
from staffdev_desktop.kernel.errors import Fault, FileProblem, UserError

WRITTEN = datetime(2026, 10, 20, 12)
SUMMER, WINTER = datetime(2027, 6, 8, 13, 30), datetime(2026, 11, 10, 13, 30)


def entry(**changes: object) -> Entry:
    values = {"uid": stable_uid("PDR-2026-0031", "F1"), "sequence": 3, "starts": WINTER, "place": "Library"} | changes
    return Entry(**values)


def events(content: bytes) -> list[Event]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_meeting_is_read_back_as_it_was_booked() -> None:
    (event,) = events(calendar_file([entry()], written_at=WRITTEN))
    assert event["DTSTART"].dt.replace(tzinfo=None) == WINTER
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=45)
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Meeting, Library", "Library")
    assert (str(event["UID"]), event["SEQUENCE"]) == ("pdr-2026-0031@f1", 3)
    assert event["DTSTAMP"].dt == WRITTEN.astimezone(UTC)


@pytest.mark.parametrize(("moment", "hour"), [(SUMMER, 12), (WINTER, 13)])
def test_half_past_one_in_school_is_half_past_one_in_summer_and_in_winter(moment: datetime, hour: int) -> None:
    (event,) = events(calendar_file([entry(starts=moment)], written_at=WRITTEN))
    assert event["DTSTART"].dt.astimezone(UTC).hour == hour


def test_the_rules_in_the_file_are_those_of_london() -> None:
    """A calendar that knows no zone of that name goes by the rules that stand in the file: a second reader does."""
    content = calendar_file([entry()], written_at=WRITTEN).decode()
    zone = tz.tzical(io.StringIO(content.replace("\r\n", "\n"))).get("Europe/London")
    london = ZoneInfo("Europe/London")
    for year in range(2024, 2036):
        for day in range(0, 365):
            moment = datetime(year, 1, 1, 9) + timedelta(days=day)
            assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=london).utcoffset(), moment


def test_no_name_stands_in_a_file_unless_it_is_asked_for() -> None:
    assert summary_of(entry(place="")) == "Meeting"
    assert summary_of(entry(names="Karen Doyle and Ruth Pemberton")) == "Meeting: Karen Doyle and Ruth Pemberton, Library"
    content = calendar_file([entry()], written_at=WRITTEN)
    assert b"CLASS:PRIVATE" in content
    assert not {b"ORGANIZER", b"ATTENDEE", b"DESCRIPTION"} & set(content.replace(b":", b"\r\n").split())


def test_a_change_has_the_same_name_and_a_higher_sequence_and_a_cancelled_meeting_goes() -> None:
    first, moved = entry(), entry(sequence=4, starts=SUMMER)
    (before,), (after,) = events(calendar_file([first], written_at=WRITTEN)), events(calendar_file([moved], written_at=WRITTEN))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    gone = calendar_file([entry(sequence=5, cancelled=True)], written_at=WRITTEN)
    assert Calendar.from_ical(gone)["METHOD"] == "CANCEL"
    assert str(events(gone)[0]["STATUS"]) == "CANCELLED"
    with pytest.raises(ValueError, match="booked meetings or cancelled ones"):
        calendar_file([first, entry(cancelled=True)], written_at=WRITTEN)
    with pytest.raises(ValueError, match="booked"):
        calendar_file([], written_at=WRITTEN)


def test_a_reviewers_meetings_stand_in_one_file_in_order_and_give_the_same_bytes() -> None:
    both = [entry(uid="b", starts=SUMMER), entry(uid="a", starts=WINTER)]
    content = calendar_file(both, written_at=WRITTEN)
    assert [str(event["UID"]) for event in events(content)] == ["a", "b"]
    assert content == calendar_file(both[::-1], written_at=WRITTEN)


def test_a_place_with_every_sign_in_it_comes_back_and_breaks_no_line() -> None:
    place = "Łódź; room, 2\\3\r\nBEGIN:VEVENT" + " long" * 40
    (event,) = events(calendar_file([entry(place=place)], written_at=WRITTEN))
    assert str(event["LOCATION"]) == " ".join(place.split())


@pytest.mark.parametrize("minutes", [0, -45, 481])
def test_a_length_that_is_none_is_refused(minutes: int) -> None:
    with pytest.raises(UserError) as refused:
        calendar_file([entry(minutes=minutes)], written_at=WRITTEN)
    assert refused.value.field == "minutes"


def test_files_are_named_by_number_and_written_whole(tmp_path: Path) -> None:
    assert file_name("PDR-2026-0031") == "PDR-2026-0031.ics"
    assert file_name("../0031/a", cancelled=True) == "---0031-a-cancelled.ics"
    (path,) = write_files(tmp_path, {"PDR-2026-0031.ics": b"one"})
    write_files(tmp_path, {"PDR-2026-0031.ics": b"two"})
    assert path.read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["PDR-2026-0031.ics"]
    with pytest.raises(FileProblem) as missing:
        write_files(tmp_path / "gone", {"a.ics": b""})
    assert missing.value.fault is Fault.MISSING
