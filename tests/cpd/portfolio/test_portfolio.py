"""A person’s portfolio: what is in it and what is not, as paper, package and story."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, Role, needs
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log import services
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.models.programmes import Enrolment, GroupMember, LearningGroup, ModuleProgress, Programme, ProgrammeModule
from staffdev_desktop.cpd.models.quality import EntryCheck
from staffdev_desktop.cpd.models.training import Training, TrainingRecord
from staffdev_desktop.cpd.portfolio.package import as_zip, package
from staffdev_desktop.cpd.portfolio.papers import portfolio_paper, story_paper
from staffdev_desktop.cpd.portfolio.queries import portfolio
from staffdev_desktop.cpd.portfolio.rows import Portfolio
from staffdev_desktop.cpd.portfolio.rules import by_standard, hours_by_kind, hours_by_term, standard_in, time_words
from staffdev_desktop.cpd.portfolio.story import Part, story, story_html, story_text
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School
from staffdev_desktop.staff import services as staff
from staffdev_desktop.staff.rows import QualificationDetails
from tests.conftest import TODAY
from tests.people import Staffed

CERTIFICATE = b"%PDF-1.4 a certificate"
PRINTED = Printed("Riverbank Primary Academy", 2026, TODAY)
STANDARD = "TS5 Fits teaching to what each pupil needs"


@needs(Permission.RUN_CPD)
def _write_the_rest(session: Session, actor: Actor, *, person_id: int, entry_id: int) -> None:
    """Rows of the other rooms."""
    programme = Programme(name="Our HLTA course", provider="Larkfield Hub")
    group = LearningGroup(year=2026, name="Vocabulary in maths", question="Does naming the words first help?", found="It did.")
    training = Training(name="Ladder safety", position=1, months=36, in_use=False)  # the school has stopped asking for it
    session.add_all((programme, group, training))
    session.flush()
    module = ProgrammeModule(programme_id=programme.id, position=0, title="Planning")
    done = Enrolment(
        person_id=person_id, programme_id=programme.id, starts_on=date(2025, 9, 10), ended_on=date(2026, 7, 3), outcome="completed"
    )
    asked = Enrolment(person_id=person_id, programme_id=programme.id, applied_on=date(2026, 10, 1), mentor="Ruth Pemberton")
    session.add_all((module, done, asked))
    session.flush()
    session.add(ModuleProgress(enrolment_id=done.id, module_id=module.id, done_on=date(2026, 3, 1)))
    session.add(GroupMember(group_id=group.id, person_id=person_id))
    session.add(TrainingRecord(training_id=training.id, person_id=person_id, done_on=date(2025, 2, 1), expires_on=date(2028, 1, 31)))
    session.add(EntryCheck(entry_id=entry_id, checked_on=TODAY, checked_by="Helen Marsden", outcome="sent back", question="Who told you?"))


@pytest.fixture
def staffed(staffed: Staffed) -> Staffed:
    """Karen with a log of two years; Ruth with an entry that is nobody else’s business."""
    school, found = staffed.school, staffed
    kinds = {kind.name: kind.id for kind in school.read(log.kinds)}
    add = services.add_entry
    phonics = EntryDetails(
        date(2026, 9, 14), 90, "Phonics <refresher>", kind_id=kinds["Course"], provider="Larkfield Hub", learnt="Sounds before names",
        impact="Three pupils blended & read on", priority=STANDARD,
    )  # fmt: skip
    entry_id = school.do(add, person_id=found.karen, details=phonics, files=[("Karen Doyle and Tim.pdf", CERTIFICATE)])
    school.do(
        add, person_id=found.karen, details=EntryDetails(date(2026, 10, 1), 15, "Drop-in on starters", kind_id=kinds["15-minute drop-in"])
    )
    school.do(add, person_id=found.karen, details=EntryDetails(date(2025, 3, 3), 60, "Coaching a colleague", led=True))
    school.do(add, person_id=found.ruth, details=EntryDetails(date(2026, 9, 14), 60, "Ruth’s own affair", impact="Secret"))
    award = QualificationDetails("HLTA status", True, awarded_on=date(2026, 7, 10))
    school.do(staff.add_qualification, person_id=found.karen, details=award)
    school.do(_write_the_rest, person_id=found.karen, entry_id=entry_id)
    return found


def of_karen(school: School, staffed: Staffed, **between: date) -> Portfolio:
    return school.read(portfolio, person_id=staffed.karen, **between)


def items_of(school: School, found: Portfolio) -> dict[str, bytes]:
    return dict(package(found, b"%PDF-1.4 paper", lambda number: school.read(log.evidence_content, evidence_id=number), TODAY))


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_it_holds_everything_of_one_person(school: School, staffed: Staffed) -> None:
    found = of_karen(school, staffed)
    assert [row.details.activity for row in found.entries] == ["Drop-in on starters", "Phonics <refresher>", "Coaching a colleague"]
    assert [role.title for role in found.roles] == ["Higher level teaching assistant"]
    assert [award.name for award in found.awards] == ["HLTA status"]
    assert [(line.name, line.outcome, line.parts) for line in found.programmes] == [
        ("Our HLTA course", "completed", (("Planning", date(2026, 3, 1)),))
    ]  # the application that nobody has answered is not in it
    assert [line.name for line in found.trainings] == ["Ladder safety"]
    assert [line.title for line in found.projects] == ["Vocabulary in maths"]
    assert [line.name for line in found.evidence] == ["Karen Doyle and Tim.pdf"]
    assert [(line.name, line.minutes) for line in hours_by_term(found)] == [("Earlier 2024/25", 60), ("Autumn term 2026/27", 105)]
    assert [(line.name, line.minutes) for line in hours_by_kind(found.entries)] == [
        ("Course", 90),
        ("Without a kind", 60),
        ("15-minute drop-in", 15),
    ]


def test_it_may_be_of_one_year(school: School, staffed: Staffed) -> None:
    found = of_karen(school, staffed, first=date(2026, 9, 1), last=date(2027, 8, 31))
    assert time_words(found) == "2026/27"
    assert len(found.entries) == 2
    assert (found.awards, found.programmes, found.trainings) == ((), (), ())
    assert len(found.projects) == len(found.roles) == 1
    before = of_karen(school, staffed, last=date(2025, 8, 31))
    assert time_words(before) == "up to 31 August 2025"
    assert (len(before.entries), before.projects, before.evidence) == (1, (), ())


def test_a_reviewer_sees_only_their_own_people(school: School, staffed: Staffed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(school, "actor", Actor(99, "A Reviewer", Role.REVIEWER))
    with pytest.raises(UserError, match="not in the school file"):
        of_karen(school, staffed)


def test_evidence_by_standard_shows_the_gaps_too(school: School, staffed: Staffed) -> None:
    assert standard_in(STANDARD) == STANDARD
    assert standard_in("Reading across the school") == ""
    ((framework, lines),) = by_standard(of_karen(school, staffed))
    assert framework.id == "teachers-standards"
    named = {standard.code: [row.details.activity for row in rows] for standard, rows in lines}
    assert named["TS5"] == ["Phonics <refresher>"]
    assert named["TS1"] == []


def test_the_paper_says_it_all_and_nothing_of_others(school: School, staffed: Staffed) -> None:
    found = of_karen(school, staffed)
    words = words_of(portfolio_paper(found, PRINTED, standards=True))
    for part in (
        "Karen Doyle",
        "2.75",
        "hours in all",
        "Phonics <refresher>",
        "Sounds before names",
        "Our HLTA course",
        "Ladder",
        "TS5",
    ):
        assert part in words
    for others in ("Ruth", "Helen", "Secret", "Who told you"):
        assert others not in words
    assert portfolio_paper(found, PRINTED) == portfolio_paper(found, PRINTED)
    assert "Evidence by standard" not in words_of(portfolio_paper(found, PRINTED))
    empty = replace(found, entries=(), evidence=(), standards={})
    assert "Nothing is written in the log" in words_of(portfolio_paper(empty, PRINTED))
    assert "No entry names a standard" in words_of(portfolio_paper(empty, PRINTED, standards=True))


class _Links(HTMLParser):
    """What a page points at."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for key, value in attrs if key in ("href", "src")]


def test_the_package_opens_in_any_browser_and_is_complete(school: School, staffed: Staffed) -> None:
    items = items_of(school, of_karen(school, staffed))
    assert list(items) == ["index.html", "portfolio.pdf", "log.csv", "my-development.html", "my-development.txt", "evidence/0002-1.pdf"]
    assert items["evidence/0002-1.pdf"] == CERTIFICATE
    for name in ("index.html", "my-development.html"):
        page = _Links()
        page.feed(items[name].decode())
        assert set(page.links) <= items.keys()  # nothing from a network
        assert not page.tags & {"script", "img", "iframe", "link", "refresher"}
    index = items["index.html"].decode()
    assert "Phonics &lt;refresher&gt;" in index
    assert "Three pupils blended &amp; read on" in index
    assert len(list(csv.reader(io.StringIO(items["log.csv"].decode("utf-8-sig"))))) == 4


def test_the_package_has_nothing_of_others_and_no_words_in_names_of_files(school: School, staffed: Staffed) -> None:
    items = items_of(school, of_karen(school, staffed))
    everything = b"\n".join(items.values()).decode("utf-8", "replace")
    for others in ("Ruth", "Helen", "Secret", "Who told you", "Pemberton"):
        assert others not in everything
    assert all(
        re.fullmatch(r"index\.html|portfolio\.pdf|log\.csv|my-development\.(html|txt)|evidence/\d{4}-\d\.pdf", name) for name in items
    )


def test_the_package_is_one_file(school: School, staffed: Staffed) -> None:
    found = of_karen(school, staffed)
    items = items_of(school, found)
    packed = as_zip(iter(items.items()), TODAY)
    assert packed == as_zip(iter(items.items()), TODAY)
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert {name: file.read(name) for name in file.namelist()} == items


def test_the_story_goes_through_the_years_in_order(school: School, staffed: Staffed) -> None:
    parts = story(of_karen(school, staffed))
    assert [part.text for part in parts if part.kind == "heading"] == [
        "2024/25",
        "2025/26",
        "2026/27",
        "Learning with others and research",
        "What it comes to",
    ]
    text = " ".join(part.text for part in parts)
    for said in (
        "I have worked at Riverbank Primary Academy since 1 September 2016, as higher level teaching assistant.",
        "I took part in ‘Coaching a colleague’ (1 hour, led).",
        "In September 2025 I began ‘Our HLTA course’ with Larkfield Hub.",
        "In July 2026 I completed it: ‘Our HLTA course’. Its parts were Planning.",
        "In July 2026 I was awarded HLTA status.",
        "In the autumn term I spent 1.75 hours on 2 pieces of development.",
        "On 14 September 2026 I took part in ‘Phonics <refresher>’ (course, Larkfield Hub, 1.5 hours).",
        "What I learnt: Sounds before names",
        "I also took part in ‘Drop-in on starters’ (0.25 hours).",
        "In all, 2.75 hours in 3 pieces of development over 2 years",
        "For 1 of them I wrote down what came of it.",
    ):
        assert said in text


def test_the_story_as_text_page_and_paper(school: School, staffed: Staffed) -> None:
    found = of_karen(school, staffed)
    parts = story(found)
    assert "\r\n2026/27\r\n-------\r\n" in story_text(parts, "Karen Doyle")
    assert "<blockquote>What I learnt: Sounds before names</blockquote>" in story_html(parts, "Karen Doyle")
    assert "&lt;refresher&gt;" in story_html(parts, "Karen Doyle")
    assert "What I learnt" in words_of(story_paper(found, parts, PRINTED))
    nothing = story(replace(found, entries=(), roles=(), awards=(), programmes=(), projects=()))
    assert nothing == (
        Part("paragraph", "I have worked at Riverbank Primary Academy since 1 September 2016."),
        Part("heading", "What it comes to"),
        Part("paragraph", "Nothing is written in the log for this time."),
    )
