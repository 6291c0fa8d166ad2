"""What can be done with a review, and what comes next: the same for its panel and for its menu. Pure."""

from dataclasses import dataclass

from staffdev_desktop.pdr.rows import BoardRow, Stage
from staffdev_desktop.pdr.rules import is_open


@dataclass(frozen=True)
class Verb:
    """Something to do: a key for whoever does it, words for a button, an icon."""

    key: str
    words: str
    icon: str


PRINT_SHEET = Verb("print_sheets", "Print the self-review sheet", "print")
TYPE_IN = Verb("type_in", "Type in the sheet…", "pen")
BOOK = Verb("book", "Book the meeting…", "cal")
MEET = Verb("meet", "Open the meeting", "pdr")
HELD = Verb("held", "Held on paper on…", "clip")
LAST_TARGETS = Verb("last_targets", "Last year’s targets…", "target")
MEETING_FORM = Verb("print_meeting_forms", "Print the meeting form", "print")
CONTRIBUTORS = Verb("contributors", "Contributors…", "staff")
MOVE = Verb("move", "Another reviewer…", "user")
STANDING = Verb("standing", "Away, or not in this cycle…", "flag")
PRINT_STATEMENTS = Verb("print_statements", "Print both copies", "print")
RECEIPT = Verb("receipt", "The two copies…", "sign")
READ = Verb("meet", "Read the statement", "doc")
ADDENDUM = Verb("addendum", "Type in an addendum…", "plus")
REOPEN = Verb("reopen", "Reopen with a reason…", "undo")
HAND_OVER = Verb("hand_over", "Hand the PC over…", "key")
TARGETS = Verb("targets", "Targets and notes…", "target")
ASK_INTERIM = Verb("ask_interim", "Ask for an interim meeting…", "chat")
CALENDAR_FILE = Verb("calendar_file", "Calendar file…", "cal")
HISTORY = Verb("history", "Reviews through the years…", "clock")
HOW = Verb("how", "How this person is reviewed…", "user")
ON_PAPER = Verb("track_only", "Keep the words on paper", "doc")
ON_SCREEN = Verb("write_here", "Write the words here", "doc")
APPEAL = Verb("appeal", "An appeal is made…", "flag")
INTEREST = Verb("interest", "Leadership interest…", "key")
HEAR = Verb("hear", "Who hears the appeal…", "flag")

# Seldom wanted: in the panel they stand behind one button, so that what is wanted every day does not scroll
SELDOM = (CONTRIBUTORS, MOVE, STANDING, HOW, ON_PAPER, ON_SCREEN, HISTORY, ADDENDUM, REOPEN, APPEAL, HEAR, INTEREST)

_NEXT = {
    Stage.NOT_STARTED: PRINT_SHEET,
    Stage.OUT: TYPE_IN,
    Stage.RETURNED: BOOK,
    Stage.BOOKED: MEET,
    Stage.DRAFT: MEET,
    Stage.AGREED: RECEIPT,
    Stage.SIGNED: READ,
}


def next_verb(row: BoardRow, *, may_run: bool) -> Verb:
    """What comes next for a review (DESIGN-LANGUAGE section 1: say what to do next)."""
    if not may_run:
        return MEET if is_open(row.stage) else READ
    return STANDING if row.away or row.exempt else _NEXT[row.stage]


def verbs_for(row: BoardRow, *, may_run: bool, may_note: bool = False) -> tuple[Verb, ...]:
    """Everything else that can be done, in the order of a year. A reviewer holds the meeting and runs no cycle.

    `may_note`: whoever may see succession, and opened the file with its key, notes leadership interest.
    """
    if is_open(row.stage):
        words = ON_SCREEN if row.track_only else ON_PAPER
        meeting = (BOOK, CALENDAR_FILE, MEETING_FORM, HELD, MEET, HAND_OVER)
        everything = (PRINT_SHEET, TYPE_IN, LAST_TARGETS, *meeting, CONTRIBUTORS, MOVE, STANDING, HOW, words, HISTORY)
        allowed = everything if may_run else (MEETING_FORM, MEET, HELD, LAST_TARGETS, HISTORY)
    else:
        everything = (READ, PRINT_STATEMENTS, RECEIPT, TARGETS, ASK_INTERIM, ADDENDUM, REOPEN, APPEAL, HEAR, HOW, HISTORY)
        allowed = everything if may_run else (READ, PRINT_STATEMENTS, TARGETS, ASK_INTERIM, HISTORY)
    first = next_verb(row, may_run=may_run)
    return tuple(verb for verb in (*allowed, *((INTEREST,) if may_note else ())) if verb != first)
