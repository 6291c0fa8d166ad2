"""The school's own edition of a form: new reviews use it, old ones keep theirs."""

from dataclasses import replace
from datetime import date

import pytest

from staffdev_desktop.formkit import Form, shipped_form
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.queries import boards, form_use, records
from staffdev_desktop.pdr.rules import is_open
from staffdev_desktop.pdr.services import cycles
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings_queries
from staffdev_desktop.settings import services as settings
from tests.people import staff_a_school


def renamed(form: Form, title: str) -> Form:
    first = replace(form.sections[0], title=title)
    return replace(form, sections=(first, *form.sections[1:]))


def test_a_review_keeps_the_version_it_was_made_with(school: School) -> None:
    staffed = staff_a_school(school)
    first = cycles.NewCycle("One", 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))
    school.do(cycles.start_cycle, cycle=first, invited=[cycles.Invited(staffed.karen, staffed.ruth)])
    assert school.do(settings.save_form, form=renamed(shipped_form("support-statement"), "What we talked about")) == 2
    school.do(cycles.start_cycle, cycle=replace(first, name="Two"), invited=[cycles.Invited(staffed.karen, staffed.ruth)])
    old, new = (school.read(records.review, review_id=row.id).statement_form for row in school.read(boards.cycle_board, year=2026))
    assert (old.version, old.sections[0].title) == (1, "Discussion")
    assert (new.version, new.sections[0].title) == (2, "What we talked about")
    assert [row.version for row in school.read(settings_queries.form_versions, form_id="support-statement")] == [2]


def test_a_form_keeps_what_reviews_are_built_on(school: School) -> None:
    form = shipped_form("support-statement")
    without = replace(form, sections=tuple(section for section in form.sections if section.id != "comments"))
    with pytest.raises(UserError, match="needs its comments"):
        school.do(settings.save_form, form=without)


def test_running_reviews_are_counted_by_the_forms_they_use(practice_school: School) -> None:
    running = [row for row in practice_school.read(boards.cycle_board, year=2026) if is_open(row.stage) and not row.exempt]
    counted = practice_school.read(form_use.running_reviews)
    assert counted["support-statement", 1] == sum(row.kind == "support" for row in running) > 0
    assert sum(counted.values()) == 2 * len(running)
