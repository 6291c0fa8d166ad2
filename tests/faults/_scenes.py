"""The jobs that must survive a fault, each as a scene: what lies there before, what is done, and what must hold afterwards.

`act` is a generator: what comes before its first `yield` (which is 0) is done before faults begin; each later `yield n` says that
step n was acknowledged, so from then on it may not be lost.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.importing import NO_ANSWERS
from staffdev_desktop.cpd.log.importing import take_in_plan as entries_plan
from staffdev_desktop.cpd.log.importing_files import open_entries
from staffdev_desktop.cpd.log.importing_files import preview as preview_entries
from staffdev_desktop.cpd.log.known import known_log
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.log.services import add_for_many
from staffdev_desktop.cpd.log.taking_in import take_in_entries
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import Stage
from staffdev_desktop.pdr.services import cycles, statements, words
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.backup import read_backup, restore
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.settings import queries, services
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.staff.importing import open_staff_list, preview_staff_list, read_staff_list, take_in_plan
from staffdev_desktop.staff.taking_in import take_in_staff_list

MANAGER = KeyHolder("Janet Whitlock", "School business manager", "password 0")
CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
STEPS = 5
INSET = date(2024, 9, 3)


@dataclass(frozen=True)
class Scene:
    """`verify` is given the folder and the last acknowledged step; it returns "" or what is wrong ("lost ..." or "corrupt ...")."""

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], Iterator[int]]
    verify: Callable[[Path, int], str]


def school_in(folder: Path) -> Path:
    return folder / "School.staffdev"


def backup_in(folder: Path) -> Path:
    return folder / "School.staffdev-backup"


def make_nothing(folder: Path) -> None:
    """Nothing lies there before."""


def make(folder: Path) -> None:
    School.create(school_in(folder), school_name="School 0", holder=MANAGER, cost=CHEAP)
    school = enter(folder)
    school.do(services.begin_school, name="School 0", year=2026)
    school.close()


def enter(folder: Path, password: str = MANAGER.password) -> School:
    return School.open(school_in(folder), name=MANAGER.name, password=password)


def once_more(step: Callable[[], object]) -> None:
    """Do a step; after a fault of the disk that was told in plain words, do it again: then it must work.

    What already stands there at the second try was made by the first, just before the fault.
    """
    try:
        step()
    except FileProblem:
        try:
            step()
        except FileProblem as problem:
            if problem.fault is not Fault.EXISTS:
                raise


def sound(folder: Path, password: str = MANAGER.password) -> tuple[str, str]:
    """Open the school: its name, and what is wrong with it."""
    try:
        school = enter(folder, password)
    except FileProblem as problem:
        return "", f"corrupt: {problem.fault}"
    try:
        if problems := school.check():
            return "", f"corrupt: {problems[0]}"
        return school.read(queries.school).name, ""
    finally:
        school.close()


# --- create ------------------------------------------------------------------------------------------------------------------------


def create(folder: Path) -> Iterator[int]:
    yield 0
    once_more(lambda: School.create(school_in(folder), school_name="School 0", holder=MANAGER, cost=CHEAP))
    yield 1


def created(folder: Path, acked: int) -> str:
    if not school_in(folder).exists():
        return "lost: the new school" if acked else ""
    try:
        school = enter(folder)
    except FileProblem as problem:
        return f"corrupt: {problem.fault}"
    problems = school.check()
    school.close()
    return f"corrupt: {problems[0]}" if problems else ""


# --- save --------------------------------------------------------------------------------------------------------------------------


def save(folder: Path) -> Iterator[int]:
    school = enter(folder)
    yield 0
    for step in range(1, STEPS + 1):

        def rename(name: str = f"School {step}") -> None:
            row = school.read(queries.school)
            school.do(services.change_school, revision=row.revision, name=name, minimum_group=5, return_to="Office")

        once_more(rename)
        yield step
    school.close()


def saved(folder: Path, acked: int) -> str:
    name, wrong = sound(folder)
    if wrong:
        return wrong
    return f"lost: {name} after step {acked}" if int(name.removeprefix("School ")) < acked else ""


# --- take in a staff list ----------------------------------------------------------------------------------------------------------

STAFF_LIST = "Surname,Forename,Job title,Line manager\n" + "".join(
    f"Doyle{n},Karen,Teaching assistant,{'Karen Doyle0' if n else ''}\n" for n in range(12)
)


def take_in(folder: Path) -> Iterator[int]:
    school = enter(folder)
    sheet, columns = open_staff_list(STAFF_LIST.encode(), "staff.csv")
    preview = preview_staff_list(*read_staff_list(sheet, columns), (), ())
    yield 0
    once_more(lambda: school.do(take_in_staff_list, plan=take_in_plan(preview)))
    yield 1
    school.close()


def taken_in(folder: Path, acked: int) -> str:
    """All or nobody."""
    if wrong := sound(folder)[1]:
        return wrong
    school = enter(folder)
    people = len(school.read(staff.people_list))
    school.close()
    if people not in (0, 12):
        return f"corrupt: {people} of 12 people"
    return "lost: the staff list" if acked and not people else ""


# --- an INSET day for everybody, and a spreadsheet of CPD ---------------------------------------------------------------------------

CPD_LIST = "Name,Date,Hours,Activity\n" + "".join(f"Karen Doyle{n},16/09/2024,1.5,Phonics\n" for n in range(12))


def make_staffed(folder: Path) -> None:
    """A school with people whose CPD was begun."""
    make(folder)
    for _ in take_in(folder):
        continue
    school = enter(folder)
    school.do(begin_cpd)
    school.close()


def log_cpd(folder: Path) -> Iterator[int]:
    school = enter(folder)
    everybody = [person.id for person in school.read(log.people)]
    inset = EntryDetails(INSET, 360, "Safeguarding")
    opened = open_entries(CPD_LIST.encode(), "cpd.csv", key=school.form_key, file_id=school.file_id)
    plan = entries_plan(preview_entries(opened, school.read(known_log), NO_ANSWERS))
    yield 0
    once_more(lambda: school.do(add_for_many, person_ids=everybody, details=inset))
    yield 1
    once_more(lambda: school.do(take_in_entries, plan=plan))
    yield 2
    school.close()


def cpd_logged(folder: Path, acked: int) -> str:
    """Of both, everybody's line or nobody's."""
    if wrong := sound(folder)[1]:
        return wrong
    school = enter(folder)
    days = Counter(row.details.done_on for row in school.read(log.entries))
    school.close()
    if not set(days.values()) <= {12}:
        return f"corrupt: {sorted(days.values())} of 12 entries"
    return f"lost: {acked} jobs acknowledged, {len(days)} there" if len(days) < acked else ""


# --- freeze ------------------------------------------------------------------------------------------------------------------------


def make_review(folder: Path) -> None:
    """A review with everything written, ready to be agreed."""
    make(folder)
    for _ in take_in(folder):
        continue
    school = enter(folder)
    reviewer, member, *_ = (person.id for person in school.read(staff.people_list))
    cycle = cycles.NewCycle("Support staff", 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))
    school.do(cycles.start_cycle, cycle=cycle, invited=[cycles.Invited(member, reviewer)])
    (review,) = school.read(boards.cycle_board, year=2026)
    target = {"target": "Teach the class for one morning", "success_criteria": "Two visits", "support": "", "by_when": "2027-04-30"}
    answers = {"discussion": "We looked back.", "targets": [target], "comments": {"text": "", "none": True}}
    for field, value in {**answers, "agreement": {"member": "agreed", "reviewer": "agreed"}}.items():
        school.do(words.save_answer, review_id=review.id, field=field, value=value)
    school.do(words.set_first_year, review_id=review.id, first_year=True)
    school.close()


def freeze(folder: Path) -> Iterator[int]:
    school = enter(folder)
    (review,) = school.read(boards.cycle_board, year=2026)
    yield 0
    once_more(lambda: school.do(statements.agree_statement, review_id=review.id))
    yield 1
    school.close()


def frozen(folder: Path, acked: int) -> str:
    """Not agreed, or agreed with every word."""
    if wrong := sound(folder)[1]:
        return wrong
    school = enter(folder)
    try:
        (review,) = school.read(boards.cycle_board, year=2026)
        papers = school.read(records.statement_papers, review_ids=[review.id])
        if problems := school.read(records.frozen_words_problems):
            return f"corrupt: {problems[0]}"
        if (review.stage is Stage.AGREED) != bool(papers):
            return f"corrupt: {review.stage} with {len(papers)} papers"
        return "lost: the agreed statement" if acked and not papers else ""
    finally:
        school.close()


# --- change password ---------------------------------------------------------------------------------------------------------------


def change_password(folder: Path) -> Iterator[int]:
    school = enter(folder)
    yield 0
    for step in (1, 2):
        try:
            school.change_password(f"password {step - 1}", f"password {step}")
        except FileProblem:
            with suppress(FileProblem):  # the fault may have come after the new password was on disk
                school.change_password(f"password {step - 1}", f"password {step}")
        yield step
    school.close()


def password_changed(folder: Path, acked: int) -> str:
    """The acknowledged password opens the file, or the one after it, which was on its way."""
    said = [sound(folder, f"password {step}")[1] for step in (acked, acked + 1)]
    return "" if "" in said else said[0]


# --- back up and restore -----------------------------------------------------------------------------------------------------------


def back_up(folder: Path) -> Iterator[int]:
    school = enter(folder)
    yield 0
    once_more(lambda: school.back_up(backup_in(folder)))
    yield 1
    school.close()


def backed_up(folder: Path, acked: int) -> str:
    if wrong := sound(folder)[1]:
        return wrong
    if not backup_in(folder).exists():
        return "lost: the backup" if acked else ""
    try:
        read_backup(backup_in(folder))
    except FileProblem as problem:
        return f"corrupt: {problem.message}"
    return ""


def make_backup(folder: Path) -> None:
    make(folder)
    school = enter(folder)
    school.back_up(backup_in(folder))
    school.close()
    school_in(folder).rename(folder / "The old one.staffdev")


def bring_back(folder: Path) -> Iterator[int]:
    yield 0
    once_more(lambda: restore(backup_in(folder), school_in(folder)))
    yield 1


def brought_back(folder: Path, acked: int) -> str:
    if not school_in(folder).exists():
        return "lost: the restored school" if acked else ""
    return sound(folder)[1]


# --- for comparison: what many programs do -----------------------------------------------------------------------------------------


def make_plain(folder: Path) -> None:
    plain = _plain(folder)
    plain.execute("CREATE TABLE step (number INTEGER)")
    plain.close()


def save_plain(folder: Path) -> Iterator[int]:
    plain = _plain(folder)
    yield 0
    for step in range(1, STEPS + 1):
        plain.execute("INSERT INTO step VALUES (?)", (step,))
        yield step
    plain.close()


def saved_plain(folder: Path, acked: int) -> str:
    plain = _plain(folder)
    try:
        last = plain.execute("SELECT max(number) FROM step").fetchone()[0] or 0
    except sqlite3.DatabaseError as error:
        return f"corrupt: {error}"
    finally:
        plain.close()
    return f"lost: {last} after step {acked}" if last < acked else ""


def _plain(folder: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = WAL")
    plain.execute("PRAGMA synchronous = NORMAL")
    return plain


SCENES = (
    Scene("create", make_nothing, create, created),
    Scene("save", make, save, saved),
    Scene("take in a staff list", make, take_in, taken_in),
    Scene("take in CPD", make_staffed, log_cpd, cpd_logged),
    Scene("freeze", make_review, freeze, frozen),
    Scene("change password", make, change_password, password_changed),
    Scene("back up", make, back_up, backed_up),
    Scene("restore", make_backup, bring_back, brought_back),
)
COMMON_ADVICE = Scene("save, SQLite with WAL and NORMAL", make_plain, save_plain, saved_plain)
