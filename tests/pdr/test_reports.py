"""What a year of reviews comes to: figures against independent counting, no small group ever shown, every word on the papers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.exchange.sheets import read_sheet
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.money import MOST_PENCE, pounds, read_pounds
from staffdev_desktop.papers.page import LEFT, WIDTH
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.papers.slips import NAME_PART
from staffdev_desktop.pdr.models import Addendum, Statement
from staffdev_desktop.pdr.queries import boards, outcomes, records
from staffdev_desktop.pdr.reports import figures, papers, queries, rules, sheets
from staffdev_desktop.pdr.reports.rows import Chase, NeedsSummary, Slip
from staffdev_desktop.pdr.reports.services import Booking, book_needs
from staffdev_desktop.pdr.rows import BoardRow, HistoryRow, NeedRow, ReviewDates, Stage
from staffdev_desktop.pdr.rules import NEED_STATES, SETTLED_NEEDS, stage_of
from staffdev_desktop.pdr.services import statements
from staffdev_desktop.pdr.services.needs import move_need
from staffdev_desktop.school import School
from staffdev_desktop.staff.models import Holding, Post
from tests.conftest import TODAY

TERMS = ("Autumn term 2026/27", "Spring term 2026/27", "Summer term 2026/27")
GROUPS = ("Leadership", "Teachers", "Teaching assistants", "Site", "Pastoral", "Not set")
PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)
NEED = NeedRow(1, 1, 1, "PDR-2026-0001", "Karen Doyle", "Site", "First aid", "Course", "Office", None, "agreed", "", None, "", None)
MINIMUM = st.integers(2, 8)


@st.composite
def years(draw: st.DrawFn) -> tuple[tuple[NeedRow, ...], dict[int, int]]:
    """The needs of some reviews, and whose reviews they are; a person may have two, and is in one group."""
    people = draw(st.integers(1, 40))
    groups = draw(st.lists(st.sampled_from(GROUPS), min_size=people, max_size=people))
    owner = {review: review % people for review in range(people + people // 5)}
    found = []
    for number, review in enumerate(draw(st.lists(st.sampled_from(sorted(owner)), max_size=60))):
        need = replace(
            NEED,
            id=number,
            review_id=review,
            name=f"Person {owner[review]}",
            group=groups[owner[review]],
            state=draw(st.sampled_from(NEED_STATES)),
            by_when=draw(st.sampled_from((None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=40)))),
            cost=draw(st.sampled_from((None, 0, 999, 12050))),
            term=draw(st.sampled_from(("", *TERMS, "When Karen is back"))),
        )
        found.append(need)
    return tuple(found), owner


def summed(needs_of: Iterable[NeedRow], owner: Mapping[int, int]) -> tuple[int, int, int]:
    rows = list(needs_of)
    return len({owner[row.review_id] for row in rows}), len(rows), sum(row.cost or 0 for row in rows)


def summary_of(year: tuple[Sequence[NeedRow], Mapping[int, int]], minimum: int) -> NeedsSummary:
    return figures.needs_summary(*year, year=2026, minimum=minimum, terms=TERMS, today=TODAY)


@given(years(), MINIMUM)
@settings(max_examples=100, deadline=None)
def test_figures_are_those_of_counting_by_hand_and_no_small_group_is_in_them(
    year: tuple[tuple[NeedRow, ...], dict[int, int]], minimum: int
) -> None:
    rows, owner = year
    found = summary_of(year, minimum)
    everybody = {owner[row.review_id] for row in rows}
    assert (found.total is None) == (len(everybody) < minimum)
    if found.total is None:
        assert found == NeedsSummary(2026, minimum, None, None, (), (), (), None, None)
        return
    assert (found.total.people, found.total.needs) == (len(everybody), len(rows))
    tables = (
        (found.by_group, lambda row: row.group, rows),
        (found.by_state, lambda row: row.state, rows),
        (found.by_term, lambda row: row.term if row.term in TERMS else figures.ANOTHER_TIME if row.term else figures.NO_TERM, costed(rows)),
    )
    for table, label_of, counted in tables:
        labels = {label_of(row) for row in counted}
        alone = labels & {line.label for line in table}
        for line in table:
            mine = {line.label} if line.label in alone else labels - alone
            behind = [row for row in counted if label_of(row) in mine]
            assert (line.people, line.needs, line.cost) == summed(behind, owner)
            assert line.people >= minimum
        assert sum(line.needs for line in table) in (0, len(counted))
    if found.overdue is not None:
        late = [row for row in rows if row.by_when == TODAY - timedelta(days=1) and row.state not in SETTLED_NEEDS]
        assert found.overdue == len(late)
        still_open = [row for row in rows if row.state not in SETTLED_NEEDS and row not in late]
        assert all(summed(part, owner)[0] == 0 or summed(part, owner)[0] >= minimum for part in (late, still_open))
    if found.not_costed is not None:
        assert found.not_costed == len(rows) - len(costed(rows))


def costed(rows: Sequence[NeedRow]) -> list[NeedRow]:
    return [row for row in rows if row.cost is not None]


LINES = st.dictionaries(st.text("abcdefg", min_size=1, max_size=2), st.tuples(*[st.lists(st.integers(0, 25), max_size=9)] * 2), max_size=8)


@given(LINES, MINIMUM)
@settings(max_examples=200, deadline=None)
def test_lines_are_divided_so_that_every_cell_may_be_shown(lines: dict[str, tuple[list[int], list[int]]], minimum: int) -> None:
    def may_be_shown(labels: Iterable[str]) -> bool:
        cells = ([person for label in labels for person in lines[label][cell]] for cell in (0, 1))
        return all(not cell or len(set(cell)) >= minimum for cell in cells)

    parts = figures.divided(lines, minimum)
    filled = [label for label in lines if any(lines[label])]
    if not parts:
        assert not filled or not may_be_shown(filled)
        return
    assert sorted(label for part in parts for label in part) == sorted(filled)
    assert all(may_be_shown(part) for part in parts)
    if all(may_be_shown([label]) for label in filled):
        assert parts == tuple((label,) for label in filled)


def test_one_small_group_takes_the_smallest_other_one_with_it() -> None:
    lines = {"A": [range(10)], "B": [range(10, 16)], "C": [range(16, 18)]}
    assert figures.divided(lines, 5) == (("A",), ("C", "B"))


def test_a_group_of_two_is_not_left_over_by_taking_the_others_from_the_total() -> None:
    rows = [replace(NEED, id=n, review_id=n, group="Teachers" if n < 9 else "Site") for n in range(11)]
    found = summary_of((rows, {n: n for n in range(11)}), 5)
    assert [(line.label, line.needs) for line in found.by_group] == [(figures.ALL_GROUPS, 11)]


DATES = {
    Stage.NOT_STARTED: ReviewDates(),
    Stage.OUT: ReviewDates(TODAY),
    Stage.BOOKED: ReviewDates(TODAY, TODAY, datetime(2026, 10, 22, 9)),
    Stage.AGREED: ReviewDates(TODAY, TODAY, None, None, datetime(2026, 10, 14, 9)),
    Stage.SIGNED: ReviewDates(TODAY, TODAY, None, None, datetime(2026, 10, 14, 9), TODAY),
}


def board(number: int, **given: object) -> BoardRow:
    dates = given.pop("dates", ReviewDates())
    row = BoardRow(
        id=number,
        revision=1,
        number=f"PDR-2026-{number:04d}",
        person_id=number,
        name=f"Person {number}",
        posts="",
        group="Site",
        staff_number="",
        reviewer_id=None,
        reviewer="",
        dates=dates,
        stage=stage_of(dates),
        deadline=date(2026, 11, 27),
        sheets_due_on=date(2026, 10, 9),
        place="",
        away=False,
        exempt=False,
        version=1,
        first_year=False,
    )
    return replace(row, **given)


BOARDS = st.lists(st.tuples(st.sampled_from(GROUPS), st.sampled_from(list(DATES)), st.booleans()), max_size=60)


@given(BOARDS, MINIMUM)
@settings(max_examples=200, deadline=None)
def test_progress_without_names_hides_nobody_in_a_small_number(found: list[tuple[str, Stage, bool]], minimum: int) -> None:
    rows = [board(n, group=group, dates=DATES[stage], away=away) for n, (group, stage, away) in enumerate(found, 1)]
    here = [row for row in rows if not row.away]
    shown = figures.progress_without_names(rows, minimum)
    if not shown:
        assert len(here) < minimum
        return
    assert sum(line.reviews for line in shown) == len(here)
    for line in shown:
        assert line.reviews >= minimum
        assert line.finished is None or all(part == 0 or part >= minimum for part in (line.finished, line.reviews - line.finished))
        if line.label in GROUPS and line.finished is not None:
            mine = [row for row in here if row.group == line.label]
            assert (line.reviews, line.finished) == (len(mine), sum(row.stage in (Stage.AGREED, Stage.SIGNED) for row in mine))
    named = figures.progress_by_group(rows, TODAY)
    assert figures.all_progress(named).reviews == len(here)
    assert sum(line.agreed for line in named) == sum(row.stage in (Stage.AGREED, Stage.SIGNED) for row in here)


# Money and fingerprints, as people type them


@given(st.integers(0, MOST_PENCE))
def test_an_amount_reads_back_as_it_was_written(pence: int) -> None:
    assert read_pounds(pounds(pence)) == pence


@pytest.mark.parametrize(
    ("typed", "pence"), [("£120.50", 12050), ("120", 12000), ("1,200.5", 120050), (" £ 7 ", 700), ("0", 0), ("1234567.89", None)]
)
def test_amounts_as_people_type_them(typed: str, pence: int | None) -> None:
    if pence is None:
        with pytest.raises(UserError, match="million"):
            read_pounds(typed)
    else:
        assert read_pounds(typed) == pence


@pytest.mark.parametrize("typed", ["", "free", "-5", "12.345", "1,20", "£", "12.50.1", "١٢"])
def test_what_is_no_amount_is_said_so(typed: str) -> None:
    with pytest.raises(UserError) as wrong:
        read_pounds(typed, field="cost")
    assert wrong.value.field == "cost"


@pytest.mark.parametrize("typed", ["7F3A-91C2-D05E-B468", "7f3a91c2d05eb468", "7F3A 91C2 DO5E B468", " 7F-3A-9lC2D05EB4.68 "])
def test_a_fingerprint_is_read_in_any_grouping(typed: str) -> None:
    assert rules.read_fingerprint(typed) == "7F3A-91C2-D05E-B468"


@pytest.mark.parametrize(("typed", "says"), [("7F3A", "This has 4"), ("", "This has 0"), ("7F3A-91C2-D05E-B46Z", "no Z")])
def test_what_is_no_fingerprint_is_said_so(typed: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        rules.read_fingerprint(typed)


# What a paper's fingerprint belongs to


def agreed(school: School, stage: str = "Agreed") -> BoardRow:
    return next(row for row in school.read(boards.cycle_board, year=2026) if row.stage == stage)


def test_a_fingerprint_finds_its_statement_void_or_not(practice_school: School) -> None:
    row = agreed(practice_school)
    (paper,) = practice_school.read(records.statement_papers, review_ids=[row.id])
    found = practice_school.read(outcomes.by_fingerprint, typed=paper.fingerprint.replace("-", "").lower())
    assert found is not None
    assert (found.number, found.version, found.name, found.void_on, found.sound, found.addendum_of) == (
        row.number, 1, row.name, None, True, "",
    )  # fmt: skip
    practice_school.do(statements.reopen, review_id=row.id, reason="A target was left out.")
    void = practice_school.read(outcomes.by_fingerprint, typed=paper.fingerprint)
    assert void is not None
    assert (void.void_on, void.void_reason, void.sound) == (TODAY, "A target was left out.", True)
    assert practice_school.read(outcomes.by_fingerprint, typed="0000 0000 0000 0000") is None


def test_an_addendum_has_a_fingerprint_of_its_own_that_is_found_too(practice_school: School) -> None:
    row = agreed(practice_school)
    practice_school.do(statements.add_addendum, review_id=row.id, side="reviewer", written_on=TODAY, words="Seen again in March.")
    (paper,) = practice_school.read(records.statement_papers, review_ids=[row.id])
    found = practice_school.read(outcomes.by_fingerprint, typed=paper.marks[0].fingerprint)
    assert found is not None
    assert (found.number, found.addendum_of, found.addendum_on, found.sound) == (row.number, "reviewer", TODAY, True)


@needs(Permission.RUN_CYCLE)
def _tamper(session: Session, actor: Actor, *, statement_id: int) -> None:
    statement = session.get_one(Statement, statement_id)
    statement.snapshot = statement.snapshot.replace('"version":1', '"version":7')
    for addendum in session.query(Addendum).filter_by(statement_id=statement_id):
        addendum.words = "Something else."


@pytest.mark.parametrize("with_addendum", [False, True])
def test_words_changed_in_the_file_are_noticed(practice_school: School, with_addendum: bool) -> None:
    row = agreed(practice_school)
    if with_addendum:
        practice_school.do(statements.add_addendum, review_id=row.id, side="reviewer", written_on=TODAY, words="Seen again in March.")
    (paper,) = practice_school.read(records.statement_papers, review_ids=[row.id])
    practice_school.do(_tamper, statement_id=paper.statement_id)
    found = practice_school.read(outcomes.by_fingerprint, typed=paper.marks[0].fingerprint if with_addendum else paper.fingerprint)
    assert found is not None
    assert not found.sound


# Several needs on one course


def test_several_needs_are_booked_with_one_undo(practice_school: School) -> None:
    open_ones = [need for need in practice_school.read(outcomes.needs_list, year=2026) if need.state == "to arrange"][:3]
    chosen = [(need.id, need.revision) for need in open_ones]
    assert practice_school.do(book_needs, chosen=chosen, booking=Booking(cost=12050, term=TERMS[1])) == 3
    after = {need.id: need for need in practice_school.read(outcomes.needs_list, year=2026)}
    for need in open_ones:
        assert after[need.id] == replace(need, state="booked", cost=12050, term=TERMS[1], revision=need.revision + 1)
    practice_school.undo()
    again = {need.id: need for need in practice_school.read(outcomes.needs_list, year=2026)}
    assert [(again[need.id].state, again[need.id].cost) for need in open_ones] == [("to arrange", None)] * 3


def test_all_are_booked_or_none(practice_school: School) -> None:
    first, second, third = practice_school.read(outcomes.needs_list, year=2026)[:3]
    practice_school.do(
        move_need, need_id=second.id, revision=second.revision, state="declined", who="", by_when=None, reason="It was full."
    )
    with pytest.raises(UserError, match="declined already"):
        practice_school.do(book_needs, chosen=[(first.id, first.revision), (second.id, second.revision + 1)], booking=Booking())
    with pytest.raises(Conflict):
        practice_school.do(book_needs, chosen=[(first.id, first.revision), (third.id, third.revision - 1)], booking=Booking())
    with pytest.raises(UserError, match="at least one"):
        practice_school.do(book_needs, chosen=[], booking=Booking())
    assert {need.id: need.state for need in practice_school.read(outcomes.needs_list, year=2026)}[first.id] == "to arrange"


def test_the_work_list_begins_with_what_is_past_its_day() -> None:
    days = {"late": -9, "later": 3, "done": -30, "none": None, "first": -20}
    rows = [
        replace(NEED, need=name, by_when=None if far is None else TODAY + timedelta(days=far), state="done" if name == "done" else "agreed")
        for name, far in days.items()
    ]
    assert [row.need for row in rules.most_urgent_first(rows, TODAY)] == ["first", "late", "later", "none", "done"]


# Whom to remind


def waiting() -> list[BoardRow]:
    reviewer = {"reviewer_id": 90, "reviewer": "Ruth Pemberton"}
    soon = {"deadline": TODAY + timedelta(days=5)}
    return [
        board(1, name="Ewa Nowak", dates=ReviewDates(TODAY), **reviewer),
        board(2, name="Tessa Brook", dates=ReviewDates(TODAY, TODAY), **soon),
        board(3, name="Karen Doyle", dates=ReviewDates(TODAY, TODAY), **reviewer, **soon),
        board(4, name="Denise Holt", dates=ReviewDates(agreed_at=datetime(2026, 10, 14, 9)), reviewer_id=3, reviewer="Karen Doyle"),
        board(5, name="Yusuf Demir", dates=ReviewDates(TODAY), away=True, **reviewer),
        board(6, name="Jake Thornton", dates=DATES[Stage.SIGNED], **reviewer),
    ]


def test_everybody_who_is_waited_for_gets_one_slip_and_nobody_else() -> None:
    made = rules.slips(waiting(), {1: "Nursery"}, return_to="", today=TODAY)
    assert [(slip.name, slip.room, len(slip.asks)) for slip in made] == [
        ("Denise Holt", "", 1),
        ("Ewa Nowak", "Nursery", 1),
        ("Karen Doyle", "", 1),
        ("Ruth Pemberton", "", 1),
    ]
    asks = {slip.name: slip.asks[0] for slip in made}
    assert "Friday 9 October" in asks["Ewa Nowak"]
    assert "the school office" in asks["Ewa Nowak"]
    assert "the statement of Denise Holt" in asks["Karen Doyle"], "the reviewer signs too"
    assert asks["Ruth Pemberton"] == "Book the review meeting with Karen Doyle. The deadline is Sunday 25 October."


def test_the_chase_list_is_one_line_a_review_by_person_and_by_reviewer() -> None:
    found = rules.chases(waiting(), TODAY)
    assert {chase.name for chase in found} == {"Ewa Nowak", "Tessa Brook", "Karen Doyle", "Denise Holt"}
    assert [chase.name for chase in rules.by_person(found)] == ["Denise Holt", "Ewa Nowak", "Karen Doyle", "Tessa Brook"]
    assert [(name, len(theirs)) for name, theirs in rules.by_reviewer(found)] == [
        ("Karen Doyle", 1), ("Ruth Pemberton", 2), (rules.NOBODY, 1),
    ]  # fmt: skip
    assert {chase.name: rules.waited(chase) for chase in found} == {
        "Ewa Nowak": "11 days late", "Karen Doyle": "5 days left", "Tessa Brook": "5 days left", "Denise Holt": "waiting 6 days",
    }  # fmt: skip


@needs(Permission.CHANGE_STAFF)
def _give_sites(session: Session, actor: Actor, *, person_id: int) -> None:
    post = session.query(Post).join(Holding, Holding.post_id == Post.id).filter(Holding.person_id == person_id).first()
    assert post is not None
    post.site = "Nursery"
    session.add(Holding(person_id=person_id, post_id=_post(session, "Hall", "Main building"), position=9))
    session.add(Holding(person_id=person_id, post_id=_post(session, "Gate", "Old lodge"), ends_on=TODAY - timedelta(days=1)))


def _post(session: Session, title: str, site: str) -> int:
    post = Post(title=title, site=site)
    session.add(post)
    session.flush()
    return post.id


def test_rooms_are_the_sites_of_the_posts_held_today(practice_school: School) -> None:
    person = agreed(practice_school).person_id
    practice_school.do(_give_sites, person_id=person)
    assert {place.person_id: place.room for place in practice_school.read(queries.places)}[person] == "Nursery, Main building"


# Papers


def words_on(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return " ".join(re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document)


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pypdfium2.PdfDocument(BytesIO(pdf))]


def assert_words(pdf: bytes, *texts: str) -> None:
    on_paper = words_on(pdf)
    missing = [word for text in texts for word in text.split() if word not in on_paper]
    assert not missing, missing


WORDS = st.text("abcdeéŁżшд陈小 ", min_size=1, max_size=24).map(str.strip).filter(bool)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=12))
@settings(max_examples=15, deadline=None)
def test_every_word_of_the_work_list_is_on_its_paper(found: list[tuple[str, str, str, str]]) -> None:
    rows = [
        replace(NEED, id=n, need=need, how=how, who=who, name=name, by_when=TODAY, cost=n * 100)
        for n, (need, how, who, name) in enumerate(found)
    ]
    on_paper = re.sub(r"\s", "", words_on(papers.needs_list_paper(rows, PRINTED)))
    for row in rows:
        for text in (row.need, row.how, row.who, row.name, pounds(row.cost)):
            assert all(word in on_paper for word in text.split()), text


def test_the_summary_has_figures_and_neither_names_nor_words_of_a_need() -> None:
    rows = [
        replace(NEED, id=n, review_id=n, name=f"Zwx{n} Qvy{n}", need="Xylophone repair", who="Kpq", how="Vbn", reason="Hjk", cost=10_000)
        for n in range(12)
    ]
    summary = summary_of((rows, {n: n for n in range(12)}), 5)
    on_paper = words_on(papers.needs_summary_paper(summary, PRINTED))
    assert "£1,200.00" in on_paper
    for word in ("Zwx", "Qvy", "Xylophone", "Kpq", "Vbn", "Hjk", "Doyle"):
        assert word not in on_paper
        assert word not in str(read_sheet(sheets.summary_sheet(summary), "figures.xlsx"))
    few = summary_of((rows[:4], {n: n for n in range(4)}), 5)
    assert papers.TOO_FEW in words_on(papers.needs_summary_paper(few, PRINTED))
    assert "£" not in words_on(papers.needs_summary_paper(few, PRINTED))


def test_spreadsheets_hold_what_the_papers_hold() -> None:
    rows = [replace(NEED, id=n, review_id=n, cost=1050 * n, by_when=TODAY, need=f"=Need {n}") for n in range(12)]
    read = read_sheet(sheets.needs_sheet(rows, 2026), "needs.xlsx")
    assert read.header == sheets.NEED_COLUMNS
    assert [(line.cells[3], line.cells[6], line.cells[10]) for line in read.rows][2] == ("=Need 2", TODAY, 21)
    summary = summary_of((rows, {n: n for n in range(12)}), 5)
    figures_read = {line.cells[1]: line.cells[2:] for line in read_sheet(sheets.summary_sheet(summary), "f.xlsx").rows}
    assert figures_read["All"] == (12, 12, 693)
    chased = read_sheet(sheets.chase_sheet(rules.chases(waiting(), TODAY), 2026), "c.xlsx")
    assert {line.cells[1] for line in chased.rows} == {"Ewa Nowak", "Tessa Brook", "Karen Doyle", "Denise Holt"}
    progress = read_sheet(sheets.progress_sheet(figures.progress_by_group(waiting(), TODAY), 2026), "p.xlsx")
    assert progress.rows[-1].cells[:2] == (figures.ALL_GROUPS, 5)


def test_file_names_carry_numbers_and_nothing_that_a_file_system_minds() -> None:
    assert sheets.file_name(sheets.NEEDS, 2026, TODAY) == "training-needs-2026-as-of-2026-10-20.pdf"
    assert sheets.file_name(sheets.HISTORY, "01/17:x", TODAY, "xlsx") == "history-01-17-x-as-of-2026-10-20.xlsx"


@pytest.mark.parametrize("reviewers", [True, False])
def test_the_chase_paper_has_every_line_and_the_groups(reviewers: bool) -> None:
    found = rules.chases(waiting(), TODAY)
    pdf = papers.chase_paper(found, figures.progress_by_group(waiting(), TODAY), PRINTED, reviewers=reviewers)
    assert_words(pdf, *(text for chase in found for text in (chase.name, chase.reviewer, chase.waiting_for, rules.waited(chase))))
    assert pdf == papers.chase_paper(found, figures.progress_by_group(waiting(), TODAY), PRINTED, reviewers=reviewers)
    assert_words(papers.chase_paper((), (), PRINTED, reviewers=reviewers), "Nobody has to be reminded")


def outside_and_inside(pdf: bytes) -> tuple[str, str, str]:
    """The words on the part with the name, on the part that is covered, and on the part that covers it; frame left out."""
    middle = (WIDTH - NAME_PART) / 2
    found = ["", "", ""]
    for page in pypdfium2.PdfDocument(BytesIO(pdf)):
        text = page.get_textpage()
        edges = (LEFT, LEFT + NAME_PART, LEFT + NAME_PART + middle, LEFT + WIDTH)
        for place in range(3):
            found[place] += text.get_text_bounded(left=edges[place] + 1, right=edges[place + 1] - 1, bottom=70, top=710) + "\n"
    return found[0], found[1], found[2]


@pytest.mark.parametrize("length", [1, 4, 60])
def test_nothing_but_name_and_room_is_outside_a_slip(length: int) -> None:
    asks = tuple(f"Secret {n} about the review of somebody and what is still to be signed by {n}" for n in range(length))
    long_ask = " ".join(f"secret{n}" for n in range(400))
    pdf = papers.slips_paper([Slip(1, "Karen Doyle", "Nursery", asks), Slip(2, "Ann " + "Longname " * 20, "", (long_ask,))], PRINTED)
    outside, inside, cover = outside_and_inside(pdf)
    assert set(outside.split()) == {"Karen", "Doyle", "Nursery", "Ann", "Longname"}
    assert cover.strip() == ""
    assert all(f"Secret {n} about" in re.sub(r"\s+", " ", inside) for n in range(length))
    assert all(f"secret{n}" in inside for n in range(400))


def test_the_words_inside_stay_inside_their_own_slip() -> None:
    asks = tuple(f"Ask number {n} that takes quite some room on the slip of one person" for n in range(30))
    pdf = papers.slips_paper([Slip(1, "Karen Doyle", "", asks)], PRINTED)
    for page in pypdfium2.PdfDocument(BytesIO(pdf)):
        assert page.get_textpage().get_text_bounded(bottom=40, top=68, left=LEFT, right=LEFT + WIDTH).count("Ask") == 0


def test_a_history_has_every_year_and_what_came_of_each_target(practice_school: School) -> None:
    person = agreed(practice_school, "Signed").person_id
    rows = practice_school.read(outcomes.history, person_id=person)
    pdf = papers.history_paper(rows, name="Karen Doyle", post="Teaching assistant", staff_number="0117", printed=PRINTED)
    assert len(pypdfium2.PdfDocument(BytesIO(pdf))) == 1, "on one page"
    assert_words(pdf, "Karen Doyle", "2026/27 2025/26 2024/25", *sheets.texts_of_history(rows))
    assert pypdfium2.PdfDocument(BytesIO(pdf)).get_metadata_value("Title") == "Review history 0117"


def test_outcomes_are_counted_over_the_years(practice_school: School) -> None:
    rows: tuple[HistoryRow, ...] = practice_school.read(outcomes.history, person_id=agreed(practice_school, "Signed").person_id)
    judged = [target.outcome for row in rows for target in row.targets if target.outcome]
    said = rules.outcomes_in_words(rows)
    assert said.startswith(f"{len(judged)} targets judged: ")
    assert all(f"{judged.count(outcome)} {outcome}" in said for outcome in set(judged))
    assert rules.outcomes_in_words(()) == ""


def test_papers_of_an_empty_year_print() -> None:
    empty: Sequence[Chase] = ()
    for pdf in (
        papers.needs_list_paper((), PRINTED),
        papers.chase_paper(empty, (), PRINTED, reviewers=True),
        papers.slips_paper((), PRINTED),
        papers.progress_paper((), PRINTED, deadline=None, minimum=5),
        papers.history_paper((), name="Karen Doyle", post="", staff_number="0117", printed=PRINTED),
    ):
        assert len(pypdfium2.PdfDocument(BytesIO(pdf))) == 1


def moved(number: int, reviewer: str = "Ruth Pemberton", **changes: object) -> BoardRow:
    row = BoardRow(
        id=number,
        revision=1,
        number=f"PDR-2026-{number:04d}",
        person_id=number,
        name=f"Person {number}",
        posts="Cook",
        group="Midday and kitchen",
        staff_number="",
        reviewer_id=900 if reviewer else None,
        reviewer=reviewer,
        dates=ReviewDates(returned_on=date(2026, 10, 8), booked_for=datetime(2026, 11, 3, 14, 0)),
        stage=Stage.BOOKED,
        deadline=date(2026, 11, 27),
        sheets_due_on=date(2026, 10, 9),
        place="Library",
        away=False,
        exempt=False,
        version=1,
        first_year=False,
    )
    return replace(row, **changes)


def test_everybody_whom_a_move_touches_gets_a_note_with_both_names_and_the_dates() -> None:
    notes = rules.move_notes([moved(1), moved(2, dates=ReviewDates())], "David Okafor")
    assert [note.to for note in notes] == ["Person 1", "Person 2", "David Okafor", "Ruth Pemberton"]
    assert all("David Okafor" in note.to + note.words and "Ruth Pemberton" in note.to + note.words for note in notes)
    first, second = pages_of(papers.move_notes_paper(notes, PRINTED))  # two notes to a page
    for words in ("Person 1", "PDR-2026-0001", "Is back", "Tue 3 Nov, 14:00", "Due back Fri 9 Oct", "Not booked yet", "Fri 27 Nov"):
        assert words in first, words
    assert "no longer with you" in second


def test_a_review_that_nobody_had_needs_no_note_to_nobody() -> None:
    notes = rules.move_notes([moved(1, reviewer="")], "David Okafor")
    assert [(note.to, note.words) for note in notes] == [
        ("Person 1", "Your review is now with David Okafor."),
        ("David Okafor", "This review is now with you."),
    ]


def test_a_note_about_many_reviews_goes_on_a_second_one_and_loses_none() -> None:
    many = [moved(number, name=f"Person {number} " + "Longname " * 9) for number in range(1, 15)]
    (note,) = [note for note in rules.move_notes(many, "David Okafor") if note.to == "David Okafor"]
    text = " ".join(pages_of(papers.move_notes_paper([note], PRINTED)))
    assert [row.number for row in many if row.number not in text] == []
