"""Guesses somebody's staff group from the title of their post, among the groups that the school itself has.

The words are what schools call posts (research: seeds 000 and 002 name the kinds of work); the groups are the school's own data, so
each kind of work names several words by which the school may have called its group. Pure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from staffdev_desktop.exchange.sheets import plain_words


@dataclass(frozen=True)
class _Work:
    """A kind of work: what its posts are called, and what a school calls its group."""

    posts: re.Pattern[str]
    groups: tuple[str, ...]


def _work(posts: str, *groups: str) -> _Work:
    return _Work(re.compile(rf"\b(?:{posts})\b"), groups)


# The first that fits a post decides: the head's PA works in the office, a teaching assistant is no teacher.
_WORKS = (
    _work(r"midday|lunch ?time|lunch|mdsa?|msa|playground", "midday", "lunch", "mdsa", "support"),
    _work(r"cook|chef|kitchen|catering|caterer", "kitchen", "catering", "support"),
    _work(
        r"caretaker|cleaner|cleaning|premises|site (?:manager|officer|supervisor|staff|team|assistant)|estates?|facilities|grounds\w*|"
        r"janitor|handy ?\w+|driver",
        "site",
        "premises",
        "estates",
        "caretak",
        "clean",
        "facilities",
        "support",
    ),
    _work(
        r"(?:higher level )?teaching assistants?|h?ltas?|tas?|lsas?|learning support(?: assistants?)?|classroom assistants?|"
        r"(?:sen|send|eal|inclusion|one to one|1 1|1 to 1) (?:support )?(?:assistant|worker)|nursery (?:nurse|officer|assistant)|"
        r"early years (?:practitioner|assistant|educator)|cover supervisors?|instructor|elsa",
        "teaching assist",
        "ta",
        "tas",
        "classroom",
        "education support",
        "learning support",
        "support",
    ),
    _work(
        r"office|admin\w*|finance|bursar|receptionist|reception|secretary|pa|clerk|clerical|business (?:manager|leader|director)|sbm|hr|"
        r"human resources|payroll|data manager|data officer|exams?(?: officer| manager)?|registrar|marketing|accountant|accounts|"
        r"network manager|it|ict technician|technicians?|reprographics|librarian|library",
        "office",
        "admin",
        "business",
        "finance",
        "technic",
        "it",
        "operations",
        "support",
    ),
    _work(
        r"pastoral|family (?:support|liaison)|learning mentor|mentor|attendance|safeguarding officer|welfare|behaviour|counsellor|"
        r"education welfare|student support|student services|matron|school nurse|youth worker|emotional",
        "pastoral",
        "inclusion",
        "welfare",
        "student support",
        "support",
    ),
    _work(
        r"head ?teacher|head of school|(?:deputy|assistant|vice|executive|associate|co) (?:head|principal)|principal|headmaster|"
        r"headmistress|head|chief executive|ceo|senior leader\w*|slt|director of (?:education|school improvement)",
        "leader",
        "slt",
        "senior",
        "teacher",
        "teaching staff",
    ),
    _work(
        r"\w*teachers?|ect|nqt|senco|sendco|head of \w+|"
        r"(?:subject|phase|key stage|curriculum|year|faculty) (?:leader|lead|head|manager|co ?ordinator)|"
        r"lead practitioner|tutor|lecturer|director of \w+|(?:second|2nd|2) in \w+|\w+ (?:leader|lead)",
        "teachers",
        "teacher",
        "teaching staff",
    ),
)
_A_DEPARTMENT_HEAD = re.compile(r"\b(?:deputy |assistant |associate )?head of (?!school\b)")


def group_named(text: str, groups: Sequence[str]) -> str | None:
    """The school's group that goes by this name: ‘teacher’ is ‘Teachers’."""
    wanted = _stem(text)
    return next((group for group in groups if _stem(group) == wanted), None)


def guess_group(post: str, groups: Sequence[str]) -> str | None:
    """The school's group that somebody with this post is most likely in, or None: then the group stays ‘not set’."""
    plain = plain_words(post)
    heads_a_department = _A_DEPARTMENT_HEAD.search(plain)
    for work in _WORKS:
        if "leader" in work.groups and heads_a_department:
            continue
        if work.posts.search(plain):
            return _group_for(work, groups)
    return None


def _group_for(work: _Work, groups: Sequence[str]) -> str | None:
    for word in work.groups:
        for group in groups:
            plain = plain_words(group)
            # A short word must stand alone: ‘it’ is not in ‘Site’. ‘teacher’ must not find ‘Teaching assistants’: it does not.
            if (word in plain.split()) if len(word) < 4 else re.search(rf"\b{re.escape(word)}", plain):
                return group
    return None


def _stem(text: str) -> str:
    return " ".join(word.removesuffix("s") for word in plain_words(text).split())
