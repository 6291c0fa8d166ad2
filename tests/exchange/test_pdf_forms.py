"""Fillable forms that come back, filled in with other programs: exact, or one sentence."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ByteStringObject, NameObject, NumberObject, StreamObject, TextStringObject

from staffdev_desktop.exchange.pdf_forms import LARGEST_FILE, Returned, read_pdf_file, read_pdf_form
from staffdev_desktop.exchange.tokens import FormToken, sign, verify
from staffdev_desktop.formkit import Form, check_answers, shipped_form, shipped_forms
from staffdev_desktop.formkit.boxes import FORM_BOX, boxes, choice_mark
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.pdr.papers import meeting_form, self_review_sheet
from tests.faults.spoiled_pdfs import FACTS, KEY, LAST, WORDS, a_form, fill, filling


def with_pikepdf(pdf: bytes, values: dict[str, str]) -> bytes:
    """Fill a form in with another reader, as a viewer does: a value in the box, the look of its mark, all in compressed objects."""
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(BytesIO(pdf)) as document:
        for field in document.Root.AcroForm.Fields:
            value = values.get(str(field.T))
            if value is None:
                continue
            marked = str(field.FT) == "/Btn"
            field.V = pikepdf.Name(value) if marked else pikepdf.String(value)
            for widget in field.get("/Kids", [field]) if marked else ():
                widget.AS = pikepdf.Name(value if value in widget.AP.N else "/Off")
        buffer = BytesIO()
        document.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return buffer.getvalue()


def changed(pdf: bytes, change: Callable[[PdfWriter, dict[str, Any]], None]) -> bytes:
    """A form after somebody, or some program, did something to it; `change` gets its boxes by name."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    form = writer.root_object["/AcroForm"]
    change(writer, {field.get_object()["/T"]: field.get_object() for field in form["/Fields"]})  # type: ignore[index]
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def answers_of(pdf: bytes, form: Form, token: FormToken) -> dict[str, Any]:
    returned = read_pdf_form(pdf, "back.pdf")
    assert verify(returned.token, KEY) == token
    return returned.answers(form, token)


@pytest.fixture(scope="module")
def sheet() -> tuple[Form, FormToken, bytes]:
    return a_form("self-review")


@pytest.mark.parametrize("program", [fill, with_pikepdf], ids=["pypdf", "pikepdf"])
@pytest.mark.parametrize("kind", ["self-review", "meeting"])
def test_what_another_program_fills_in_comes_back_exactly(kind: str, program: Callable[[bytes, dict[str, str]], bytes]) -> None:
    form, token, empty = a_form(kind)
    assert answers_of(empty, form, token) == {}
    answers = answers_of(program(empty, filling(form)), form, token)
    assert {field.id for field in form.fields if field.kind != "signatures"} == answers.keys()
    for field in form.fields:
        if field.kind == "long_text":
            assert answers[field.id] == WORDS
        elif field.kind == "choice":
            assert answers[field.id] == field.choices[-1]
    if kind == "meeting":
        assert answers["targets"][2]["support"] == WORDS
        assert answers["outcomes"] == [{"outcome": "dropped", "note": WORDS}] * 2
        assert answers["agreement"] == {"member": "not agreed", "reviewer": "not agreed"}
        assert answers["comments"] == {"text": WORDS, "none": True}
        assert answers["achievement_share"] is True
    assert all(problem.sentence.endswith("is not a date.") for problem in check_answers(form, answers))


@pytest.mark.parametrize("form", shipped_forms(), ids=lambda form: form.id)
def test_the_paper_has_the_boxes_that_the_reader_expects(form: Form) -> None:
    for last in (LAST, ()):
        kind = "self-review" if form.purpose == "self-review" else "meeting"
        token = FormToken(form.id, 1, "PDR-2026-0031", "8f2c", kind, len(last))  # type: ignore[arg-type]
        draw = self_review_sheet if kind == "self-review" else meeting_form
        pdf = draw(form, FACTS, last, token=sign(token, KEY))
        assert pdf == draw(form, FACTS, last, token=sign(token, KEY))
        returned = read_pdf_form(pdf, "empty.pdf")
        assert returned.boxes.keys() == {box.name for box in boxes(form, len(last))}
        assert returned.answers(form, token) == {}
        assert not returned.mended


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=60))
@settings(max_examples=15, deadline=None)
def test_any_words_come_back(words: str) -> None:
    written = words.replace("\u2028", "\n").replace("\u2029", "\n")
    form, token, empty = a_form("self-review")
    for program in (fill, with_pikepdf):
        assert answers_of(program(empty, {"help": words}), form, token).get("help", "") == written


@pytest.mark.parametrize(
    "value",
    [
        TextStringObject("one\rtwo"),
        TextStringObject("one\r\ntwo"),
        ByteStringObject("\ufeffone\ntwo".encode()),
        ByteStringObject("\ufeffone\rtwo".encode("utf-16-le")),
        ByteStringObject(b"\xfe\xff" + "\x1ben\x1bone\ntwo".encode("utf-16-be")),
    ],
    ids=["acrobat", "windows", "utf-8", "utf-16-le", "with a language"],
)
def test_words_are_read_however_a_program_writes_them(sheet: Any, value: Any) -> None:
    form, token, empty = sheet
    filled = changed(empty, lambda _, fields: fields["help"].update({NameObject("/V"): value}))
    assert answers_of(filled, form, token) == {"help": "one\ntwo"}


def test_a_long_text_may_be_a_stream(sheet: Any) -> None:
    form, token, empty = sheet

    def put(writer: PdfWriter, fields: dict[str, Any]) -> None:
        stream = StreamObject()
        stream.set_data("\ufeffÜber\nlang".encode("utf-16-be"))
        fields["help"][NameObject("/V")] = writer._add_object(stream)

    assert answers_of(changed(empty, put), form, token) == {"help": "Über\nlang"}


def test_a_program_that_only_changes_the_look_of_a_mark_is_understood(sheet: Any) -> None:
    form, token, empty = sheet

    def mark(_: PdfWriter, fields: dict[str, Any]) -> None:
        fields["job_description"]["/Kids"][1].get_object()[NameObject("/AS")] = NameObject(f"/{choice_mark(1)}")

    assert answers_of(changed(empty, mark), form, token) == {"job_description": "Needs changes"}


def test_a_program_that_forgets_the_list_of_boxes_is_understood(sheet: Any) -> None:
    form, token, empty = sheet
    filled = fill(empty, filling(form))
    lost = changed(filled, lambda writer, _: writer.root_object["/AcroForm"].update({NameObject("/Fields"): NumberObject(0)}))  # type: ignore[union-attr]
    assert answers_of(lost, form, token) == answers_of(filled, form, token)


def refusal(pdf: bytes, form: Form, token: FormToken) -> str:
    with pytest.raises(UserError) as caught:
        answers_of(pdf, form, token)
    return caught.value.message


def renamed(_: PdfWriter, fields: dict[str, Any]) -> None:
    fields["help"][NameObject("/T")] = TextStringObject("field 7")


def edited(_: PdfWriter, fields: dict[str, Any]) -> None:
    token = fields[FORM_BOX]["/V"]
    fields[FORM_BOX][NameObject("/V")] = TextStringObject(("X" if token[20] != "X" else "Y").join((token[:20], token[21:])))


def nobodys(_: PdfWriter, fields: dict[str, Any]) -> None:
    fields[FORM_BOX][NameObject("/T")] = TextStringObject("reference")


def misticked(_: PdfWriter, fields: dict[str, Any]) -> None:
    fields["job_description"][NameObject("/V")] = NameObject("/c9")


def controls(_: PdfWriter, fields: dict[str, Any]) -> None:
    fields["help"][NameObject("/V")] = ByteStringObject(b"one\x00two")


def half_a_letter(_: PdfWriter, fields: dict[str, Any]) -> None:
    fields["help"][NameObject("/V")] = ByteStringObject(b"\xfe\xff\xd8\x00")


def a_number(_: PdfWriter, fields: dict[str, Any]) -> None:
    fields["help"][NameObject("/V")] = NumberObject(7)


def too_long(_: PdfWriter, fields: dict[str, Any]) -> None:
    fields["help"][NameObject("/V")] = TextStringObject("x" * 20_001)


def flattened(writer: PdfWriter, _: dict[str, Any]) -> None:
    writer.remove_annotations(subtypes="/Widget")
    del writer.root_object["/AcroForm"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (renamed, "1 box missing or renamed"),
        (edited, "not from this school’s file, or the mark that says whose it is was changed"),
        (nobodys, "is not one of this program’s forms"),
        (misticked, "is damaged"),
        (controls, "letters that cannot be read"),
        (half_a_letter, "letters that cannot be read"),
        (a_number, "is damaged"),
        (too_long, "an answer of 20,001 characters"),
        (flattened, "has no boxes to read"),
        (lambda writer, _: writer.encrypt("secret", algorithm="AES-256"), "locked with a password"),
    ],
)
def test_a_form_that_was_tampered_with_is_refused_in_a_sentence(sheet: Any, change: Any, words: str) -> None:
    form, token, empty = sheet
    assert words in refusal(changed(empty, change), form, token)


def test_two_forms_in_one_file_are_not_mixed(sheet: Any) -> None:
    form, token, empty = sheet
    writer = PdfWriter()
    for words in ("mine", "yours"):
        writer.append(BytesIO(fill(empty, {"help": words})))
    buffer = BytesIO()
    writer.write(buffer)
    assert "more than one form" in refusal(buffer.getvalue(), form, token)


def test_boxes_of_another_form_are_refused(sheet: Any) -> None:
    _, token, empty = sheet
    returned = read_pdf_form(empty, "back.pdf")
    with pytest.raises(UserError, match="missing or renamed"):
        returned.answers(shipped_form("support-statement"), token)
    more = Returned("back.pdf", returned.token, {**returned.boxes, "more": ""})
    with pytest.raises(UserError, match="do not belong to it"):
        more.answers(shipped_form("support-self-review"), token)


@pytest.mark.parametrize("cut", [10, 900, 0.5, 0.9])
def test_a_truncated_file_is_refused(sheet: Any, cut: float) -> None:
    form, token, empty = sheet
    end = int(cut if cut > 1 else cut * len(empty))
    assert refusal(empty[:end], form, token).startswith("‘back.pdf’")


def test_a_cut_off_end_is_mended_and_said(sheet: Any) -> None:
    _, _, empty = sheet
    assert read_pdf_form(empty[: empty.rindex(b"\nxref\n")] + empty[empty.rindex(b"trailer") :], "back.pdf").mended


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "is empty"), (b"\0\r\n", "is empty"), (b"PK\x03\x04 a workbook", "is not a PDF"), (b"%PDF-1.4 rubbish", "damaged")],
)
def test_what_is_no_pdf_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read_pdf_form(data, "back.pdf")


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(UserError, match=r"‘huge\.pdf’ is larger than 20 MB"):
        read_pdf_file(path)
    with pytest.raises(UserError, match="larger than 20 MB"):
        read_pdf_form(b"%PDF-" + bytes(LARGEST_FILE), "huge.pdf")


def test_a_file_on_disk_is_read_under_its_own_name(tmp_path: Path, sheet: Any) -> None:
    path = tmp_path / "0117.pdf"
    path.write_bytes(sheet[2])
    assert read_pdf_file(path).name == "0117.pdf"


def test_nobodys_words_reach_the_log(sheet: Any, caplog: pytest.LogCaptureFixture) -> None:
    form, token, empty = sheet
    refusal(changed(empty, half_a_letter), form, token)
    refusal(empty[:900], form, token)
    assert caplog.records == []
