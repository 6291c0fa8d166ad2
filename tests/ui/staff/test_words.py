"""What the list and the record say: plain functions over rows."""

from dataclasses import fields, replace
from datetime import date, datetime

from staffdev_desktop.pdr.rows import BoardRow, PersonStage, ReviewDates, Stage, TargetRow
from staffdev_desktop.staff.rows import PersonRow, RoleSpell, Roll, When
from staffdev_desktop.ui.staff import words
from staffdev_desktop.ui.staff.models import EVERYBODY, NO_GROUP, ListRow, StaffFilter, stage_badge

TODAY = date(2026, 10, 20)
PERSON = PersonRow(1, "Karen Doyle", "doyle karen", "Cook", 3, "Site", "employee", Roll.ON_ROLL, "", "0117", "", "karen doyle cook")


def test_the_filter_keeps_group_and_roll() -> None:
    row, left = ListRow(PERSON, None), ListRow(replace(PERSON, roll=Roll.LEFT, group_id=None), None)
    assert StaffFilter().keeps(row)
    assert not StaffFilter().keeps(left)
    assert StaffFilter(roll=EVERYBODY).keeps(left)
    assert StaffFilter(NO_GROUP, Roll.LEFT).keeps(left)
    assert not StaffFilter(NO_GROUP, EVERYBODY).keeps(row)
    assert StaffFilter(3).keeps(row)


def test_the_foot_counts() -> None:
    assert words.shown_words(14, 61, 56) == "14 of 61 people shown · 56 have a review this year"
    assert words.shown_words(0, 1, 1) == "0 of 1 person shown · 1 has a review this year"
    assert words.shown_words(0, 0, 0) == "0 of 0 people shown"


def test_targets_say_when_and_how_they_came_out() -> None:
    target = TargetRow(7, 0, "Run the club", "", "", date(2026, 7, 1), "", date(2025, 10, 14), "partly met", "", "", taken_in=False)
    line = words.target_lines([target, replace(target, by_when=None, outcome="")])
    assert (line[0].lead, line[0].below, line[0].badge.words) == ("1", "By July 2026", "Partly met")
    assert (line[1].lead, line[1].below, line[1].badge) == ("2", "No day set", None)
    assert line[0].spoken() == "1, Run the club, By July 2026, Partly met"


def test_an_end_is_said_only_where_a_gap_follows() -> None:
    history = [
        RoleSpell(4, "HLTA", "", date(2024, 9, 1), None, When.CURRENT),
        RoleSpell(3, "Teaching assistant", "Annexe", date(2022, 1, 1), date(2024, 7, 24), When.PAST),
        RoleSpell(2, "Midday supervisor", "", date(2018, 1, 8), date(2019, 3, 1), When.PAST),
    ]
    lines = words.spell_lines(history)
    assert [(line.lead, line.words, line.second, line.strong) for line in lines] == [
        ("Sep 2024", "HLTA", "", True),
        ("Jan 2022", "Teaching assistant, Annexe", "", False),
        ("Jan 2018", "Midday supervisor", "to Mar 2019", False),
    ]


def test_a_stage_is_a_badge_and_none_is_none() -> None:
    assert stage_badge(None) is None
    badge = stage_badge(PersonStage(1, 2, Stage.OUT, "Sheet out", "mute"))
    assert (badge.words, badge.kind) == ("Sheet out", "mute")


def booked(at: datetime) -> BoardRow:
    day = date(2026, 10, 30)
    known = {"id": 2, "person_id": 1, "dates": ReviewDates(booked_for=at), "stage": Stage.BOOKED, "deadline": day, "sheets_due_on": day}
    return BoardRow(**{field.name: known.get(field.name, "") for field in fields(BoardRow)})


def test_a_booked_meeting_says_when() -> None:
    stage = PersonStage(1, 2, Stage.BOOKED, "Booked", "info")
    assert words.review_badge(stage, booked(datetime(2026, 10, 20, 13, 30)), TODAY).words == "Meeting today 13:30"
    assert words.review_badge(stage, booked(datetime(2026, 10, 23, 9, 0)), TODAY).words == "Meeting Fri 23 Oct 09:00"
    assert words.review_badge(replace(stage, badge="late", label="Overdue"), booked(datetime(2026, 10, 1, 9, 0)), TODAY).words == "Overdue"
