"""The same statement as a programmer in a hurry would print it: ReportLab's own platypus, with the same fonts, words and pages."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

from staffdev_desktop.formkit import OUTCOMES
from staffdev_desktop.kernel.dates import day_with_year, full_day, long_day
from staffdev_desktop.papers.fonts import BOLD, REGULAR, font
from staffdev_desktop.papers.forms import day_words
from staffdev_desktop.papers.words import INK, INK2, PETROL, RULE

WIDTH = A4[0] - 36 * mm
BODY = ParagraphStyle("body", fontName=REGULAR, fontSize=10, leading=14.5, textColor=INK)
CELL = ParagraphStyle("cell", BODY, fontSize=9.5, leading=13)
STRONG = ParagraphStyle("strong", CELL, fontName=BOLD)
LABEL = ParagraphStyle("label", BODY, fontSize=9, leading=14, textColor=INK2)
HEADING = ParagraphStyle("heading", BODY, fontName=BOLD, fontSize=12, leading=16, spaceBefore=4.6 * mm, spaceAfter=1.5 * mm, keepWithNext=1)
TITLE = ParagraphStyle("title", BODY, fontName=BOLD, fontSize=20, leading=25, spaceAfter=4 * mm)
RULED = [("GRID", (0, 0), (-1, -1), 0.75, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP")]
LOCKED = (
    "Locked when it was agreed. The fingerprint below comes from its words: if one word changes in the school’s file, it no longer "
    "matches. Two copies: one for the member of staff, one for HR. Please keep yours somewhere secure."
)


class Numbered(Canvas):
    """The well-known way to ‘page x of y’ without building twice: keep every page, write the feet at the end."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._kept: list[dict[str, Any]] = []

    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        pages = len(self._kept)
        for kept in self._kept:
            self.__dict__.update(kept)
            self.setFont(REGULAR, 8.5)
            self.drawRightString(A4[0] - 16 * mm, 18 * mm, f"Page {self._pageNumber} of {pages}")
            super().showPage()
        super().save()


def bare_statement(snapshot: Mapping[str, Any], copy: str, fingerprint: str) -> bytes:
    """One copy of the statement, as bytes."""
    for name in (REGULAR, BOLD):
        font(name)
    out = BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=14 * mm, rightMargin=10 * mm, topMargin=20 * mm, bottomMargin=22 * mm, invariant=1, pageCompression=1
    )

    def frame(canvas: Canvas, _document: object) -> None:
        canvas.setFont(BOLD, 10.5)
        canvas.drawString(20 * mm, A4[1] - 16 * mm, snapshot["school"]["name"])
        canvas.drawRightString(A4[0] - 16 * mm, A4[1] - 16 * mm, f"{'PRACTICE ' if snapshot['practice'] else ''}{copy.upper()}")
        canvas.setStrokeColor(PETROL)
        canvas.setLineWidth(2.2)
        canvas.line(20 * mm, A4[1] - 19 * mm, A4[0] - 16 * mm, A4[1] - 19 * mm)
        canvas.setFont(REGULAR, 8.5)
        canvas.drawString(20 * mm, 18 * mm, f"CONFIDENTIAL · {copy}")
        canvas.drawCentredString(A4[0] / 2, 18 * mm, f"Statement {snapshot['number']} · version {snapshot['version']}")
        canvas.drawString(20 * mm, 13 * mm, f"Locked {snapshot['locked_at']}")
        canvas.drawRightString(A4[0] - 16 * mm, 13 * mm, f"Fingerprint {fingerprint}")

    document.build(_story(snapshot), onFirstPage=frame, onLaterPages=frame, canvasmaker=Numbered)
    return out.getvalue()


def _story(snapshot: Mapping[str, Any]) -> list[Flowable]:
    person, reviewer = snapshot["person"], snapshot["reviewer"]
    facts = [
        ("Member of staff", person["name"], "Meeting", day_words(snapshot["meeting"], full_day)),
        ("Role", person["post"], "Reviewer", reviewer["name"]),
        ("Staff number", person["staff_number"], "Covers", snapshot["covers"]),
    ]
    rows = [[_p(words, STRONG if place % 2 else LABEL) for place, words in enumerate(row)] for row in facts]
    story: list[Flowable] = [
        _p(f"{snapshot['form']['title']} {snapshot['academic_year']}", TITLE),
        Table(rows, [85, WIDTH / 2 - 85] * 2, style=RULED),
        _p(snapshot["form"]["intro"], CELL),
    ]
    answers = snapshot["answers"]
    for number, section in enumerate(snapshot["form"]["sections"], 1):
        hint = f" <font size='9'>{escape(section.get('hint', ''))}</font>" if section.get("hint") else ""
        head = Paragraph(f"{number} {escape(section['title'])}{hint}", HEADING)
        body = [part for field in section["fields"] for part in _field(field, answers.get(field["id"]), len(section["fields"]), snapshot)]
        story += [KeepTogether([head, *body])] if section.get("keep_together") else [head, *body]
    return story


def _field(field: Mapping[str, Any], value: Any, many: int, snapshot: Mapping[str, Any]) -> list[Flowable]:
    kind, label = field["kind"], field.get("label", "")
    if kind in ("targets", "outcomes", "needs"):
        return _table(kind, value or [])
    if kind == "signatures":
        return _signatures(field, snapshot)
    if kind == "choice":
        ticks = [("☑ " if choice == value else "☐ ") + choice for choice in field["choices"]]
        return [Table([[_p(f"{label} "), *map(_p, ticks)]])]
    if kind == "interim":
        when = f"Planned for {value['when']}." if value and value.get("planned") else "None planned for now."
        return [Table([[_p(f"{label}:"), _p(f"{when} {field.get('note', '')}")]])]
    if kind == "comments":
        return [Table([[_p((value or {}).get("text") or "None.")], [Spacer(1, 3 * 8.6 * mm)]], [WIDTH], style=RULED[:1])]
    if kind == "agreement":
        said = value or {}
        return [_p(f"{label} Member of staff: {said.get('member')} · Reviewer: {said.get('reviewer')}")]
    return [_p(f"{label}: {value}" if many > 1 else str(value))] if value else []


def _table(kind: str, rows: list[Mapping[str, Any]]) -> list[Flowable]:
    if not rows:
        return [_p("This is the first review here, so there are no targets from last year." if kind == "outcomes" else "None.")]
    if kind == "targets":
        head, widths = ("", "Target", "Success criteria", "Support", "By when"), [19.5, 141, 127, 127, 69]
        cells = [
            [str(n), row["target"], row["success_criteria"], row["support"], day_words(row["by_when"], day_with_year)]
            for n, row in enumerate(rows, 1)
        ]
    elif kind == "outcomes":
        head, widths = (
            ("", f"Target agreed on {day_words(rows[0]['agreed_on'], long_day)}", "Outcome", "What we saw"),
            [19.5, 174, 103.5, 190],
        )
        assert all(row["outcome"] in OUTCOMES for row in rows)
        cells = [
            [str(n), row["target"], row["outcome"], f"{row['note']} {'Reason: ' + row['reason'] if row['reason'] else ''}"]
            for n, row in enumerate(rows, 1)
        ]
    else:
        head, widths = ("Need", "How", "Who arranges it", "By when", "State"), [150, 110, 88.5, 69, 60]
        cells = [[row["need"], row["how"], row["who"], day_words(row["by_when"], day_with_year), row["state"]] for row in rows]
    lines = [[_p(words, STRONG) for words in head], *([_p(words, CELL) for words in row] for row in cells)]
    return [Table(lines, widths, repeatRows=1, style=RULED)]


def _signatures(field: Mapping[str, Any], snapshot: Mapping[str, Any]) -> list[Flowable]:
    def box(role: str, who: Mapping[str, str]) -> list[Flowable]:
        return [
            _p(role, STRONG),
            Spacer(1, 11 * mm),
            _p("Signature", LABEL),
            _p(who["name"], STRONG),
            _p(who["post"], LABEL),
            _p("Date", LABEL),
        ]

    boxes = Table([[box("Member of staff", snapshot["person"]), box("Reviewer", snapshot["reviewer"])]], style=RULED)
    office = Table(
        [[_p("For the office", STRONG), "", ""], [_p("☐ Staff copy given"), _p("☐ HR copy filed, locked"), _p("Initials and date")]]
    )
    return [_p(field["note"]), boxes, Spacer(1, 4 * mm), office, _p(LOCKED, LABEL)]


def _p(words: str, style: ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(escape(words), style)
