"""The one place that asks what time it is, so that tests and the practice school can set it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

_source: Callable[[], datetime] = datetime.now


def now() -> datetime:
    """The local wall-clock time, to the second: a school and its PC stand in one time zone."""
    return _source().replace(microsecond=0, tzinfo=None)


def today() -> date:
    """The local date."""
    return now().date()


@contextmanager
def frozen_at(moment: datetime | date) -> Iterator[None]:
    """Let the clock stand at `moment` (a date stands for its noon) while the block runs."""
    global _source
    before = _source
    fixed = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, 12)
    _source = lambda: fixed  # noqa: E731
    try:
        yield
    finally:
        _source = before


@contextmanager
def starting_at(moment: datetime) -> Iterator[None]:
    """Let the clock run on from `moment` while the block runs."""
    global _source
    before = _source
    offset: timedelta = moment - datetime.now()
    _source = lambda: datetime.now() + offset  # noqa: E731
    try:
        yield
    finally:
        _source = before
