"""Make a school file so that it counts only once its recovery code is on paper. No Qt: the window runs this on the worker thread."""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.dates import parse_date
from staffdev_desktop.kernel.errors import Fault, FileProblem, UserError
from staffdev_desktop.kernel.years import Closure, Term
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.atomic import disk_faults, sync_folder
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost
from staffdev_desktop.settings import services as settings

COST = Cost()


@dataclass(frozen=True)
class Plan:
    """What the first two steps asked for."""

    path: Path
    school_name: str
    year: int
    terms: tuple[Term, ...]
    closures: tuple[Closure, ...]
    holder: KeyHolder
    start_with: str = "empty"


@dataclass(frozen=True)
class Draft:
    """A file that is whole but not yet in its place, its recovery code, and the sheet to print."""

    plan: Plan
    part: Path
    code: str
    sheet: bytes
    group: int  # which group of the code is to be typed back, counted from 1


def begin(plan: Plan, cost: Cost | None = None) -> Draft:
    """Make the file beside its place. Raises FileProblem, UserError."""
    if plan.path.exists():
        raise FileProblem(Fault.EXISTS, f"There is already something at ‘{plan.path}’.", "Choose another name or place.")
    from staffdev_desktop.settings.papers import recovery_sheet

    part = plan.path.with_name(f"{plan.path.name}.new")
    shutil.rmtree(part, ignore_errors=True)  # from a set-up that was broken off: nobody has its code
    made = School.create(part, school_name=plan.school_name, holder=plan.holder, cost=cost or COST)
    try:
        school = School.open(part, name=plan.holder.name, password=plan.holder.password)
        try:
            school.do(settings.begin_school, name=plan.school_name, year=plan.year, terms=plan.terms, closures=plan.closures)
        finally:
            school.close()
        sheet = recovery_sheet(plan.school_name, plan.path.name, made.recovery_code, clock.today())
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    groups = made.recovery_code.split("-")
    return Draft(plan, part, made.recovery_code, sheet, 2 + secrets.randbelow(len(groups) - 2))


def finish(draft: Draft) -> School:
    """Put the file into its place and open it. Raises FileProblem."""
    path = draft.plan.path
    if path.exists():
        raise FileProblem(Fault.EXISTS, f"There is already something at ‘{path}’.", "Move it away, then go on.")
    with disk_faults(path):
        draft.part.rename(path)
        sync_folder(path.parent)
    return School.open(path, name=draft.plan.holder.name, password=draft.plan.holder.password)


def give_up(draft: Draft) -> None:
    """Take the draft away: nothing is in it yet."""
    shutil.rmtree(draft.part, ignore_errors=True)


def is_group(draft: Draft, typed: str) -> bool:
    """Whether the asked group was typed back; small letters, O for 0 and I or L for 1 are forgiven."""
    plain = typed.strip().upper().replace("O", "0").replace("I", "1").replace("L", "1")
    return plain == draft.code.split("-")[draft.group - 1]


def half_terms(year: int) -> tuple[tuple[date, date], ...]:
    """The usual half-term weeks, Monday to Friday, one for each term: to begin with; each school enters its own."""
    return tuple(
        (monday, monday + timedelta(days=4)) for monday in map(_monday, (date(year, 10, 24), date(year + 1, 2, 13), date(year + 1, 5, 25)))
    )


def closures_of(terms: Sequence[Term], halves: Sequence[tuple[date | None, date | None]], inset: Sequence[date]) -> tuple[Closure, ...]:
    """Half-terms and INSET days as closures. Raises UserError for a half-term with only one end."""
    found = []
    for term, (begins, ends) in zip(terms, halves, strict=True):
        if (begins is None) != (ends is None):
            raise UserError(f"The half-term of the {term.name.casefold()} needs both its first and its last day.", field="terms")
        if begins is not None and ends is not None:
            found.append(Closure(begins, ends, f"{term.name.removesuffix(' term')} half-term"))
    return (*found, *(Closure(day, day, "INSET day") for day in sorted(set(inset))))


def read_days(text: str, *, field: str) -> tuple[date, ...]:
    """Days typed one after another, with commas or semicolons between. Raises UserError."""
    return tuple(parse_date(part, field=field) for part in text.replace(";", ",").replace("\n", ",").split(",") if part.strip())


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
