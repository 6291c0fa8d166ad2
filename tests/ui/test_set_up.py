"""The first run: three steps, and nothing counts before the recovery code is on paper and typed back."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import Closure, Term, usual_terms
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.settings import queries
from staffdev_desktop.ui import jobs
from staffdev_desktop.ui.set_up import making
from staffdev_desktop.ui.set_up.making import closures_of, half_terms, read_days
from staffdev_desktop.ui.set_up.place import warning_about
from staffdev_desktop.ui.set_up.strength import strength_of
from staffdev_desktop.ui.set_up.window import SetUp
from staffdev_desktop.ui.widgets.mnemonics import clashes

PHRASE = "kettle gravel tulip"


@pytest.fixture
def window(qtbot: object, house: object, monkeypatch: pytest.MonkeyPatch) -> SetUp:
    monkeypatch.setattr(making, "COST", Cost(passes=1, memory_kib=64, lanes=1))
    made = SetUp()
    qtbot.addWidget(made, before_close_func=forget_draft)
    made.show()
    qtbot.waitExposed(made)
    return made


def forget_draft(window: SetUp) -> None:
    window._draft = None


def until_idle(qtbot: object) -> None:
    qtbot.waitUntil(lambda: not jobs.jobs().running, timeout=20_000)


def first_step(qtbot: object, window: SetUp, start: str = "empty") -> None:
    qtbot.keyClicks(window.school.name.editor, "Hillside: Infants")
    window.school.set_start(start)
    qtbot.keyClick(window.school.name.editor, Qt.Key.Key_Return)


def second_step(qtbot: object, window: SetUp) -> None:
    qtbot.keyClicks(window.you.name.editor, "Janet Whitlock")
    qtbot.keyClicks(window.you.password.first.editor, PHRASE)
    qtbot.keyClicks(window.you.password.second.editor, PHRASE)
    qtbot.keyClick(window.you.password.second.editor, Qt.Key.Key_Return)
    until_idle(qtbot)


def test_three_steps_by_keyboard_make_a_school_file(qtbot: object, window: SetUp, this_pc: Path) -> None:
    first_step(qtbot, window, "spreadsheet")
    assert window.step_words.text() == "Step 2 of 3"
    second_step(qtbot, window)
    assert window.step_words.text() == "Step 3 of 3"
    place = this_pc / "Hillside Infants.staffdev"
    assert not place.exists()
    code = window._draft.code
    assert window.recovery.code.text() == code
    assert not window.next_button.isEnabled()
    qtbot.mouseClick(window.recovery.written_button, Qt.MouseButton.LeftButton)
    assert window.recovery.code.text() == "••••-••••-••••-••••-••••-••••-••••"
    group = code.split("-")[window._draft.group - 1]
    qtbot.keyClicks(window.recovery.typed.editor, group.lower())
    assert window.next_button.isEnabled()
    with qtbot.waitSignal(window.made, timeout=20_000) as made:
        qtbot.keyClick(window.recovery.typed.editor, Qt.Key.Key_Return)
    school, start = made.args
    assert (school.path, start, school.actor.name) == (place, "spreadsheet", "Janet Whitlock")
    assert school.read(queries.school).name == "Hillside: Infants"
    dates = school.read(queries.year_dates, year=2026)
    assert dates.terms == usual_terms(2026)
    assert [closure.name for closure in dates.closures] == ["Autumn half-term", "Spring half-term", "Summer half-term"]
    school.close()
    School.open_with_recovery(place, code).close()


def test_next_is_enter_and_what_is_missing_is_said(qtbot: object, window: SetUp) -> None:
    assert window.next_button.text() == "Ne&xt"
    qtbot.keyClick(window.school.name.editor, Qt.Key.Key_Return)
    assert window.school.name.error() == "Write the school’s name."
    assert window.step_words.text() == "Step 1 of 3"


def test_terms_are_checked_where_they_are_typed(qtbot: object, window: SetUp) -> None:
    first, _ends, _from, half_to = window.school.terms._fields[0]
    first.set_value("1 March 2027")
    first_step(qtbot, window)
    assert "ends before it begins" in window.school.terms.problem.words()
    first.set_value("31 Sep 2026")
    window.go_on()
    assert "is not a date" in window.school.terms.problem.words()
    first.set_value(date(2026, 9, 3))
    half_to.set_value("")
    window.go_on()
    assert "both its first and its last day" in window.school.terms.problem.words()
    half_to.set_value(date(2026, 10, 30))
    window.school.terms.inset.set_value("1/9/2026, tomorrow")
    window.go_on()
    assert "‘tomorrow’ is not a date" in window.school.terms.inset.error()
    window.school.terms.inset.set_value("1/9/2026; 4/1/2027")
    window.go_on()
    assert window.step_words.text() == "Step 2 of 3"


def test_another_year_brings_its_usual_dates(qtbot: object, window: SetUp) -> None:
    window.school.year.set_value(2027)
    window.school.year.edited.emit(2027)
    terms, closures = window.school.terms.value()
    assert terms == usual_terms(2027)
    assert closures[0] == Closure(date(2027, 10, 25), date(2027, 10, 29), "Autumn half-term")


def test_a_place_that_is_taken_or_unsafe_is_said(qtbot: object, window: SetUp, this_pc: Path) -> None:
    (this_pc / "Hillside Infants.staffdev").mkdir(parents=True)
    first_step(qtbot, window)
    assert "already something" in window.school.place.error()
    window.school.place.editor.clear()
    qtbot.keyClicks(window.school.place.editor, str(this_pc / "OneDrive - School" / "Hillside"))
    assert "copied to the internet" in window.school.place.error()
    assert window.school.path().name == "Hillside.staffdev"


def test_a_code_that_is_not_on_the_sheet_does_not_pass(qtbot: object, window: SetUp) -> None:
    first_step(qtbot, window)
    second_step(qtbot, window)
    qtbot.mouseClick(window.recovery.written_button, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(window.recovery.typed.editor, "ZZZZ")
    assert "not what the sheet says" in window.recovery.typed.error()
    assert not window.next_button.isEnabled()
    qtbot.mouseClick(window.recovery.show_button, Qt.MouseButton.LeftButton)
    assert window.recovery.code.text() == window._draft.code


def test_the_sheet_can_be_kept_as_a_pdf(qtbot: object, window: SetUp, answers: object, tmp_path: Path) -> None:
    first_step(qtbot, window)
    second_step(qtbot, window)
    answers.next(tmp_path / "sheet.pdf")
    qtbot.mouseClick(window.recovery.save_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert QApplication.focusWidget() is window.recovery.typed.editor


def test_stopping_at_the_last_step_leaves_nothing_behind(qtbot: object, window: SetUp, answers: object, this_pc: Path) -> None:
    first_step(qtbot, window)
    second_step(qtbot, window)
    answers.next(False)
    window.reject()
    assert window.isVisible()
    answers.next(True)
    window.reject()
    assert not window.isVisible()
    assert not list(this_pc.glob("*.staffdev*"))


def test_a_disk_that_refuses_is_said_and_nothing_typed_is_lost(qtbot: object, window: SetUp, this_pc: Path) -> None:
    first_step(qtbot, window)
    this_pc.write_text("a file where the folder should be") if not this_pc.exists() else None
    second_step(qtbot, window)
    assert window.problem.words()
    assert window.you.password.first.value() == PHRASE
    assert window.step_words.text() == "Step 2 of 3"


def test_practice_needs_no_answers(qtbot: object, window: SetUp) -> None:
    window.school.set_start("practice")
    assert window.next_button.text() == "&Open the practice school"
    with qtbot.waitSignal(window.practice_asked):
        window.go_on()


def test_no_two_words_share_a_letter_on_any_step(qtbot: object, window: SetUp) -> None:
    assert clashes(window) == {}
    first_step(qtbot, window)
    assert clashes(window) == {}
    second_step(qtbot, window)
    assert clashes(window) == {}


# -- passwords -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "level"),
    [
        ("", 0),
        ("short", 0),
        ("password1", 1),
        ("aaaaaaaaaaaa", 1),
        ("abcdefghijkl", 1),
        ("Hillside2026", 1),
        ("janetwhitlock", 1),
        ("qx7kd2mzp", 1),
        ("qx7kd2mzp4vt", 2),
        ("kettle gravel", 2),
        ("kettle gravel tulip", 3),
        ("kettle gravel tulip oven", 4),
        ("kettle fox tulip", 3),
    ],
)
def test_strength_follows_length_and_variety(password: str, level: int) -> None:
    assert strength_of(password, "Hillside Infants", "Janet Whitlock").level == level


def test_a_guessable_part_is_named_as_what_it_is() -> None:
    assert "others guess first" in strength_of("whitlock99", "Janet Whitlock").advice


# -- places and dates --------------------------------------------------------------------------------------------------------------------


def test_places_that_spoil_a_file_are_warned_about(tmp_path: Path) -> None:
    assert warning_about(tmp_path / "School.staffdev") == ""
    for place in ("/home/a/Dropbox/S.staffdev", "C:/Users/a/OneDrive - Trust/S.staffdev", "/home/a/Google Drive/S.staffdev"):
        assert "copied to the internet" in warning_about(Path(place))
    assert "another computer" in warning_about(Path("//server/staff/S.staffdev"))


def test_half_terms_and_inset_days_become_closures() -> None:
    terms = usual_terms(2026)
    found = closures_of(terms, half_terms(2026), read_days("4/1/2027, 1/9/2026", field="inset"))
    assert [closure.name for closure in found[3:]] == ["INSET day", "INSET day"]
    assert found[3].begins == date(2026, 9, 1)
    assert all(begins.weekday() == 0 and ends.weekday() == 4 for begins, ends in half_terms(2026))
    with pytest.raises(UserError):
        closures_of(terms[:1], [(date(2026, 10, 26), None)], ())


def test_usual_half_terms_lie_inside_their_terms() -> None:
    for year in range(2024, 2040):
        for term, (begins, ends) in zip(usual_terms(year), half_terms(year), strict=True):
            assert isinstance(term, Term)
            assert term.begins < begins < ends < term.ends, year
