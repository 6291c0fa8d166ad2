"""What the editor says and reads, without a window: differences, who keeps which version, files and their lines, sample papers."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from staffdev_desktop.formkit import Form, check_answers, shipped_form, shipped_forms
from staffdev_desktop.formkit.editing import (
    ADDED_KINDS,
    added_field,
    added_section,
    hidden,
    moved_field,
    moved_section,
    removed_section,
    reworded,
    reworded_field,
    reworded_section,
)
from staffdev_desktop.formkit.writing import form_as_toml
from staffdev_desktop.kernel.errors import FileProblem, UserError
from staffdev_desktop.ui.forms import sample
from staffdev_desktop.ui.forms.differences import differences
from staffdev_desktop.ui.forms.edit import Drafts, Edit, Place
from staffdev_desktop.ui.forms.files import LARGEST, read_form, write_form
from staffdev_desktop.ui.forms.words import KIND_WORDS, what_saving_does

FORM = shipped_form("support-statement")


@pytest.mark.parametrize(
    ("after", "said"),
    [
        (reworded(FORM, intro=""), "The form: introduction ‘We looked at the work"),
        (reworded_section(FORM, "signatures", keep_together=False), "Section ‘Signatures’: kept on one page yes, now no."),
        (reworded_field(FORM, "needs", lines=6), "‘Training and development needs’: lines on paper 4, now 6."),
        (hidden(FORM, "achievement"), "Hidden: ‘An achievement to celebrate’."),
        (moved_field(FORM, "achievement_share", "needs", 1), "moves from ‘Interim meeting, job description and achievement’ to ‘Training"),
        (moved_section(FORM, "needs", 0), "The order of the sections: Training and development needs, Discussion"),
        (moved_field(FORM, "job_changes", "year_ahead", 0), "The order in ‘Interim meeting, job description and achievement’: What should"),
        (removed_section(FORM, "three_years"), "Section taken out: ‘In three years’ time’."),
        (added_section(FORM, "Wellbeing", "long_text"), "New section: ‘Wellbeing’."),
        (added_field(FORM, "needs", "date", "By when?"), "New question in ‘Training and development needs’: ‘By when?’, a day."),
    ],
)
def test_each_kind_of_difference_is_told(after: Form, said: str) -> None:
    found = differences(FORM, after)
    assert any(said in sentence for sentence in found), found
    assert len(found) <= 2


def test_a_version_alone_is_no_difference() -> None:
    assert differences(FORM, replace(FORM, version=7)) == ()


@pytest.mark.parametrize(
    ("running", "said"),
    [
        (None, "; reviews that are running keep the version they began with."),
        ({}, "; none that is running has this form."),
        ({1: 38}, "; 38 running reviews keep version 1."),
        ({2: 1}, "; 1 running review keeps version 2."),
        ({1: 30, 2: 8}, ". Running reviews keep theirs: 30 version 1 and 8 version 2."),
    ],
)
def test_who_keeps_which_version(running: dict[int, int] | None, said: str) -> None:
    assert what_saving_does(running) == f"Reviews that are made from now on use it{said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (form_as_toml(FORM).replace('kind = "targets"', "kind = targets"), "line 36: this cannot be read (invalid value)."),
        (form_as_toml(FORM).replace("lines = 8", "lines = 80"), "line 17: Field ‘discussion’: lines must be a whole number from 1 to 40."),
        (form_as_toml(FORM) + '\n[[sections]]\ntitle = "No id"\n', "line 128: Section 9 needs an id"),
        ("title = [", "line 1: this cannot be read"),
        ("", "The form needs an id"),
    ],
)
def test_a_form_that_is_wrong_names_its_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_form(file)
    assert caught.value.message.startswith("‘wrong.toml’")
    assert said in caught.value.message
    assert "\n" not in caught.value.message


def test_files_that_are_no_text_too_large_or_gone(tmp_path: Path) -> None:
    (tmp_path / "picture.toml").write_bytes(b'id = "a"\n\xff\xfe\x00')
    with pytest.raises(UserError, match="line 2: this is not text"):
        read_form(tmp_path / "picture.toml")
    (tmp_path / "large.toml").write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(UserError, match="too large"):
        read_form(tmp_path / "large.toml")
    with pytest.raises(FileProblem):
        read_form(tmp_path / "gone.toml")


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.id)
def test_every_form_goes_through_a_file_and_onto_its_papers(form: Form, tmp_path: Path) -> None:
    assert read_form(write_form(form, tmp_path / "form")) == form
    assert check_answers(form, sample.answers_for(form)) == ()
    for kind, _name in sample.papers_of(form):
        pdf = sample.draw(form, kind, sample.SchoolWords("Riverbank Primary Academy"))
        words = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
        for section in form.sections:
            written = any(field.kind != "signatures" and field.id != "times" for field in section.fields)
            assert section.title in words or not (written or kind == sample.STATEMENT), (section.title, kind)


@pytest.mark.parametrize("kind", ADDED_KINDS)
def test_a_question_of_every_kind_that_may_be_added_is_on_the_paper(kind: str) -> None:
    edit = Edit(FORM)
    place = edit.add(Place("section", "discussion"), kind, "Something of our own?", ["One way", "Another"], 2, own_section=True)
    assert KIND_WORDS[kind]
    assert edit.form.sections[1].fields[0].id == place.id
    edit.set_words(place, "label", "Say it here")
    pdf = sample.draw(edit.form, sample.STATEMENT, sample.SchoolWords("Riverbank Primary Academy"))
    assert "Something of our own?" in " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_draft_goes_on_from_a_newer_version_and_an_untouched_one_follows_it() -> None:
    drafts = Drafts()
    edit = drafts.of("school", FORM)
    newer = replace(reworded(FORM, title="Our statement"), version=2)
    assert drafts.of("school", newer).form == newer
    edit = drafts.of("school", newer)
    edit.set_words(Place("section", "discussion"), "title", "Talk")
    newest = replace(newer, version=3)
    again = drafts.of("school", newest)
    assert (again.before.version, again.form.sections[0].title) == (3, "Talk")
    assert again.changed
    assert drafts.has("school", FORM.id)
    drafts.forget("school", FORM.id)
    assert not drafts.has("school", FORM.id)


@pytest.mark.parametrize(
    ("place", "key", "value", "said"),
    [
        (Place("form"), "title", "", "This needs a title."),
        (Place("section", "needs"), "title", "x" * 201, "This is longer than 200 characters."),
        (Place("field", "needs"), "hint", "x" * 501, "This is longer than 500 characters."),
        (Place("field", "job_description"), "choices", ("Yes", "Yes"), "This has the same choice twice."),
    ],
)
def test_a_refusal_beside_its_field_names_no_inner_ids(place: Place, key: str, value: object, said: str) -> None:
    edit = Edit(FORM)
    with pytest.raises(UserError) as caught:
        edit.set_words(place, key, value)
    assert caught.value.message == edit.wrong[place, key].sentence == said
    assert edit.wrong[place, key].typed == value


def test_wrong_words_of_a_section_taken_out_hold_nothing_up() -> None:
    edit = Edit(FORM)
    place = Place("field", "three_years")
    edit.refuse(place, "lines", "ninety", "Write a whole number.")
    assert edit.changed
    edit.take_out(Place("section", "three_years"))
    assert not edit.wrong
    with pytest.raises(UserError, match="needs its signatures"):
        edit.take_out(Place("section", "signatures"))
