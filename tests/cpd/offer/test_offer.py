"""The offer in two grids and the directory, in a real school file, and on paper."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.accounts.permissions import NotAllowed
from staffdev_desktop.cpd.offer import papers, queries, services
from staffdev_desktop.cpd.offer.rows import Checked, DirectoryDetails, HeadingRow, OfferGrid, OfferItemRow, ProviderDetails
from staffdev_desktop.cpd.offer.rules import (
    COLUMN,
    GRIDS,
    LINE,
    MOST_LINES,
    PHASE,
    STAGE,
    checked_state,
    first_offer,
    how_words,
    when_words,
)
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from tests.conftest import TODAY
from tests.cpd.log.reviewer import as_reviewer
from tests.people import Staffed

PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)
NO_LONGER_CALLED = re.compile(r"\b(NQT|RQT|NASENCO|NPQML|School Direct|Teach First|SLE|NLE|NCTL)\b")


def grid(school: School, which: str = STAGE) -> OfferGrid:
    return school.read(queries.offer_grid, grid=which)


def names(rows: tuple[HeadingRow, ...]) -> list[str]:
    return [row.name for row in rows]


def cell_of(school: School, line: str, column: str, which: str = STAGE) -> tuple[OfferItemRow, ...]:
    found = grid(school, which)
    ids = {row.name: row.id for row in (*found.lines, *found.columns)}
    return found.cell(ids[line], ids[column])


def words_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


# -- the grids ----------------------------------------------------------------------------------------------------------------


def test_a_school_begins_with_both_grids_in_the_names_of_today_and_once_only(school: School) -> None:
    stage, phase = grid(school), grid(school, PHASE)
    assert names(stage.columns) == ["Trust-facilitated", "External qualification"]
    assert names(stage.lines)[0] == "Leadership"
    assert len(stage.lines) == 5
    assert (len(phase.lines), len(phase.columns)) == (4, 4)
    everything = " | ".join(item.text for which in GRIDS for item in grid(school, which).items)
    assert NO_LONGER_CALLED.search(everything) is None
    school.do(begin_cpd)
    assert grid(school) == stage


def test_every_programme_that_an_item_names_is_one_that_ships(school: School) -> None:
    shipped = {row.framework for row in school.read(enrolments.programmes)}
    named = {item.programme for each in first_offer() for item in each.items if item.programme}
    assert named
    assert named <= shipped
    hlta = next(item for item in grid(school).items if item.text == "HLTA status")
    assert hlta.programme.startswith("HLTA")


def test_lines_and_columns_are_added_renamed_moved_and_taken_away(school: School) -> None:
    made = school.do(services.add_heading, grid=STAGE, axis=LINE, name=" Trainers ")
    assert names(grid(school).lines)[-1] == "Trainers"
    school.do(services.move_heading, heading_id=made, revision=1, step=-1)
    assert names(grid(school).lines)[-2:] == ["Trainers", "Support and operational staff"]
    row = next(row for row in grid(school).lines if row.id == made)
    school.do(services.rename_heading, heading_id=made, revision=row.revision, name="Trainers of others")
    with pytest.raises(Conflict):
        school.do(services.rename_heading, heading_id=made, revision=row.revision, name="Something older")
    first = grid(school).lines[0]
    school.do(services.move_heading, heading_id=first.id, revision=first.revision, step=-1)  # the first stays the first
    assert grid(school).lines[0].id == first.id
    before = len(grid(school).items)
    gone = len(cell_of(school, "Leadership", "Trust-facilitated")) + len(cell_of(school, "Leadership", "External qualification"))
    school.do(services.remove_heading, heading_id=first.id, revision=grid(school).lines[0].revision)
    assert len(grid(school).items) == before - gone
    assert school.undo()
    assert len(grid(school).items) == before


def test_what_cannot_be_a_line_gets_a_sentence(school: School) -> None:
    def add(name: str, axis: str = LINE) -> None:
        school.do(services.add_heading, grid=STAGE, axis=axis, name=name)

    for name, wanted in ((" ", "Write what the line is called."), ("leadership", "already"), ("x" * 61, "61 letters")):
        with pytest.raises(UserError, match=re.escape(wanted)) as caught:
            add(name)
        assert caught.value.field == "name"
    for number in range(MOST_LINES - len(grid(school).lines)):
        add(f"Line {number}")
    with pytest.raises(UserError, match="so that it prints on one page"):
        add("One more")
    add("Local networks", COLUMN)
    for column in grid(school).columns[:-1]:
        school.do(services.remove_heading, heading_id=column.id, revision=column.revision)
    last = grid(school).columns[0]
    with pytest.raises(UserError, match="needs one column at least"):
        school.do(services.remove_heading, heading_id=last.id, revision=last.revision)


def test_items_are_added_changed_moved_within_their_cell_and_taken_away(school: School) -> None:
    cell = cell_of(school, "Leadership", "External qualification")
    masters = next(row for row in school.read(enrolments.programmes) if row.framework == "masters")
    made = school.do(
        services.add_item, line_id=cell[0].line_id, column_id=cell[0].column_id, text=" Lead inspector course ", programme_id=masters.id
    )  # fmt: skip
    assert cell_of(school, "Leadership", "External qualification")[-1].text == "Lead inspector course"
    school.do(services.move_item, item_id=made, revision=1, step=-1)
    after = cell_of(school, "Leadership", "External qualification")
    assert [item.id for item in after[-2:]] == [made, cell[-1].id]
    row = next(item for item in after if item.id == made)
    assert row.programme == masters.details.name
    school.do(services.change_item, item_id=made, revision=row.revision, text="Inspecting other schools", programme_id=None)
    with pytest.raises(Conflict):
        school.do(services.change_item, item_id=made, revision=row.revision, text="Older words", programme_id=None)
    with pytest.raises(UserError, match="Write what is offered"):
        school.do(services.change_item, item_id=made, revision=row.revision + 1, text="  ", programme_id=None)
    row = next(item for item in cell_of(school, "Leadership", "External qualification") if item.id == made)
    school.do(services.remove_item, item_id=made, revision=row.revision)
    assert cell_of(school, "Leadership", "External qualification") != after
    with pytest.raises(UserError, match="not there any more"):
        school.do(services.remove_item, item_id=made, revision=row.revision)


@pytest.mark.parametrize("which", GRIDS)
def test_a_grid_prints_on_one_landscape_page_with_every_word(school: School, which: str) -> None:
    found = grid(school, which)
    pdf = papers.offer_paper(found, PRINTED)
    [page] = words_of(pdf)
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        width, height = document[0].get_size()
    assert width > height
    flat = page.replace(" ", "")
    for text in papers.texts_of_offer(found):
        assert text.replace(" ", "") in flat
    assert "‡" in page
    assert "CONFIDENTIAL" not in page


def test_a_grid_too_full_for_a_page_takes_another_and_loses_nothing() -> None:
    lines = tuple(HeadingRow(number, 1, f"Line {number}") for number in range(12))
    columns = (HeadingRow(100, 1, "How"),)
    items = tuple(OfferItemRow(n, 1, n % 12, 100, f"Item {n}: {'much to say ' * 12}", None, "") for n in range(72))
    pages = words_of(papers.offer_paper(OfferGrid(STAGE, lines, columns, items), PRINTED))
    assert len(pages) > 1
    assert all(f"Item {number}:" in " ".join(pages) for number in range(72))


# -- the directory ------------------------------------------------------------------------------------------------------------

HUB = ProviderDetails("Brookside Hub", "Course desk", "courses@brookside.example", "01632 960041")
FLUENCY = DirectoryDetails(
    "Reading fluency", strand="Professional practice", setting="Local networks", audience="Teachers", minutes=90, pence=12050,
    next_on=date(2026, 11, 12), dates="Termly", place="Brookside", checked_on=TODAY,
)  # fmt: skip


def test_the_directory_is_kept_with_its_providers(school: School) -> None:
    hub = school.do(services.add_provider, details=HUB)
    made = school.do(services.add_to_directory, details=replace(FLUENCY, provider_id=hub, title="  Reading fluency "))
    row = school.read(queries.directory_item, item_id=made)
    assert (row.details.title, row.provider_name, row.checked) == ("Reading fluency", "Brookside Hub", Checked.FRESH)
    assert "brookside" in row.search
    [provider] = school.read(queries.providers)
    assert provider.items == 1
    old = replace(row.details, checked_on=TODAY - timedelta(days=366))
    school.do(services.change_in_directory, item_id=made, revision=row.revision, details=old)
    with pytest.raises(Conflict):
        school.do(services.change_in_directory, item_id=made, revision=row.revision, details=old)
    assert school.read(queries.directory_item, item_id=made).checked is Checked.OLD
    school.do(services.mark_checked, item_ids=[made])
    assert school.read(queries.directory_item, item_id=made).details.checked_on == TODAY
    school.do(services.remove_provider, provider_id=hub, revision=provider.revision)
    assert school.read(queries.directory_item, item_id=made).provider_name == ""
    school.do(services.remove_from_directory, item_ids=[made])
    assert school.read(queries.directory) == ()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": " "}, "title", "Write what it is called."),
        ({"minutes": 0}, "minutes", "leave the hours empty"),
        ({"pence": -1}, "pence", "less than nothing"),
        ({"checked_on": TODAY + timedelta(days=1)}, "checked_on", "still to come"),
        ({"about": "x" * 4001}, "about", "4,001 letters"),
        ({"place": "x" * 201}, "place", "201 letters"),
    ],
)
def test_what_cannot_be_in_the_directory_gets_a_sentence_beside_its_field(
    school: School, changes: dict[str, object], field: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence) as caught:
        school.do(services.add_to_directory, details=replace(FLUENCY, **changes))
    assert caught.value.field == field


def test_a_provider_has_a_name_of_its_own_and_an_email_that_can_be_one(school: School) -> None:
    school.do(services.add_provider, details=HUB)
    for details, field in (
        (replace(HUB, name="brookside hub "), "name"),
        (replace(HUB, name=""), "name"),
        (replace(HUB, name="B", email="b"), "email"),
    ):
        with pytest.raises(UserError) as caught:
            school.do(services.add_provider, details=details)
        assert caught.value.field == field


@given(st.integers(-10, 1000))
def test_a_line_is_old_once_a_year_has_gone_by(days: int) -> None:
    state = checked_state(TODAY - timedelta(days=days), TODAY)
    assert state is (Checked.OLD if days > 365 else Checked.FRESH)
    assert checked_state(None, TODAY) is Checked.NEVER


def test_a_line_is_said_in_words_and_a_day_gone_by_is_not() -> None:
    assert how_words(FLUENCY, "Brookside Hub", TODAY) == "Brookside Hub, 1.5 hours, £120.50, next on 12 Nov 2026"
    gone = replace(FLUENCY, next_on=TODAY - timedelta(days=1), minutes=60, pence=0)
    assert how_words(gone, "", TODAY) == "1 hour, free of charge"
    assert when_words(gone, TODAY) == "Termly"
    assert when_words(replace(gone, next_on=TODAY), TODAY) == "20 Oct 2026"


def test_the_directory_answers_in_a_meeting_for_that_review_without_a_name_of_anybody(school: School) -> None:
    hub = school.do(services.add_provider, details=replace(HUB, contact="Olive Marchbanks"))
    school.do(services.add_to_directory, details=replace(FLUENCY, provider_id=hub))
    door = school.only_review(7)
    [found] = door.read(queries.directory_in_meeting, review_id=7)
    assert (found.title, found.provider, found.place) == ("Reading fluency", "Brookside Hub", "Brookside")
    assert "Olive" not in repr(found)
    assert "courses@" not in repr(found)
    with pytest.raises(NotAllowed):
        door.read(queries.directory_in_meeting, review_id=8)
    with pytest.raises(NotAllowed):
        door.read(queries.directory)


def test_a_reviewer_reads_the_directory_and_the_offer_and_changes_neither(staffed: Staffed) -> None:
    staffed.school.do(services.add_to_directory, details=FLUENCY)
    with as_reviewer(staffed, staffed.ruth) as school:
        [row] = school.read(queries.directory)
        assert grid(school).items
        with pytest.raises(NotAllowed):
            school.do(services.change_in_directory, item_id=row.id, revision=row.revision, details=FLUENCY)
        with pytest.raises(NotAllowed):
            school.do(services.add_heading, grid=STAGE, axis=LINE, name="Mine")


def test_the_directory_on_paper_says_whom_to_ask_and_what_to_check_first(school: School) -> None:
    hub = school.do(services.add_provider, details=HUB)
    school.do(services.add_to_directory, details=replace(FLUENCY, provider_id=hub))
    school.do(services.add_to_directory, details=DirectoryDetails("Autism in class", about="What helps, and what to leave"))
    rows = school.read(queries.directory)
    [page] = words_of(papers.directory_paper(rows, PRINTED))
    for words in (
        "Reading fluency",
        "Course desk",
        "01632 960041",
        "12 Nov 2026",
        "£120.50",
        "Not checked: ask first",
        "What helps",
        "2 lines",
    ):
        assert words in page
