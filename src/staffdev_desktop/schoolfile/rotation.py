"""Which automatic backups stay: all of the last three days, then one a day, a week, a month.

No clock is asked. Days, weeks and months count only where backups were made in them, so a PC whose clock jumps ten years ahead,
or back, loses nothing by it; and a backup whose own date cannot be true stays as long as those around it.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from staffdev_desktop.kernel.errors import FileProblem
from staffdev_desktop.schoolfile.backup import BackupFacts, backups_in, read_backup

ALWAYS = 3
WHOLE_DAYS, DAYS, WEEKS, MONTHS = 3, 14, 8, 12  # three calendar days hold 48 hours


def thin_backups(folder: Path, file_id: str) -> tuple[Path, ...]:
    """Remove the automatic backups of one school file that are no longer needed; returns what was removed.

    Nothing is removed unless the newest that stay are sound. Backups that somebody asked for, and of other schools, are left alone.
    """
    mine = {path: facts for path, facts in backups_in(folder) if facts.file_id == file_id and facts.automatic}
    newest_first = sorted(mine, key=lambda path: mine[path].number, reverse=True)
    staying = kept([mine[path] for path in newest_first])
    going = [path for path in newest_first if mine[path].number not in staying]
    if not going or not _sound(newest_first[:ALWAYS]):
        return ()
    for path in going:
        with suppress(OSError):
            path.unlink()
    return tuple(going)


def kept(newest_first: Sequence[BackupFacts]) -> frozenset[int]:
    """The numbers of the backups that stay."""
    dates = {facts.number: datetime.fromisoformat(facts.made) for facts in newest_first}
    believed = _believed(newest_first, dates)
    staying = {facts.number for facts in newest_first[:ALWAYS]}
    days = list(dict.fromkeys(dates[number].date() for number in believed))[:WHOLE_DAYS]
    staying |= {number for number in believed if dates[number].date() in days}
    rules: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (DAYS, datetime.date),
        (WEEKS, lambda moment: moment.isocalendar()[:2]),
        (MONTHS, lambda moment: (moment.year, moment.month)),
    )
    for count, period in rules:
        newest: dict[object, int] = {}
        for number in believed:
            newest.setdefault(period(dates[number]), number)
        staying |= set(list(newest.values())[:count])
    oldest = min((number for number in staying if number in believed), default=0)
    return frozenset(staying | {number for number in dates if number not in believed and number > oldest})


def _believed(newest_first: Sequence[BackupFacts], dates: dict[int, datetime]) -> list[int]:
    """The longest run of backups whose dates follow one another as their numbers do, newest first: the others' clocks were wrong."""
    numbers = [facts.number for facts in reversed(newest_first)]
    tails: list[datetime] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_right(tails, dates[number])
        before[number] = ends[place - 1] if place else None
        tails[place : place + 1] = [dates[number]]
        ends[place : place + 1] = [number]
    run: list[int] = []
    number_or_none = ends[-1] if ends else None
    while number_or_none is not None:
        run.append(number_or_none)
        number_or_none = before[number_or_none]
    return run


def _sound(paths: Sequence[Path]) -> bool:
    try:
        for path in paths:
            read_backup(path)
    except FileProblem:
        return False
    return True
