"""What people at the practice school write in their logs: invented, by staff group."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from staffdev_desktop.cpd.log.rules import ASSURED
from staffdev_desktop.cpd.log.services import File
from staffdev_desktop.practice.cast import ASSISTANTS, LEADERSHIP, TEACHERS

PRACTICE, IDENTITY, ISSUES, LEADING = "Professional practice", "Professional identity", "Current issues", "Leadership development"
IN_SCHOOL, NETWORKS, AUTHORITY, NATIONAL = "In school", "Local networks", "Local authority", "National and regional"


@dataclass(frozen=True)
class Learnt:
    """Something that is done for one's development, how long it takes, and what may come of it."""

    activity: str
    kind: str
    minutes: tuple[int, ...]
    impacts: tuple[str, ...]
    strand: str = PRACTICE
    setting: str = IN_SCHOOL
    provider: str = ""


LEARNT: dict[str, tuple[Learnt, ...]] = {
    TEACHERS: (
        Learnt(
            "Drop-in: retrieval starters", "15-minute drop-in", (15,), ("Starters take five minutes now", "Used in maths every morning")
        ),
        Learnt("Drop-in: asking better questions", "15-minute drop-in", (15,), ("More children answer without being asked",)),
        Learnt("Drop-in: modelling writing", "15-minute drop-in", (15,), ("First drafts are longer than in spring",)),
        Learnt("Reading fluency group", "Learning group", (60,), ("Five of six readers gained a book band", "Two groups instead of four")),
        Learnt("Maths mastery group", "Learning group", (60, 75), ("Fewer errors with place value in the weekly check",)),
        Learnt(
            "Phonics network meeting", "Network", (90,), ("The same order of sounds in all classes",), PRACTICE, NETWORKS, "Phonics network"
        ),
        Learnt(
            "Visit to Elm Grove Primary",
            "Visit to another school",
            (120, 180),
            ("Shared reading has its own time now",),
            PRACTICE,
            NETWORKS,
        ),
        Learnt(
            "Peer observation in the year group", "Peer observation", (30, 45), ("Instructions are shorter", "Talk partners change weekly")
        ),
        Learnt("Watching my own lesson", "Video reflection", (30, 60), ("Wait longer after a question: seen in the next film",), IDENTITY),
        Learnt("Coaching with the phase leader", "Coaching", (45, 60), ("The plan for transitions holds on most days",), IDENTITY),
        Learnt(
            "Subject leaders’ conference",
            "Conference",
            (300,),
            ("New overview for the curriculum",),
            LEADING,
            NATIONAL,
            "Subject association",
        ),
        Learnt("Reading: memory and practice", "Reading", (60, 90), ("Weekly quiz on last month’s work",), ISSUES),
        Learnt("Webinar: speech and language", "Webinar", (60,), ("Words for the week on the door",), ISSUES, NATIONAL, "Speech charity"),
    ),
    ASSISTANTS: (
        Learnt("Drop-in: scaffolding, not telling", "15-minute drop-in", (15,), ("Children begin on their own more often",)),
        Learnt("Drop-in: phonics corrections", "15-minute drop-in", (15,), ("Sounds are said the same way in both groups",)),
        Learnt(
            "Number interventions, course",
            "Course",
            (120, 180),
            ("All four in the group met the end point",),
            PRACTICE,
            AUTHORITY,
            "Council",
        ),
        Learnt(
            "Supporting children who stammer",
            "Course",
            (90,),
            ("I wait, and he finishes his sentence",),
            PRACTICE,
            AUTHORITY,
            "Speech therapy",
        ),
        Learnt("Watching a colleague’s group", "Peer observation", (30, 45), ("Cards laid out before the children come",)),
        Learnt("Reading fluency group", "Learning group", (60,), ("Two readers read aloud to the class",)),
        Learnt("Coaching with the SENDCo", "Coaching", (45, 60), ("Plans are written with the child now",), IDENTITY),
        Learnt(
            "Level 3 unit: development",
            "Accredited study",
            (120, 180),
            ("Unit passed; the sheet is used in class",),
            IDENTITY,
            NATIONAL,
            "College",
        ),
        Learnt("Webinar: autism and the day", "Webinar", (60,), ("The now-and-next board is used by three children",), ISSUES, NATIONAL),
    ),
    LEADERSHIP: (
        Learnt("Headteachers’ network", "Network", (120, 180), ("The timetable for visits was changed",), LEADING, NETWORKS, "Partnership"),
        Learnt("Coaching skills for leaders", "Course", (180,), ("Line management meetings end with one step",), LEADING, NATIONAL),
        Learnt("Visit: curriculum review", "Visit to another school", (180,), ("Two subjects have a new sequence",), LEADING, NETWORKS),
        Learnt("Reading: implementation", "Reading", (90,), ("One project fewer in the plan for the year",), ISSUES),
    ),
    "": (
        Learnt(
            "Spreadsheets beyond the basics", "Course", (120,), ("The order sheet adds itself up",), PRACTICE, NATIONAL, "Adult learning"
        ),
        Learnt("Safe use of ladders", "Course", (60,), ("The checklist hangs in the store",), PRACTICE, AUTHORITY, "Council"),
        Learnt("Calm corridors, with the pastoral team", "Coaching", (45,), ("Fewer children sent in from the yard",)),
        Learnt("Office managers’ network", "Network", (90,), ("Census prepared a week earlier",), PRACTICE, NETWORKS, "Office network"),
    ),
}
THOUGHTS = (
    "Less at once, and more often.",
    "What I took for granted was new to half the group.",
    "Seeing it done was worth more than the notes.",
    "I want to try it with a smaller group first.",
)
QUESTIONS = ("Which children is this about?", "How do you know it helped?", "What will you keep doing?")
INSETS = ("INSET: safeguarding and the year ahead", "INSET: reading in every subject", "INSET: behaviour, and talk in every lesson")

# Month, day, minutes, kind, activity, impact, check, files: by year from today’s and term.
Line = tuple[int, int, int, str, str, str, str, int]
AISHA: dict[tuple[int, str], tuple[Line, ...]] = {
    (0, "Autumn term"): (
        (9, 17, 30, "Peer observation", "Peer observation with Grace Adeyemi", "Now scripts her first three questions", ASSURED, 1),
        (9, 24, 15, "15-minute drop-in", "Drop-in: asking better questions", "", "", 0),
        (10, 1, 60, "Learning group", "Reading fluency group, meeting 1", "Starting point recorded for six readers", ASSURED, 1),
        (10, 8, 90, "Network", "Phonics network meeting, Elm Grove", "New blending routine agreed for Year 2", ASSURED, 2),
        (10, 15, 15, "15-minute drop-in", "Drop-in: retrieval starters", "Used in three maths lessons; quicker starts", "", 1),
    ),
    (-1, "Summer term"): (
        (5, 12, 105, "Conference", "Reading conference, county hall", "Cut whole-class reading to three texts a term", ASSURED, 3),
        (5, 21, 60, "Learning group", "Reading fluency group, meeting 3", "Five of six readers gained a book band", ASSURED, 2),
        (
            6,
            11,
            120,
            "Visit to another school",
            "Visit to Elm Grove Primary, Year 2",
            "Shared reading timetable changed in July",
            ASSURED,
            1,
        ),
    ),
    (-1, "Spring term"): (
        (1, 20, 60, "Learning group", "Reading fluency group, meeting 2", "Repeated reading twice a week", ASSURED, 1),
        (2, 5, 30, "Video reflection", "Watching my own phonics lesson", "Fewer words from me, more from them", ASSURED, 0),
        (3, 11, 150, "Course", "Leading a subject, first day", "An action plan for phonics on one page", ASSURED, 1),
    ),
    (-1, "Autumn term"): (
        (9, 25, 15, "15-minute drop-in", "Drop-in: modelling handwriting", "Seen in six books a month later", ASSURED, 0),
        (10, 9, 90, "Network", "Phonics network meeting, Hill Top", "The same chart of sounds in three schools", ASSURED, 1),
        (11, 6, 60, "Learning group", "Reading fluency group, meeting 1", "Six readers chosen with the SENDCo", ASSURED, 1),
        (12, 3, 120, "Visit to another school", "Visit to Hill Top, phonics", "Groups of six instead of ten", ASSURED, 1),
    ),
}
HANNAH: tuple[Line, ...] = (
    (9, 24, 15, "15-minute drop-in", "Drop-in: asking better questions", "Two children answer who did not before", ASSURED, 0),
    (10, 8, 15, "15-minute drop-in", "Drop-in: retrieval starters", "", "", 0),
)
_FILES = ("Notes of the meeting", "Certificate of attendance", "Plan after the visit", "Photographs of the display")


def files(number: int, chance: random.Random) -> Sequence[File]:
    """Pieces of evidence: one page each."""
    return [(f"{name}.pdf", pdf_page(name)) for name in chance.sample(_FILES, number)]


def pdf_page(words: str) -> bytes:
    """A page with one line of words, as small as a PDF can be."""
    drawn = f"BT /F1 18 Tf 72 760 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    lines = b"".join(b"%010d 00000 n \n" % start for start in starts)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, lines)
    return out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
