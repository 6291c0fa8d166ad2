"""Forms as TOML and as plain data."""

import json

import pytest

from staffdev_desktop.formkit import form_as_data, form_from_data, parse_form, shipped_form, shipped_forms
from staffdev_desktop.kernel.errors import UserError

SMALL = """
id = "small"
version = 2
title = "A small form"
purpose = "statement"
audience = "Everybody"
[[sections]]
id = "one"
title = "One"
keep_together = true
[[sections.fields]]
id = "how"
kind = "choice"
choices = ["Well", "Badly"]
"""


def test_a_form_keeps_what_the_file_says() -> None:
    form = parse_form(SMALL)
    assert (form.id, form.version, form.title) == ("small", 2, "A small form")
    field = form.field("how")
    assert field is not None
    assert (field.kind, field.choices, field.lines, field.optional) == ("choice", ("Well", "Badly"), 3, False)
    assert form.sections[0].keep_together


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.id)
def test_a_snapshot_owns_its_form(form) -> None:
    kept = json.loads(json.dumps(form_as_data(form)))
    assert form_from_data(kept) == form


def test_a_snapshot_from_before_short_titles_still_reads() -> None:
    kept = form_as_data(shipped_form("support-statement"))
    assert [section["short"] for section in kept["sections"]] == [
        "Discussion", "Last year", "Targets", "Year ahead", "Needs", "3 years", "Comments", "",
    ]  # fmt: skip
    for section in kept["sections"]:
        del section["short"]
    assert [section.short for section in form_from_data(kept).sections] == [""] * 8


def test_shipped_forms_have_what_their_papers_need() -> None:
    statement = shipped_form("support-statement")
    assert [section.title for section in statement.sections[:3]] == ["Discussion", "Last year’s targets", "Targets for this year"]
    assert {"outcomes", "targets", "interim", "needs", "comments", "agreement", "signatures"} <= {field.kind for field in statement.fields}
    assert not any("pay" in field.label.lower() for field in statement.fields)
    assert "no link to pay" in statement.intro
    sheet = shipped_form("support-self-review")
    assert sheet.field("times") is not None
    assert "not linked to pay" in sheet.intro


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(UserError, match="no form called ‘nowhere’"):
        shipped_form("nowhere")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("version = 2", "version = ", "line 3"),
        ('kind = "choice"', 'kind = "radio"', "Field ‘how’ has the kind ‘radio’"),
        ('choices = ["Well", "Badly"]', 'choices = ["Well"]', "at least two choices"),
        ('choices = ["Well", "Badly"]', "choices = [1, 2]", "list of words"),
        ('choices = ["Well", "Badly"]', 'choices = ["Well", "Well"]', "same choice twice"),
        ('title = "One"', "", "Section ‘one’ needs a title"),
        ('id = "how"', 'id = "How far"', "needs an id of small letters"),
        ("keep_together = true", 'keep_together = "yes"', "true or false"),
        ("version = 2", "version = 0", "whole number from 1"),
        ('audience = "Everybody"', 'audience = "Everybody"\ncolour = "red"', "‘colour’, which is not known"),
        ("[[sections]]", "[sections]", "list of tables"),
        ('kind = "choice"', 'kind = "outcomes"', "outcomes to choose from"),
        ('kind = "choice"', 'kind = "choice"\nlines = true', "lines must be a whole number"),
        ('kind = "choice"', 'kind = "choice"\nframeworks = "ts"', "frameworks must be a list of words"),
        ("[[sections.fields]]", "[[sections.hidden]]", "Section ‘one’ asks nothing"),
    ],
)
def test_a_wrong_form_says_where(old: str, new: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        parse_form(SMALL.replace(old, new, 1))


def test_ids_are_used_once() -> None:
    again = SMALL + '[[sections.fields]]\nid = "how"\nkind = "short_text"\n'
    with pytest.raises(UserError, match="Two of the form’s fields have the id ‘how’"):
        parse_form(again)


def test_a_form_needs_a_section() -> None:
    with pytest.raises(UserError, match="no sections"):
        parse_form(SMALL[: SMALL.index("[[sections]]")])


def test_a_hidden_question_is_kept_and_not_asked() -> None:
    form = parse_form(SMALL + '[[sections.hidden]]\nid = "pay"\nkind = "short_text"\n')
    assert form.field("pay") is None
    assert [field.id for field in form.sections[0].hidden] == ["pay"]
    with pytest.raises(UserError, match="‘how’"):
        parse_form(SMALL + '[[sections.hidden]]\nid = "how"\nkind = "short_text"\n')


def test_the_two_sides_have_the_forms_own_words() -> None:
    form = parse_form(SMALL.replace('audience = "Everybody"', 'audience = "Everybody"\nperson = "Governor"\nreviewer = "Chair"'))
    assert (form.person, form.reviewer) == ("Governor", "Chair")
    assert (parse_form(SMALL).person, parse_form(SMALL).reviewer) == ("Member of staff", "Reviewer")
