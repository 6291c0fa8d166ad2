"""The forms that ship: a sheet and a statement for each kind of review."""

import pytest

from staffdev_desktop.formkit import missing_before_agreed, shipped_form, shipped_forms, standards_for

KINDS = ("support", "teacher", "leadership", "head", "probation", "light", "governor")


def test_each_kind_has_a_sheet_and_a_statement() -> None:
    wanted = {f"{kind}-{paper}" for kind in KINDS for paper in ("self-review", "statement")}
    assert {form.id for form in shipped_forms()} == wanted
    assert all(form.purpose == form.id.partition("-")[2] for form in shipped_forms())


@pytest.mark.parametrize("kind", KINDS)
def test_a_statement_can_be_judged_agreed_and_signed(kind: str) -> None:
    statement = shipped_form(f"{kind}-statement")
    for core in ("outcomes", "targets", "needs", "comments", "agreement", "signatures"):
        assert len(statement.fields_of(core)) == 1, core
    assert all(section.short for section in statement.sections if section.id != "signatures")
    sheet = shipped_form(f"{kind}-self-review")
    assert sheet.field("times") is not None
    assert (sheet.person, sheet.reviewer) == (statement.person, statement.reviewer)


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.id)
def test_pay_is_asked_nowhere_until_a_school_switches_it_on(form) -> None:
    assert not [field for field in form.fields if "pay" in f"{field.id} {field.label}".lower()]
    hidden = {field.id for section in form.sections for field in section.hidden}
    assert hidden == (
        {"pay_decision", "pay_reasons"} if form.id in ("teacher-statement", "leadership-statement", "head-statement") else set()
    )


def test_the_sheet_for_teachers_names_the_standards_as_the_framework_does() -> None:
    field = shipped_form("teacher-self-review").field("standards")
    targets = shipped_form("teacher-statement").field("targets")
    assert field is not None
    assert targets is not None
    assert field.choices == standards_for(targets)
    assert field.optional


def test_what_is_missing_is_said_in_the_forms_own_words() -> None:
    sentences = [problem.sentence for problem in missing_before_agreed(shipped_form("governor-statement"), {}, first_year=True)]
    assert sentences == [
        "Write the governor’s comments, or tick ‘none’.",
        "The governor has not said whether they agree.",
        "The chair has not said whether they agree.",
    ]
