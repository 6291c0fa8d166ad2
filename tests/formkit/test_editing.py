"""A school's own edits of a form, and forms as TOML."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.formkit import Form, form_from_data, parse_form, shipped_form, shipped_forms
from staffdev_desktop.formkit.definition import KINDS, NEEDS_CHOICES
from staffdev_desktop.formkit.editing import (
    added_field,
    added_section,
    check_edition,
    checked,
    copied,
    every_field,
    hidden,
    moved_field,
    moved_section,
    next_version,
    removed_section,
    reworded,
    reworded_field,
    reworded_section,
    shown,
)
from staffdev_desktop.formkit.writing import form_as_toml
from staffdev_desktop.kernel.errors import UserError

FORM = shipped_form("support-statement")
TEACHER = shipped_form("teacher-statement")

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).map(str.strip).filter(bool)
ids = st.from_regex(r"[a-z][a-z0-9_-]{0,12}", fullmatch=True)


@st.composite
def fields(draw: Any, field_id: str) -> dict[str, Any]:
    kind = draw(st.sampled_from([kind for kind in KINDS if kind != "outcomes"]))
    return {
        "id": field_id,
        "kind": kind,
        "label": draw(words),
        "hint": draw(st.just("") | words),
        "lines": draw(st.integers(1, 40)),
        "choices": draw(st.lists(words, unique=True, min_size=2 if kind in NEEDS_CHOICES else 0, max_size=4)),
        "optional": draw(st.booleans()),
        "note": draw(st.just("") | words),
        "frameworks": draw(st.lists(words, max_size=2)),
    }


@st.composite
def forms(draw: Any) -> Form:
    names = draw(st.lists(ids, unique=True, min_size=1, max_size=5))
    sections = [
        {
            "id": f"s_{name}",
            "title": draw(words),
            "short": draw(st.just("") | words.filter(lambda text: len(text) <= 24)),
            "hint": draw(st.just("") | words),
            "keep_together": draw(st.booleans()),
            "fields": [draw(fields(field_id=name))],
            "hidden": [draw(fields(field_id=f"{name}-h"))] if draw(st.booleans()) else [],
        }
        for name in names
    ]
    data = {key: draw(words) for key in ("title", "purpose", "audience", "person", "reviewer")}
    return form_from_data({**data, "id": draw(ids), "version": draw(st.integers(1, 9999)), "intro": draw(words), "sections": sections})


@given(forms())
def test_any_form_comes_back_from_toml_as_it_was(form: Form) -> None:
    assert parse_form(form_as_toml(form)) == form


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.id)
def test_shipped_forms_come_back_from_toml(form: Form) -> None:
    assert parse_form(form_as_toml(form)) == form


def test_toml_leaves_out_what_is_as_usual_and_reads_well() -> None:
    form = Form("x", 1, "Say “hi”", "p", "a", sections=parse_form(form_as_toml(FORM)).sections[:1])
    assert form_as_toml(form).splitlines()[:6] == ['id = "x"', "version = 1", 'title = "Say “hi”"', 'purpose = "p"', 'audience = "a"', ""]
    assert "optional" not in form_as_toml(form)


def test_a_copy_is_a_form_of_its_own() -> None:
    copy = copied(next_version(FORM, 6), "kitchen-statement", "Kitchen review")
    assert (copy.id, copy.version, copy.title) == ("kitchen-statement", 1, "Kitchen review")
    assert copy.sections == FORM.sections
    with pytest.raises(UserError, match="needs an id"):
        copied(FORM, "Kitchen!", "Kitchen")


def test_wording_changes_and_nothing_else() -> None:
    form = reworded(FORM, title="Annual talk", person="Colleague")
    form = reworded_section(form, "needs", title="What you need", short="Needs")
    form = reworded_field(form, "job_description", label="Job description?", choices=["Fine", "Not fine"], lines=1)
    assert (form.title, form.person, form.reviewer) == ("Annual talk", "Colleague", "Reviewer")
    field = form.field("job_description")
    assert field is not None
    assert (field.label, field.choices, field.kind) == ("Job description?", ("Fine", "Not fine"), "choice")
    assert [each.id for each in every_field(form)] == [each.id for each in every_field(FORM)]
    assert FORM.title == "Review statement"


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (lambda: reworded(FORM, id="other"), "‘id’ cannot be changed"),
        (lambda: reworded_field(FORM, "job_description", kind="tick"), "‘kind’ cannot be changed"),
        (lambda: reworded_field(FORM, "job_description", choices=["One"]), "at least two choices"),
        (lambda: reworded_section(FORM, "needs", title=" "), "needs a title"),
        (lambda: reworded_section(FORM, "nowhere", title="x"), "no section ‘nowhere’"),
        (lambda: reworded_field(FORM, "nowhere", label="x"), "no question ‘nowhere’"),
        (lambda: hidden(FORM, "targets"), "only question of ‘Targets for this year’"),
        (lambda: hidden(FORM, "comments"), "cannot do without the comments"),
        (lambda: removed_section(FORM, "signatures"), "cannot do without the signatures"),
        (lambda: removed_section(FORM, "last_year"), "cannot do without how last year’s targets went"),
        (lambda: shown(FORM, "discussion"), "asked already"),
        (lambda: hidden(TEACHER, "pay_decision"), "is hidden"),
        (lambda: added_field(FORM, "needs", "targets", "More"), "cannot be added"),
        (lambda: added_field(FORM, "needs", "choice", "Which?"), "at least two choices"),
        (lambda: added_field(FORM, "needs", "tick", " "), "Write the question"),
        (lambda: added_section(FORM, " ", "tick"), "Write the section’s title"),
        (lambda: moved_field(FORM, "discussion", "needs", 0), "only question of ‘Discussion’"),
        (lambda: reworded(FORM, intro="x" * 3001), "longer than 3000"),
    ],
)
def test_what_cannot_be_done_is_said(edit: Callable[[], Form], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        edit()


def test_order_changes() -> None:
    form = moved_section(FORM, "needs", 0)
    assert [section.id for section in form.sections][:3] == ["needs", "discussion", "last_year"]
    assert moved_section(form, "needs", 4) == FORM
    form = moved_field(FORM, "achievement", "three_years", 0)
    assert [field.id for field in form.sections[5].fields] == ["achievement", "three_years"]
    assert len(every_field(form)) == len(every_field(FORM))
    assert [field.id for field in moved_field(form, "achievement", "three_years", 1).sections[5].fields] == ["three_years", "achievement"]


def test_a_hidden_question_comes_back() -> None:
    form = hidden(FORM, "achievement")
    assert form.field("achievement") is None
    assert FORM.field("achievement") in every_field(form)
    assert shown(form, "achievement").field("achievement") == FORM.field("achievement")
    assert reworded_field(form, "achievement", label="Proud of").sections[3].hidden[0].label == "Proud of"


def test_a_school_switches_the_pay_decision_on() -> None:
    form = shown(shown(TEACHER, "pay_decision"), "pay_reasons")
    assert [field.id for field in form.sections[2].fields][-2:] == ["pay_decision", "pay_reasons"]
    check_edition(next_version(form, 1), TEACHER)


def test_questions_and_sections_are_added_with_ids_of_their_own() -> None:
    form = added_field(FORM, "needs", "scale", "Discussion", choices=["Low", "High"])
    assert form.sections[4].fields[-1].id == "discussion_2"
    form = added_section(form, "Où en êtes-vous ?", "long_text", lines=4)
    assert [section.id for section in form.sections][-2:] == ["ou_en_etes_vous", "signatures"]
    assert added_section(form, "中文", "tick", to=0).sections[0].id == "q"
    assert removed_section(form, "ou_en_etes_vous").sections[-1].id == "signatures"


def test_a_new_version_keeps_purpose_and_kinds() -> None:
    check_edition(next_version(FORM, 1), FORM)
    with pytest.raises(UserError, match="something else"):
        check_edition(shipped_form("support-self-review"), FORM)
    twisted = parse_form(form_as_toml(FORM).replace('id = "discussion"\nkind = "long_text"', 'id = "discussion"\nkind = "short_text"'))
    with pytest.raises(UserError, match="another kind before"):
        check_edition(twisted, FORM)


def test_an_imported_statement_is_checked() -> None:
    with pytest.raises(UserError, match="asks twice for the new targets"):
        checked(parse_form(form_as_toml(FORM) + '[[sections.fields]]\nid = "again"\nkind = "targets"\n'))
