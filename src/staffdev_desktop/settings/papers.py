"""What the settings print: the recovery sheet, made once with a new school file and kept sealed (DESIGN section 3)."""

from datetime import date

from reportlab.lib.units import mm

from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.papers.blocks import Block, Gap, Stack
from staffdev_desktop.papers.fonts import MONO
from staffdev_desktop.papers.grid import Grid
from staffdev_desktop.papers.page import House, Tag, paper
from staffdev_desktop.papers.parts import Boxed, Facts, Signatures, heading, section
from staffdev_desktop.papers.words import BODY, FACT, SMALL, Style, Text

CODE = Style(20, 32, MONO)
PURPOSE = (
    "This code opens the school’s staff development file when nobody can sign in any more: a password is forgotten, or the person "
    "who knew it has left. Whoever holds the code can read everything in the file. The program keeps no copy of it and cannot print "
    "it again; a new code, made in the settings, ends this one."
)
READING = "Seven groups of four letters and digits. O, I, L and U are not used: a round sign is a nought, an upright one is a one."
STEPS = (
    "Check that every group can be read, and that the school’s name above is right.",
    "Sign below, with a second person who has seen it.",
    "Put this sheet into an envelope. Seal it and sign across the flap.",
    "Lock the envelope in the school’s safe, away from the PC and from the backups.",
    "When it has been opened, write it below and make a new code.",
)


def recovery_sheet(school_name: str, file_name: str, code: str, made_on: date, practice: bool = False) -> bytes:
    """The sheet with the recovery code. `code` is printed as it is grouped: XXXX-XXXX-..."""
    facts = Facts(
        [("School", [(school_name, FACT.strong)]), ("Made on", long_day(made_on)), ("File", file_name), ("Keep", "sealed, in the safe")]
    )
    steps: list[Block] = [Text(step, BODY, lead=f"{number}.", hang=18, before=1.5 * mm) for number, step in enumerate(STEPS, 1)]
    used: list[list[Block]] = [[Gap(7 * mm), Text(""), Text("")] for _ in range(3)]
    story: list[Block] = [
        facts,
        Text(PURPOSE, before=4 * mm),
        section(heading("The code"), [Boxed(Stack([Text(code, CODE)])), Text(READING, SMALL, before=2 * mm)], whole=True),
        section(heading("What to do with this sheet"), steps, whole=True),
        Signatures((("Sealed by", "", "Name in capitals"), ("Seen by", "", "Name in capitals")), before=5 * mm),
        section(heading("When it was opened"), [Grid((90, 0, 0), ("Date", "By whom", "Why"), used)], whole=True),
    ]
    house = House(
        school=school_name,
        title="Recovery sheet",
        name_in_file="Recovery sheet",
        running=(("Recovery sheet, continued", BODY),),
        foot=((((("CONFIDENTIAL", SMALL.strong)),), (("Keep sealed in the safe", SMALL),), ()),),
        tags=(Tag("CONFIDENTIAL", small=True),),
        practice=practice,
    )
    return paper(house, story)
