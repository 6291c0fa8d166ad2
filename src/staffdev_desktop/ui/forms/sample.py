"""Sample words for the paper beside the editor. Nobody in here exists."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from staffdev_desktop.formkit import OUTCOMES, Field, Form, form_as_data
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_label, year_of

SHEET, STATEMENT, MEETING_FORM = "sheet", "statement", "meeting form"
PERSON, POST = "Amira Kowalczyk", "Teaching assistant"
REVIEWER, REVIEWER_POST = "Helen Marsh", "Phase leader"
NUMBER, NO_FINGERPRINT = "PDR-0000-0000", "0000 0000 0000 0000"
LONG = "These are sample words. They show how much room an answer takes on paper and where the next question begins."
TARGETS = (
    ("Lead the phonics group on three mornings a week.", "All children in the group move up a level.", "Training in the autumn term."),
    ("Share what worked with the other teaching assistants.", "A short session each half term.", "Time in the staff meeting."),
)


@dataclass(frozen=True)
class SchoolWords:
    """What of the school stands on a paper."""

    name: str
    return_to: str = ""
    logo: bytes | None = None


def papers_of(form: Form) -> tuple[tuple[str, str], ...]:
    """Which papers a form makes, with their names."""
    if form.purpose == "self-review":
        return ((SHEET, "Sheet to write on"),)
    return ((STATEMENT, "Statement, filled in"), (MEETING_FORM, "Meeting form to write on"))


def draw(form: Form, kind: str, school: SchoolWords) -> bytes:
    """One of the papers of a form as a PDF, with sample words. Pure work for the worker thread."""
    from staffdev_desktop.pdr import papers

    if kind == STATEMENT:
        return papers.statement(_snapshot(form, school), "staff", NO_FINGERPRINT, logo=school.logo)
    today = clock.today()
    facts = papers.ReviewFacts(
        school=school.name,
        number=NUMBER,
        academic_year=year_label(year_of(today)),
        name=PERSON,
        post=POST,
        reviewer=REVIEWER,
        reviewer_post=REVIEWER_POST,
        printed_on=today,
        return_by=today + timedelta(days=14),
        return_to=school.return_to,
        meeting=today + timedelta(days=21),
        practice=True,
        logo=school.logo,
    )
    last = [papers.LastTarget(target, today, today - timedelta(days=330)) for target, _criteria, _support in TARGETS]
    return papers.self_review_sheet(form, facts, last) if kind == SHEET else papers.meeting_form(form, facts, last)


def answers_for(form: Form) -> dict[str, Any]:
    """An answer to every question that is asked."""
    return {field.id: _answer(field) for field in form.fields if field.kind != "signatures"}


def _snapshot(form: Form, school: SchoolWords) -> Mapping[str, Any]:
    today = clock.today()
    return {
        "school": {"name": school.name},
        "practice": True,
        "number": NUMBER,
        "version": 1,
        "form": form_as_data(form),
        "person": {"name": PERSON, "post": POST, "staff_number": "0000"},
        "reviewer": {"name": REVIEWER, "post": REVIEWER_POST},
        "contributors": [],
        "academic_year": year_label(year_of(today)),
        "meeting": today.isoformat(),
        "covers": "",
        "answers": answers_for(form),
        "first_year": False,
        "locked_at": "",
    }


def _answer(field: Field) -> Any:
    today = clock.today()
    by_when = (today + timedelta(days=240)).isoformat()
    if field.kind == "targets":
        keys = ("target", "success_criteria", "support")
        return [{**dict(zip(keys, row, strict=True)), "by_when": by_when, "priority": ""} for row in TARGETS]
    if field.kind == "outcomes":
        outcomes = field.choices or OUTCOMES
        agreed_on = (today - timedelta(days=330)).isoformat()
        return [
            {"target": row[0], "outcome": outcomes[place % len(outcomes)], "note": "Sample words.", "agreed_on": agreed_on}
            for place, row in enumerate(TARGETS)
        ]
    if field.kind == "needs":
        return [{"need": "Phonics training", "how": "Course", "who": "School office", "by_when": by_when, "state": "to arrange"}]
    if field.kind in ("choice", "scale"):
        return field.choices[0]
    if field.kind in ("tick_list", "opportunities"):
        return list(field.choices[:2]) or ["Shadow a colleague for a day"]
    simple: dict[str, Any] = {
        "short_text": "A few sample words",
        "long_text": LONG,
        "tick": True,
        "date": today.isoformat(),
        "comments": {"text": LONG, "none": False},
        "agreement": {"member": "agreed", "reviewer": "agreed"},
        "interim": {"planned": True, "when": by_when},
    }
    return simple[field.kind]
