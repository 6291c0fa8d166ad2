"""The practice school's year: its half-terms and bank holidays, and days on which somebody could have met."""

from datetime import date, timedelta

from staffdev_desktop.kernel.years import Closure, question_about, usual_terms, year_of


def closures(year: int) -> tuple[Closure, ...]:
    """Half-terms, an INSET day and the bank holiday in May of one academic year."""
    return (
        Closure(date(year, 9, 1), date(year, 9, 1), "INSET day"),
        _week(date(year, 10, 24), "Autumn half-term"),
        _week(date(year + 1, 2, 13), "Spring half-term"),
        Closure(_monday(date(year + 1, 5, 1)), _monday(date(year + 1, 5, 1)), "Early May bank holiday"),
        _week(date(year + 1, 5, 25), "Summer half-term"),
    )


def _week(day: date, name: str) -> Closure:
    monday = _monday(day)
    return Closure(monday, monday + timedelta(days=4), name)


def _monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def school_day(day: date, step: int = 1) -> date:
    """That day, or the next (with -1 the last) on which the school is open."""
    year = year_of(day)
    while question_about(day, usual_terms(year), closures(year)):
        day += timedelta(days=step)
        year = year_of(day)
    return day


def friday_from(day: date) -> date:
    """The first Friday from that day on."""
    return day + timedelta(days=(4 - day.weekday()) % 7)


def last_friday_open(day: date) -> date:
    """The Friday of that week, or the last one before on which the school is open: no deadline lies in a half-term."""
    friday = friday_from(day)
    while school_day(friday) != friday:
        friday -= timedelta(days=7)
    return friday
