"""What the diagnostic prints and saves: one page a sheet, nothing that is not shared, no names where there are to be none."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from staffdev_desktop.cpd.diagnostic import papers, rules, sheets
from staffdev_desktop.cpd.diagnostic.rows import (
    AgreedRow,
    BoardRow,
    Chase,
    Linked,
    Loop,
    LoopRow,
    Outcome,
    RatingRow,
    Record,
    RoundDetails,
    RoundRow,
    Stage,
    StageDates,
    TermRating,
    Trend,
    TrendRow,
    TrendTerm,
    WeakArea,
)
from staffdev_desktop.cpd.diagnostic.starting import StartingSet, starting_sets
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.papers.reports import Printed
from tests.conftest import TODAY

PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)
ROUND = RoundRow(1, 1, RoundDetails("Autumn 2026", date(2026, 9, 7), date(2026, 10, 16)), 2026, None, 3, 1)
LONG = "Łucja Wójcik-Featherstonehaugh"


def words_of(pdf: bytes) -> list[str]:
    """The words of each page."""
    return [" ".join((page.extract_text() or "").split()) for page in PdfReader(BytesIO(pdf)).pages]


def board_row(dates: StageDates, set_name: str = "Teachers") -> BoardRow:
    late = rules.is_late(dates, ROUND.details.deadline, TODAY)
    return BoardRow(
        1, 1, 1, 1, LONG, "", "Year 2 teacher", "Teachers", 1, set_name, 2, "David Okafor", dates, rules.stage_of(dates), late, ""
    )  # fmt: skip


def record(starting: StartingSet, dates: StageDates) -> Record:
    """A sheet that is filled in as far as it can be."""
    ratings = tuple(
        RatingRow(
            place, area.title, area.hint, 1, own=2, manager=3, own_evidence="I say ‘why’ more often.", manager_evidence="Seen on Friday."
        )
        for place, area in enumerate(starting.areas)
    )
    return Record(board_row(dates, starting.name), ROUND, "", ratings, (), False)


def empty(filled: Record) -> Record:
    """The same before anybody has rated."""
    return replace(filled, ratings=tuple(RatingRow(each.area_id, each.title, each.hint) for each in filled.ratings))


@pytest.mark.parametrize("starting", starting_sets(), ids=lambda each: each.name)
def test_each_sheet_is_one_page_empty_or_filled_with_every_area_and_its_hint(starting: StartingSet) -> None:
    filled = record(starting, StageDates(agreed_on=TODAY))
    pages = words_of(papers.sheets_paper([empty(filled), filled], PRINTED))
    assert len(pages) == 2
    for page in pages:
        assert "Nobody is ranked by it" in page
        assert LONG in page
        for area in starting.areas:
            assert area.title in page
            assert area.hint.split()[-1] in page


def test_as_many_areas_as_a_set_may_have_still_fit_one_page() -> None:
    areas = tuple(RatingRow(place, f"An area with a rather long name, number {place}", "x " * 60) for place in range(rules.MOST_AREAS))
    filled = replace(record(starting_sets()[0], StageDates()), ratings=areas)
    assert len(words_of(papers.sheets_paper([filled], PRINTED))) == 1


def test_a_sheet_does_not_show_the_line_managers_side_before_both_are_in() -> None:
    starting = starting_sets()[0]
    [before] = words_of(papers.sheets_paper([record(starting, StageDates(manager_on=TODAY))], PRINTED))
    [after] = words_of(papers.sheets_paper([record(starting, StageDates(own_on=TODAY, manager_on=TODAY))], PRINTED))
    assert "I say ‘why’ more often." in before
    assert "Seen on Friday." not in before
    assert "Seen on Friday." in after


def test_the_chase_list_names_whose_turn_it_is_once_and_every_word_of_it() -> None:
    found = tuple(
        Chase(place, place, name, "Teachers", "David Okafor", "David Okafor", "Agree together", 4, True)
        for place, name in enumerate(("Aisha Rahman", "Hannah Cole"))
    )
    [page] = words_of(papers.chase_paper(found, PRINTED, round_name="Autumn 2026"))
    assert page.count("David Okafor") == 1
    for words in ("Diagnostic chase list, Autumn 2026", "Aisha Rahman", "Hannah Cole", "Agree together", "4 days late", "CONFIDENTIAL"):
        assert words in page
    assert "Nobody has to be reminded" in words_of(papers.chase_paper((), PRINTED, round_name="Autumn 2026"))[0]
    rows = read_sheet(sheets.chase_sheet(found), "chase.xlsx").rows
    assert [row.cells[1] for row in rows] == ["Aisha Rahman", "Hannah Cole"]


LINKED = Linked(1, 1, date(2026, 9, 16), 45, "Peer observation", True)


def test_a_trend_on_paper_has_both_ratings_what_is_seen_and_the_entries() -> None:
    term = TrendTerm(1, 1, "Autumn 2026", date(2026, 9, 7), date(2026, 9, 24), "David Okafor", True)
    before = replace(term, name="Summer 2026", round_id=2, diagnostic_id=2)
    rating = RatingRow(1, "Adapting for need", "", 1, 2, 1, 3, we_see="Better in maths", next_step="Watch Ruth", mark="focus")
    row = TrendRow(1, "Adapting for need", "", (TermRating(2, True), TermRating(3, True)), rating, (LINKED,), True)
    page = " ".join(words_of(papers.trend_paper(Trend(1, LONG, "Teacher", (before, term), (row,)), PRINTED, staff_number="0108")))
    for words in ("Summer", "Up 1 · Focus", "We see: Better in maths", "Next step: Watch Ruth", "Peer observation, 0.75 h", "0108"):
        assert words in page
    assert "Agreed with David Okafor on 24 September 2026" in page
    assert "None yet" in words_of(papers.trend_paper(Trend(1, LONG, "", (), ()), PRINTED, staff_number="0108"))[0]


def loop_row(person: int, outcome: Outcome) -> LoopRow:
    before, after = {Outcome.MOVED: (2, 3), Outcome.NOT_MOVED: (2, 2), Outcome.NOTHING_DONE: (2, 1), Outcome.WAITING: (2, None)}[outcome]
    linked = (LINKED,) if outcome in (Outcome.MOVED, Outcome.NOT_MOVED) else ()
    name = f"Person Number{person}"
    return LoopRow(
        person, name, "Teachers", 2, "David Okafor", "Teachers", 1, "Asking questions", before, after, ("A visit",), linked, outcome
    )  # fmt: skip


def test_the_loop_is_printed_with_names_for_those_who_act_and_without_for_everybody_else() -> None:
    rows = (*(loop_row(place, Outcome.MOVED) for place in range(5)), loop_row(9, Outcome.WAITING))
    shown = Loop("Summer 2026", "Autumn 2026", rows)
    named = " ".join(words_of(papers.loop_paper(shown, rows, PRINTED)))
    for words in (
        "The loop, Summer 2026 to Autumn 2026",
        "Person Number3",
        "2 to 3",
        "A visit",
        "1 entry, 0.75 h, 1 quality assured",
        "Moved",
    ):
        assert words in named
    figures = rules.loop_figures(rows, 5)
    [page] = words_of(papers.loop_figures_paper(shown, figures, PRINTED, minimum=5))
    assert "Person" not in page
    assert "Asking questions (Teachers) 5 5 0 0 3.75" in page
    assert "NO NAMES" in page
    [few] = words_of(papers.loop_figures_paper(shown, rules.loop_figures(rows[:4], 5), PRINTED, minimum=5))
    assert papers.TOO_FEW in few
    assert "3.75" not in few


def test_where_few_had_nothing_done_they_are_among_those_that_did_not_move() -> None:
    rows = [loop_row(place, Outcome.MOVED) for place in range(5)] + [loop_row(place, Outcome.NOT_MOVED) for place in range(5, 9)]
    figures = rules.loop_figures([*rows, loop_row(9, Outcome.NOTHING_DONE)], 5)
    assert [(each.moved, each.not_moved, each.nothing_done) for each in figures] == [(5, 5, None)]
    [page] = words_of(papers.loop_figures_paper(Loop("", "Autumn 2026", ()), figures, PRINTED, minimum=5))
    assert "Nothing done" not in page
    assert "Asking questions (Teachers) 10 5 5 6.75" in page


def test_proposed_drop_ins_are_printed_without_a_name_and_with_what_is_planned() -> None:
    area = WeakArea(1, "Asking questions", "Everybody thinks.", "Teachers", 7, None, ((date(2026, 11, 2), "Drop-in: questions"),))
    [page] = words_of(papers.drop_ins_paper([area], PRINTED, round_name="Autumn 2026", minimum=5))
    for words in ("NO NAMES", "Asking questions", "Everybody thinks.", "7", "2 Nov 2026: Drop-in: questions"):
        assert words in page
    assert "No area is hard" in words_of(papers.drop_ins_paper([], PRINTED, round_name="Autumn 2026", minimum=5))[0]


def test_the_loop_as_a_spreadsheet_has_the_same_rows_and_its_figures_no_name() -> None:
    rows = [loop_row(1, Outcome.NOT_MOVED), loop_row(2, Outcome.NOTHING_DONE)]
    found = read_sheet(sheets.loop_sheet(rows), "loop.xlsx").rows
    assert [(row.cells[0], row.cells[8], row.cells[-1]) for row in found] == [
        ("Person Number1", 1, "Not moved"),
        ("Person Number2", 0, "Nothing done"),
    ]
    content = sheets.figures_sheet(rules.loop_figures([loop_row(place, Outcome.MOVED) for place in range(5)], 5))
    [line] = read_sheet(content, "figures.xlsx").rows
    assert line.cells == ("Asking questions (Teachers)", 5, 5, 0, 0, 3.75)


def test_agreed_cpd_is_printed_and_saved_with_what_the_log_has() -> None:
    row = AgreedRow(
        1, 1, 1, "Autumn 2026", 1, LONG, "Teachers", 2, "David Okafor", 1, "Asking questions", "Two visits", date(2026, 10, 2), None, 1, 45,
        True, "",
    )  # fmt: skip
    done = replace(row, id=2, done_on=TODAY, late=False, entries=0, minutes=0)
    page = " ".join(words_of(papers.agreed_paper([row, done], PRINTED)))
    for words in ("Two visits", "Asking questions, Autumn 2026", "Overdue", "1 entry, 0.75 h", "Done 20 Oct 2026", "Nothing logged"):
        assert words in page
    [first, second] = read_sheet(sheets.agreed_sheet([row, done]), "agreed.xlsx").rows
    assert (first.cells[5], first.cells[9], second.cells[8]) == ("Two visits", 0.75, 0)


def test_files_carry_numbers_and_no_names() -> None:
    assert sheets.file_name(sheets.TREND, TODAY, "P/0108") == "diagnostic-trend-P-0108-as-of-2026-10-20.pdf"
    assert sheets.file_name(sheets.LOOP, TODAY, ending="xlsx") == "diagnostic-loop-as-of-2026-10-20.xlsx"


def test_every_word_that_people_wrote_is_handed_to_the_check_of_letters() -> None:
    filled = record(starting_sets()[0], StageDates())
    texts = sheets.texts_of_records([filled])
    assert {LONG, "David Okafor", "I say ‘why’ more often.", "Seen on Friday.", "Asking questions"} <= set(texts)
    assert filled.board.stage is Stage.NOT_STARTED
