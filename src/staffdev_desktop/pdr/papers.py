"""What reviews print: the self-review sheet, the meeting form, the draft, and the review statement with its two copies (DESIGN section 4).

Pure: plain data in, PDF bytes out, the same bytes for the same data. Nothing here asks the clock or the database.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from reportlab.lib.units import mm

from staffdev_desktop.formkit import Form, form_from_data
from staffdev_desktop.kernel.dates import clock_time, day_in_sentence, full_day, long_day
from staffdev_desktop.papers.blocks import Block, Gap, Stack
from staffdev_desktop.papers.fillable import FILLABLE, TextBox, TokenBox
from staffdev_desktop.papers.forms import Drawing, day_words, form_story
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.page import WIDTH, Foot, House, Tag, paper
from staffdev_desktop.papers.parts import BEFORE_HEADING, PITCH, Boxed, Facts, LockNote, Tick, heading, section
from staffdev_desktop.papers.words import BODY, CELL, CELL_SMALL, CODE, FACT, INK, SMALL, Span, Style, Text
from staffdev_desktop.pdr.rows import LastNeed
from staffdev_desktop.pdr.rules import need_end

Copy = Literal["staff", "hr"]
COPY_NAMES = {"staff": "Staff copy", "hr": "HR copy"}
MARK_NAMES = {"void": "Void", "appeal": "Under appeal", "addendum": "Addendum", "signed": "Signed on screen"}
NAME = Style(9.5, 14, FACT.strong.weight, INK)
RUNNING = Style(9.5, 14, ink=SMALL.ink)
PART = Style(13, 18, FACT.strong.weight, INK)
FEWEST_LINES = 2  # to answer a question by hand
LOST_AT_A_PAGE = 3  # lines that a section leaves empty when it moves to the next page whole
LOCKED = (
    "Locked when it was agreed. The fingerprint below comes from its words: if one word changes in the school’s file, it no longer "
    "matches. Two copies: one for the {person}, one for HR. Please keep yours somewhere secure."
)


@dataclass(frozen=True)
class ReviewFacts:
    """Who and when, for the papers made before a statement is agreed. `number` is the review's: PDR-2026-0031."""

    school: str
    number: str
    academic_year: str
    name: str
    post: str
    reviewer: str
    printed_on: date
    staff_number: str = ""
    reviewer_post: str = ""
    return_by: date | None = None
    return_to: str = ""
    meeting: date | None = None
    first_year: bool = False
    practice: bool = False
    logo: bytes | None = None


@dataclass(frozen=True)
class LastTarget:
    """A target agreed last year."""

    target: str
    by_when: date | None = None
    agreed_on: date | None = None


@dataclass(frozen=True)
class Mark:
    """What happened to a statement after it was locked: printed with its date, outside the fingerprint.

    An addendum's `fingerprint` is its own.
    """

    kind: Literal["void", "appeal", "addendum", "signed"]
    on: date
    words: str
    fingerprint: str = ""


def self_review_sheet(
    form: Form,
    facts: ReviewFacts,
    last_targets: Sequence[LastTarget] = (),
    *,
    answers: Mapping[str, Any] | None = None,
    last_needs: Sequence[LastNeed] = (),
    token: str = "",
) -> bytes:
    """The sheet a member of staff fills in before the meeting; what `answers` hold already is printed on it.

    With a `token` (exchange.tokens) it is a file to fill in on a PC, and its boxes start empty.
    """
    filled = {**_last_targets(form, last_targets), **(answers or {})}
    times = form.field("times")
    pairs: list[tuple[str, str | list[Span] | Block]] = [
        ("Name", [(facts.name, FACT.strong)]),
        ("Return by", [(day_in_sentence(facts.return_by), FACT.strong)] if facts.return_by else ""),
        ("Role", facts.post),
        ("Return to", facts.return_to),
        (form.reviewer, facts.reviewer),
    ]
    if times:
        pairs.append((times.label, TextBox("times", times.label) if token else str(filled.get("times", ""))))
    drawing = Drawing(filled, blank=True, first_year=facts.first_year, skip=frozenset({"times"}), drawn=FILLABLE if token else {})
    house = _sheet_house(facts, form.title, f"SR-{facts.number.removeprefix('PDR-')}", on_paper=not token)
    story: list[Block] = [Facts(pairs, last_row=9 * mm), *_intro(form), *_how_to_fill(token, facts.return_to)]
    known = _last_needs(last_needs)
    return paper(house, [*story, *form_story(_with_room(form, known), drawing), *known])


def meeting_form(
    form: Form,
    facts: ReviewFacts,
    last_targets: Sequence[LastTarget] = (),
    self_review: Form | None = None,
    self_review_answers: Mapping[str, Any] | None = None,
    token: str = "",
) -> bytes:
    """For a meeting held on paper: what the member of staff wrote beforehand, then the statement's questions with room to write.

    With a `token` (exchange.tokens) it is a file to fill in on a PC.
    """
    pairs: list[tuple[str, str | list[Span]]] = [
        (form.person, [(facts.name, FACT.strong)]),
        ("Meeting", full_day(facts.meeting) if facts.meeting else ""),
        ("Role", facts.post),
        (form.reviewer, [(facts.reviewer, FACT.strong)]),
    ]
    story: list[Block] = [Facts(pairs)]
    if self_review and self_review_answers:
        answers = {**_last_targets(self_review, last_targets), **self_review_answers}
        story.append(Text("Written before the meeting", PART, before=BEFORE_HEADING))
        story += form_story(self_review, Drawing(answers, only_written=True))
        story.append(Text("Written in the meeting", PART, before=2 * BEFORE_HEADING))
    story += _how_to_fill(token, "")
    drawn = FILLABLE if token else {}
    story += form_story(form, Drawing(_last_targets(form, last_targets), blank=True, first_year=facts.first_year, drawn=drawn))
    return paper(_sheet_house(facts, "Meeting form", facts.number, on_paper=not token), story)


def draft_statement(snapshot: Mapping[str, Any], logo: bytes | None = None) -> bytes:
    """A statement that nobody has agreed yet: without fingerprint and signature block."""
    foot: Foot = ((((("CONFIDENTIAL", SMALL.strong), (" · Draft, not agreed", SMALL))), ((f"Statement {snapshot['number']}", SMALL),), ()),)
    house = _house(snapshot, foot, (Tag("DRAFT, NOT AGREED"),), logo)
    return paper(house, _statement_story(snapshot, ()))


def statement(snapshot: Mapping[str, Any], copy: Copy, fingerprint: str, marks: Sequence[Mark] = (), logo: bytes | None = None) -> bytes:
    """One copy of an agreed statement, drawn from the words it owns; `marks` came later and are dated."""
    foot: Foot = (
        (
            (("CONFIDENTIAL", SMALL.strong), (f" · {COPY_NAMES[copy]}", SMALL)),
            (("Statement ", SMALL), (snapshot["number"], SMALL.strong), (f" · version {snapshot['version']}", SMALL)),
            (),
        ),
        (((_locked(snapshot), SMALL),), (), (("Fingerprint ", SMALL), (fingerprint, CODE))),
        *_marks_row(marks),
    )
    stamps = tuple(Tag(MARK_NAMES[kind].upper(), filled=True, small=True) for kind in ("void", "appeal") if _has(marks, kind))
    house = _house(snapshot, foot, (*stamps, Tag(COPY_NAMES[copy].upper(), filled=copy == "hr")), logo)
    person, reviewer, form = snapshot["person"], snapshot["reviewer"], form_from_data(snapshot["form"])
    people = ((form.person, person["name"], person["post"]), (form.reviewer, reviewer["name"], reviewer["post"]))
    return paper(house, [*_statement_story(snapshot, people, marks), *_signed(marks), *_addenda(marks)])


def _last_needs(needs: Sequence[LastNeed]) -> list[Block]:
    """What became of last year's training needs; nothing where there were none."""
    rows: list[Block] = [
        Text([(each.need, CELL.strong), (f" \N{NO-BREAK SPACE}{need_end(each.state, each.reason)}", CELL)], before=0.5 * mm)
        for each in needs
    ]
    return [section(heading("What became of last year’s training needs"), rows, whole=True)] if rows else []


def _with_room(form: Form, blocks: Sequence[Block]) -> Form:
    """The sheet with fewer ruled lines, taken where there are most, so that it stays as long as it was with these blocks on it."""
    if not blocks:
        return form
    lines = {item.id: item.lines for item in form.fields if item.kind == "long_text"}
    wanted = math.ceil(sum(BEFORE_HEADING + block.height(WIDTH) for block in blocks) / PITCH) + LOST_AT_A_PAGE
    for _ in range(wanted):
        longest = max(lines, key=lambda field_id: lines[field_id], default="")
        if lines.get(longest, 0) <= FEWEST_LINES:
            break
        lines[longest] -= 1
    parts = [
        replace(part, fields=tuple(replace(item, lines=lines.get(item.id, item.lines)) for item in part.fields)) for part in form.sections
    ]
    return replace(form, sections=tuple(parts))


def _how_to_fill(token: str, return_to: str) -> list[Block]:
    if not token:
        return []
    where = f" Give it back to: {return_to}." if return_to else ""
    return [TokenBox(token), Text(f"Type in the boxes, then save the file.{where}", SMALL, before=2 * mm)]


def _sheet_house(facts: ReviewFacts, title: str, number: str, *, on_paper: bool) -> House:
    return House(
        school=facts.school,
        title=f"{title} {facts.academic_year}",
        name_in_file=f"{title} {number}",
        running=_running(facts.name, f"{title} {facts.academic_year}"),
        foot=((((f"{title} {number}", SMALL),), ((f"Printed {long_day(facts.printed_on)}", SMALL),), ()),),
        tags=(Tag("CONFIDENTIAL WHEN FILLED IN", small=True),),
        logo=facts.logo,
        practice=facts.practice,
        turn_over=on_paper,
    )


def _running(name: str, title: str) -> tuple[Span, ...]:
    in_sentence = title if title[1:2].isupper() else title[:1].lower() + title[1:]
    return ((name, NAME), (f" · {in_sentence}, continued", RUNNING))


def _house(snapshot: Mapping[str, Any], foot: Foot, tags: tuple[Tag, ...], logo: bytes | None) -> House:
    title = f"{snapshot['form']['title']} {snapshot['academic_year']}"
    return House(
        school=snapshot["school"]["name"],
        title=title,
        name_in_file=f"{snapshot['form']['title']} {snapshot['number']} version {snapshot['version']}",
        running=_running(snapshot["person"]["name"], title),
        foot=foot,
        tags=tags,
        logo=logo,
        practice=bool(snapshot.get("practice")),
    )


def _statement_story(snapshot: Mapping[str, Any], people: tuple[tuple[str, str, str], ...], marks: Sequence[Mark] = ()) -> list[Block]:
    form = form_from_data(snapshot["form"])
    person, reviewer = snapshot["person"], snapshot["reviewer"]
    pairs: list[tuple[str, str | list[Span]]] = [
        (form.person, [(person["name"], FACT.strong)]),
        ("Meeting", day_words(snapshot.get("meeting"), full_day)),
        ("Role", person["post"]),
        (form.reviewer, [(reviewer["name"], FACT.strong)]),
        ("Staff number", person.get("staff_number") or ""),
        ("Covers", snapshot.get("covers", "")),
    ]
    if snapshot.get("contributors"):
        pairs.append(("Contributors", ", ".join(snapshot["contributors"])))
    story: list[Block] = [*_notices(marks), Facts(pairs), *_intro(form)]
    if snapshot.get("held_on_paper"):
        story.append(Text("This meeting was held on paper; its words were typed in afterwards.", SMALL, before=1 * mm))
    closing = (_office_box(), LockNote(LOCKED.format(person=form.person[:1].lower() + form.person[1:]), before=3.5 * mm))
    drawing = Drawing(snapshot["answers"], first_year=bool(snapshot.get("first_year")), people=people, closing=closing)
    return story + form_story(form, drawing)


def _intro(form: Form) -> list[Block]:
    style = BODY if form.purpose == "self-review" else CELL_SMALL
    return [Text(form.intro, style, before=3.5 * mm if style is BODY else 2.5 * mm)] if form.intro else []


def _last_targets(form: Form, targets: Sequence[LastTarget]) -> dict[str, Any]:
    rows = [
        {
            "target": target.target,
            "by_when": target.by_when.isoformat() if target.by_when else "",
            "agreed_on": target.agreed_on.isoformat() if target.agreed_on else "",
        }
        for target in targets
    ]
    return {item.id: rows for item in form.fields_of("outcomes")} if rows else {}


def _locked(snapshot: Mapping[str, Any]) -> str:
    locked_at = str(snapshot.get("locked_at") or "")
    if not locked_at:
        return ""
    moment = datetime.fromisoformat(locked_at)
    return f"Locked {long_day(moment.date())}, {clock_time(moment)}"


def _office_box() -> Block:
    third = Stack([Text("Initials and date", CELL), Gap(13 * mm - 20.5)])
    cells: list[Block] = [Tick("Staff copy given", style=CELL), Tick("HR copy filed, locked", style=CELL), third]
    return Stack([Grid((0,), ("For the office",), ()), Grid((0, 0, 0), (), (cells,))], before=4.5 * mm)


def _has(marks: Sequence[Mark], kind: str) -> bool:
    return any(mark.kind == kind for mark in marks)


def _marks_row(marks: Sequence[Mark]) -> Foot:
    """A row of the foot, so that no page of a void statement passes for a good one."""
    words = [f"{MARK_NAMES[mark.kind]} {long_day(mark.on)}" for mark in marks if mark.kind != "signed"]
    return ((((" · ".join(words), SMALL.strong),), (), ()),) if words else ()


def _notices(marks: Sequence[Mark]) -> list[Block]:
    """Void and under appeal stand above everything on the first page."""
    lines: list[Block] = [
        Text([(f"{MARK_NAMES[mark.kind]}, {long_day(mark.on)}. ", BODY.strong), (mark.words, BODY)], follow=True)
        for mark in marks
        if mark.kind in ("void", "appeal")
    ]
    return [Boxed(Stack(lines)), Gap(3 * mm)] if lines else []


def _signed(marks: Sequence[Mark]) -> list[Block]:
    """Who signed on the screen instead of on this paper."""
    signed = [mark for mark in marks if mark.kind == "signed"]
    return [Text([(f"Signed on screen, {long_day(mark.on)}: ", SMALL.strong), (mark.words, SMALL)], before=1.5 * mm) for mark in signed]


def _addenda(marks: Sequence[Mark]) -> list[Block]:
    story: list[Block] = []
    for mark in marks:
        if mark.kind == "addendum":
            body: list[Block] = [Text(mark.words, BODY, follow=True)]
            if mark.fingerprint:
                body.append(Text([("Fingerprint of this addendum ", SMALL), (mark.fingerprint, CODE)], SMALL, before=1.5 * mm))
            hint = "Added after the statement was locked; outside its fingerprint."
            story.append(section(heading(f"Addendum, {long_day(mark.on)}", hint=hint), body))
    return story
