"""The log as a spreadsheet, and back: any words, any hours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffdev_desktop.cpd.log.exporting import write_log
from staffdev_desktop.cpd.log.importing import NO_ANSWERS, KnownEntry, KnownLog
from staffdev_desktop.cpd.log.importing_files import open_entries, preview
from staffdev_desktop.cpd.log.importing_lines import Lists
from staffdev_desktop.cpd.log.importing_people import KnownPerson
from staffdev_desktop.cpd.log.rows import CpdPerson, EntryDetails, EntryRow, EntryStatus, KindRow
from staffdev_desktop.cpd.log.rules import PAID, SETTINGS, STRANDS
from staffdev_desktop.exchange.previews import Verdict

KAREN = CpdPerson(1, "Kate Doyle", "doyle", "TA", 1, "Teaching assistants", "employee", (), True, "0012", "k@school.example")
KNOWN = KnownLog(
    (KnownPerson(1, "Karen", "Doyle", "Kate", "0012", "k@school.example"),), {}, (), (KindRow(3, 1, "Course", True, True, True),),
    Lists(STRANDS, SETTINGS),
)  # fmt: skip
NASTY = st.sampled_from(("=1+1", "-", "@home", "'=x", "''-2", "Total", "a;b;c", "a|b", '"quoted"', "n/a", "5", "14/09/2026", "x@y.zz"))
WORDS = st.one_of(
    NASTY,
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cf", "Cn", "Co")), min_size=1, max_size=20
    ),
)  # fmt: skip
NO_WORDS = st.just("")
ENTRY = st.builds(
    EntryDetails,
    done_on=st.dates(date(2016, 9, 1), date(2026, 10, 20)),
    minutes=st.integers(1, 24 * 60),
    activity=WORDS,
    kind_id=st.sampled_from((None, 3)),
    strand=st.sampled_from(("", *STRANDS)),
    setting=st.sampled_from(("", *SETTINGS)),
    led=st.booleans(),
    paid=st.sampled_from(("", *PAID)),
    pence=st.one_of(st.none(), st.integers(0, 10**6)),
    provider=st.one_of(NO_WORDS, WORDS),
    impact=st.one_of(NO_WORDS, WORDS, st.just("two\nlines")),
    learnt=st.one_of(NO_WORDS, WORDS),
)


def as_row(number: int, details: EntryDetails) -> EntryRow:
    kind = "Course" if details.kind_id else ""
    return EntryRow(number, 1, 1, KAREN.name, KAREN.group, details, kind, True, "", 0, None, EntryStatus.ENTERED, None, "")


@pytest.mark.parametrize("name", ["log.csv", "log.xlsx"])
@given(wanted=st.lists(ENTRY, min_size=1, max_size=4, unique_by=lambda entry: entry.done_on))
def test_the_same_entries_come_back(name: str, wanted: list[EntryDetails]) -> None:
    out = write_log([as_row(number, details) for number, details in enumerate(wanted, 1)], {1: KAREN}, name)
    opened = open_entries(out, name, key=b"k" * 32, file_id="file")
    wanted.sort(key=lambda details: details.done_on)
    assert [change.details for change in preview(opened, KNOWN, NO_ANSWERS).changes] == wanted
    there = KnownLog(KNOWN.people, {}, tuple(KnownEntry(n, 1, 1, details) for n, details in enumerate(wanted)), KNOWN.kinds, KNOWN.lists)
    assert {row.verdict for row in preview(opened, there, NO_ANSWERS).rows} == {Verdict.SAME}
