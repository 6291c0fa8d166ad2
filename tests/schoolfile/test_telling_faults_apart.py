"""Every fault of a school file is told apart, in a sentence, and changes nothing (DESIGN sections 2 and 3)."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Fault, FileProblem, UserError
from staffdev_desktop.school import School, list_users
from staffdev_desktop.schoolfile import sealed
from staffdev_desktop.schoolfile.backup import restore
from staffdev_desktop.schoolfile.database import raw_connection
from staffdev_desktop.schoolfile.folder import SchoolFolder, read_facts
from staffdev_desktop.schoolfile.opening import KeyHolder, open_with_password
from staffdev_desktop.schoolfile.slots import read_slots, write_slots
from staffdev_desktop.settings import queries, services

from .helpers import CHEAP, DATA, HEAD, JANET, REVIEWER, bytes_of, fault_of_opening, open_as

ROOT = os.name == "posix" and os.geteuid() == 0
needs_mount = pytest.mark.skipif(not ROOT or sys.platform != "linux", reason="only root may mount a small disk")

OPEN_AND_WAIT = """
import sys
from pathlib import Path
from staffdev_desktop.school import School
school = School.open(Path(sys.argv[1]), name=sys.argv[2], password=sys.argv[3])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    disk = tmp_path / "stick"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=False).returncode:
        pytest.skip("no mounting here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path, *, leave: int = 0) -> None:
    """Fill a disk up to the last `leave` bytes."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    os.truncate(filler, filler.stat().st_size - leave)


def test_a_wrong_password_and_an_unknown_name(school_path: Path) -> None:
    assert fault_of_opening(school_path, KeyHolder(JANET.name, "", "wrong horse battery")) is Fault.WRONG_PASSWORD
    assert fault_of_opening(school_path, KeyHolder("Nobody", "", JANET.password)) is Fault.WRONG_PASSWORD
    assert fault_of_opening(school_path) is None


def test_missing_and_not_ours(tmp_path: Path) -> None:
    assert fault_of_opening(tmp_path / "gone.staffdev") is Fault.MISSING
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").write_bytes(b"x")
    assert fault_of_opening(tmp_path / "photos") is Fault.NOT_OURS
    assert fault_of_opening(tmp_path / "photos" / "a.jpg") is Fault.NOT_OURS
    with pytest.raises(FileProblem) as problem:
        list_users(tmp_path / "gone.staffdev")
    assert problem.value.fault is Fault.MISSING
    assert not (tmp_path / "gone.staffdev").exists()


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("how", ["missing", "empty", "cut", "swapped", "garbage"])
def test_each_damaged_file(school_path: Path, tmp_path: Path, name: str, how: str) -> None:
    victim = school_path / name
    whole = victim.read_bytes()
    if how == "missing":
        victim.unlink()
    elif how == "swapped":
        other = School.create(tmp_path / "Other.staffdev", school_name="Other", holder=JANET, cost=CHEAP).folder.path
        victim.write_bytes((other / name).read_bytes())
    else:
        victim.write_bytes({"empty": b"", "cut": whole[: len(whole) // 2], "garbage": os.urandom(len(whole))}[how])
    before = {each: (school_path / each).read_bytes() for each in DATA if (school_path / each).exists()}
    assert fault_of_opening(school_path) is Fault.DAMAGED
    assert {each: (school_path / each).read_bytes() for each in DATA if (school_path / each).exists()} == before


def test_a_reviewer_is_told_of_a_missing_restricted_database(school_path: Path) -> None:
    with open_as(school_path) as school:
        school.add_key_holder(REVIEWER)
    assert fault_of_opening(school_path, REVIEWER) is None
    (school_path / "restricted.db").write_bytes(b"")
    assert fault_of_opening(school_path, REVIEWER) is Fault.DAMAGED


@pytest.mark.parametrize("which", ["school.json", "slots.json", "main", "restricted"])
def test_too_new_is_refused_with_not_one_byte_changed(school_path: Path, which: str) -> None:
    if which.endswith(".json"):
        found = json.loads((school_path / which).read_text())
        del found[sealed.SEAL]
        sealed.write_sealed(school_path / which, found | {"format": 2, "something": "new"})
    else:
        opened = open_with_password(school_path, JANET.name, JANET.password)
        opened.connection.execute(f"PRAGMA {which}.user_version=99")
        opened.close()
    before = bytes_of(school_path)
    assert fault_of_opening(school_path) is Fault.TOO_NEW
    assert bytes_of(school_path) == before
    assert sorted(each.name for each in school_path.iterdir() if each.name != "hold") == sorted(DATA)


def test_held_says_who_where_and_since_when(school_path: Path) -> None:
    with clock.frozen_at(datetime(2026, 10, 20, 9, 5)):
        school = open_as(school_path)
    with pytest.raises(FileProblem, match=r"Janet Whitlock has the file open on .+ since 09:05 on 20/10/2026\.") as problem:
        open_as(school_path)
    assert problem.value.fault is Fault.HELD
    assert school.read(queries.school).name == "Riverbank Primary Academy"
    school.close()
    assert fault_of_opening(school_path) is None


@pytest.mark.parametrize("said", ["", "[]", '{"since": "yesterday"}', '{"since": "2026-10-20T09:05:00", "name": "A"}'])
def test_held_by_somebody_whose_note_cannot_be_read(school_path: Path, said: str) -> None:
    school = open_as(school_path)
    (school_path / "holder.json").write_text(said)
    assert fault_of_opening(school_path) is Fault.HELD
    school.close()


def test_a_second_process_is_refused_and_a_killed_one_frees_the_file(school_path: Path) -> None:
    command = [sys.executable, "-c", OPEN_AND_WAIT, str(school_path), JANET.name, JANET.password]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        assert fault_of_opening(school_path) is Fault.HELD
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert (school_path / "holder.json").exists()
        assert fault_of_opening(school_path) is None


def test_the_thread_that_closes_need_not_be_the_one_that_opened(school_path: Path) -> None:
    opened: list[School] = []
    thread = threading.Thread(target=lambda: opened.append(open_as(school_path)))
    thread.start()
    thread.join()
    opened[0].close()
    assert fault_of_opening(school_path) is None


def test_creating_over_something_is_refused(school_path: Path) -> None:
    before = bytes_of(school_path)
    with pytest.raises(FileProblem) as problem:
        School.create(school_path, school_name="Again", holder=JANET, cost=CHEAP)
    assert problem.value.fault is Fault.EXISTS
    assert bytes_of(school_path) == before


def test_a_short_password_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        School.create(tmp_path / "New.staffdev", school_name="New", holder=KeyHolder("A", JANET.role, "short"), cost=CHEAP)
    assert error.value.field == "password"
    assert list(tmp_path.iterdir()) == []


@needs_mount
def test_a_read_only_disk(small_disk: Path) -> None:
    path = small_disk / "S.staffdev"
    School.create(path, school_name="S", holder=JANET, cost=CHEAP)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert fault_of_opening(path) is Fault.READ_ONLY
    with pytest.raises(FileProblem) as problem:
        School.create(small_disk / "T.staffdev", school_name="T", holder=JANET, cost=CHEAP)
    assert problem.value.fault is Fault.READ_ONLY


@needs_mount
def test_a_full_disk_while_creating(small_disk: Path) -> None:
    fill(small_disk)
    with pytest.raises(FileProblem) as problem:
        School.create(small_disk / "S.staffdev", school_name="S", holder=JANET, cost=CHEAP)
    assert problem.value.fault is Fault.DISK_FULL
    assert [each.name for each in small_disk.iterdir()] == ["filler"]


@needs_mount
def test_a_full_disk_while_saving_changing_a_password_and_backing_up(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "S.staffdev"
    School.create(path, school_name="S", holder=JANET, cost=CHEAP)
    school = open_as(path)
    school.do(services.begin_school, name="S", year=2026)
    fill(small_disk, leave=256 * 1024)
    saved = 0

    def save_until_it_is_full() -> None:
        nonlocal saved
        for number in range(1000):
            school.do(services.set_priorities, year=2026, texts=[f"Priority {number} " * 200])
            saved = number

    with pytest.raises(FileProblem) as problem:
        save_until_it_is_full()
    assert problem.value.fault is Fault.DISK_FULL
    assert saved > 3
    fill(small_disk)
    assert school.read(queries.priorities, year=2026)[0].text.startswith(f"Priority {saved} ")
    with pytest.raises(FileProblem) as problem:
        school.change_password(JANET.password, "another long password")
    assert problem.value.fault is Fault.DISK_FULL
    with pytest.raises(FileProblem) as problem:
        school.add_key_holder(HEAD)
    assert problem.value.fault is Fault.DISK_FULL
    with pytest.raises(FileProblem) as problem:
        school.back_up(small_disk / "b.staffdev-backup")
    assert problem.value.fault is Fault.DISK_FULL
    school.back_up(tmp_path / "b.staffdev-backup")  # elsewhere there is room
    school.close()
    school = open_as(path)  # a full disk keeps nobody from reading
    assert school.check() == ()
    assert school.read(queries.priorities, year=2026)[0].text.startswith(f"Priority {saved} ")
    (small_disk / "filler").unlink()
    school.do(services.set_priorities, year=2026, texts=["One retry"])
    school.close()
    assert sorted(each.name for each in small_disk.iterdir()) == ["S.staffdev"]


@needs_mount
def test_a_full_disk_while_restoring(small_disk: Path, school_path: Path, tmp_path: Path) -> None:
    with open_as(school_path) as school:
        school.back_up(tmp_path / "b.staffdev-backup")
    fill(small_disk, leave=100_000)
    with pytest.raises(FileProblem) as problem:
        restore(tmp_path / "b.staffdev-backup", small_disk / "R.staffdev")
    assert problem.value.fault is Fault.DISK_FULL
    assert [each.name for each in small_disk.iterdir()] == ["filler"]


@needs_mount
def test_a_full_disk_does_not_keep_an_unfinished_key_change_from_opening(small_disk: Path) -> None:
    path = small_disk / "S.staffdev"
    School.create(path, school_name="S", holder=JANET, cost=CHEAP)
    folder = SchoolFolder(path)
    old, spare = read_slots(folder, read_facts(folder).file_id)
    with open_as(path) as school:
        school.change_password(JANET.password, "a new long password")
    new = next(slot for slot in read_slots(folder, read_facts(folder).file_id) if slot.kind == "user")
    write_slots(folder, read_facts(folder).file_id, (old, spare, replace(new, replaces=old.id)))
    fill(small_disk)
    assert fault_of_opening(path) is None
    assert fault_of_opening(path, replace(JANET, password="a new long password")) is None
    (small_disk / "filler").unlink()
    with open_as(path, replace(JANET, password="a new long password")) as school:
        assert [slot.id for slot in school.key_holders()] == [new.id]
        assert school.actor.user_id is not None
        assert school.check() == ()
    assert fault_of_opening(path) is Fault.WRONG_PASSWORD


def test_a_folder_pulled_away(school_path: Path) -> None:
    school = open_as(school_path)
    school_path.rename(school_path.with_name("Moved.staffdev"))
    with pytest.raises(FileProblem):
        school.do(services.set_priorities, year=2026, texts=["A"])
    school.close()


def test_an_older_key_does_not_open_a_newer_database(school_path: Path) -> None:
    opened = open_with_password(school_path, JANET.name, JANET.password)
    folder = SchoolFolder(school_path)
    swapped = type(opened.keys)(opened.keys.restricted or b"", opened.keys.records)
    opened.close()
    with pytest.raises(Exception, match="not a database"):
        raw_connection(folder.records, folder.restricted, swapped)
