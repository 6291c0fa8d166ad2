"""Thinning automatic backups: counted by the days that have one, so no clock, right or wrong, can talk a good backup away."""

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from staffdev_desktop.kernel import clock
from staffdev_desktop.schoolfile.backup import SUFFIX, BackupFacts, back_up
from staffdev_desktop.schoolfile.rotation import kept, thin_backups

from .helpers import open_as

START = datetime(2026, 9, 1, 8)


def backups(moments: list[datetime]) -> list[BackupFacts]:
    """Automatic backups made at these moments, in this order; newest first."""
    return [BackupFacts("S", "id", moment.isoformat(), {}, number, True) for number, moment in enumerate(moments, start=1)][::-1]


def thinned(moments: list[datetime]) -> list[datetime]:
    """What is left of these when thinning follows each backup, oldest first."""
    here: list[BackupFacts] = []
    for each in reversed(backups(moments)):
        here.insert(0, each)
        staying = kept(here)
        assert each.number in staying
        assert {facts.number for facts in here[:3]} <= staying
        here = [facts for facts in here if facts.number in staying]
    return [datetime.fromisoformat(facts.made) for facts in reversed(here)]


def four_a_day(days: int, start: datetime = START) -> list[datetime]:
    return [start + timedelta(days=day, hours=hours) for day in range(days) for hours in (0, 2, 4, 6)]


def test_few_backups_all_stay() -> None:
    for moments in ([], [START], four_a_day(3)):
        assert thinned(moments) == moments


def test_two_days_whole_then_days_weeks_and_months() -> None:
    moments = four_a_day(800)
    left = thinned(moments)
    newest = moments[-1]
    assert [each for each in left if newest - each <= timedelta(hours=48)] == [
        each for each in moments if newest - each <= timedelta(hours=48)
    ]
    assert len({each.date() for each in left if newest - each < timedelta(days=14)}) == 14
    assert len({each.isocalendar()[:2] for each in left if newest - each < timedelta(weeks=8)}) >= 8
    assert len({(each.year, each.month) for each in left}) == 12
    assert len(left) < 50


def test_a_holiday_without_backups_costs_nothing() -> None:
    moments = four_a_day(30)
    after = [START + timedelta(days=75)]
    before_the_holiday = thinned(moments)
    left = thinned(moments + after)
    assert after[0] in left
    assert len(set(before_the_holiday) - set(left)) <= 5  # the oldest whole day thins to one; one day leaves the fourteen


@pytest.mark.parametrize("jump", [timedelta(days=3650), timedelta(days=-365), timedelta(hours=1), timedelta(hours=-1)])
@pytest.mark.parametrize("wrong_for", [1, 2, 5])
def test_a_clock_that_is_wrong_and_then_right_again(jump: timedelta, wrong_for: int) -> None:
    """Compared with the same backups under a right clock, one more day or month may be taken up; no period loses its backup."""
    moments = [START + timedelta(days=day) for day in range(40)]
    wrong = [*moments[:30], *(each + jump for each in moments[30 : 30 + wrong_for]), *moments[30 + wrong_for :]]
    left = thinned(wrong)
    right = thinned(moments)
    lost = {each for each in right if each not in left and moments.index(each) not in range(30, 30 + wrong_for)}
    assert len(lost) <= wrong_for + 1
    assert all(each in left for each in moments[-3:])
    assert {(each.year, each.month) for each in right} <= {(each.year, each.month) for each in left}


def test_any_order_of_dates_leaves_the_newest_three() -> None:
    chance = random.Random(1)
    for _ in range(200):
        moments = [START + timedelta(minutes=chance.randrange(-(10**6), 10**6)) for _ in range(chance.randrange(1, 60))]
        left = thinned(moments)
        assert left[-3:] == moments[-3:]


def test_thinning_a_folder(school_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with open_as(school_path) as school:
        school.back_up(folder / f"asked for{SUFFIX}")
        for day in range(6):
            for hour in (9, 15):
                with clock.frozen_at(datetime(2026, 10, 5 + day, hour)):
                    school.back_up(folder / f"{day} {hour}{SUFFIX}", automatic=True)
        file_id = school._opened.facts.file_id
    (folder / f"damaged{SUFFIX}").write_bytes(b"no backup")
    assert sorted(path.stem for path in folder.iterdir()) == [
        *("0 15", "1 15", "2 15"),
        *("3 15", "3 9", "4 15", "4 9", "5 15", "5 9"),
        *("asked for", "damaged"),
    ]
    assert thin_backups(folder, "another school") == ()
    assert thin_backups(folder, file_id) == ()


def test_nothing_goes_while_the_newest_are_damaged(school_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with open_as(school_path) as school:
        for day in range(5):
            for hour in (9, 15):
                with clock.frozen_at(datetime(2026, 10, 5 + day, hour)):
                    back_up(school._opened, folder / f"{day} {hour}{SUFFIX}", automatic=True)
        file_id = school._opened.facts.file_id
    newest = folder / f"4 15{SUFFIX}"
    whole = newest.read_bytes()
    newest.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
    assert thin_backups(folder, file_id) == ()
    newest.write_bytes(whole)
    assert {path.stem for path in thin_backups(folder, file_id)} == {"0 9", "1 9"}
