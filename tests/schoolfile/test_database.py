"""What keeps the databases safe: settings of both schemas, keys that show nowhere, no word outside the encrypted pages."""

import logging
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import OperationalError as SqlError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.kernel.errors import Fault
from staffdev_desktop.schoolfile import database
from staffdev_desktop.schoolfile.backup import SUFFIX
from staffdev_desktop.schoolfile.database import DurabilityNotSet, database_problem, raw_connection, scratch_connection
from staffdev_desktop.schoolfile.folder import SchoolFolder
from staffdev_desktop.schoolfile.slots import Keys, new_keys
from staffdev_desktop.settings import services
from staffdev_desktop.settings.models import StaffGroup

from .helpers import HEAD, JANET, open_as

CANARIES = ("Zwillingskranich", "Ölbaumschnäpper", "quetzalcoatlus@example.org")


def test_both_schemas_are_durable_and_it_is_read_back(school_path: Path) -> None:
    with open_as(school_path) as school:
        connection = school._opened.connection
        for schema in ("main", "restricted"):
            said = {name: connection.execute(f"PRAGMA {schema}.{name}").fetchone()[0] for name in database.DURABILITY}
            assert said == {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1}
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA temp_store").fetchone() == (2,)


def test_an_attached_schema_does_not_inherit_durability(tmp_path: Path) -> None:
    """Why each is set on its own: without that, SQLite's default stands, which a power cut has been seen to lose from."""
    keys = new_keys()
    for name, key in (("a.db", keys.records), ("b.db", keys.restricted)):
        scratch = scratch_connection(tmp_path / name, key or b"")
        scratch.execute("CREATE TABLE t (x)")
        scratch.close()
    connection = raw_connection(tmp_path / "a.db", None, keys)
    connection.execute("ATTACH DATABASE ? AS restricted KEY ?", (str(tmp_path / "b.db"), f"x'{(keys.restricted or b'').hex()}'"))
    assert connection.execute("PRAGMA main.synchronous").fetchone() == (3,)
    assert connection.execute("PRAGMA restricted.synchronous").fetchone() == (2,)
    connection.close()


def test_a_file_that_another_tool_put_into_wal_is_put_right(school_path: Path) -> None:
    with open_as(school_path) as school:
        for schema in ("main", "restricted"):
            assert school._opened.connection.execute(f"PRAGMA {schema}.journal_mode=WAL").fetchone() == ("wal",)
    with open_as(school_path) as school:
        for schema in ("main", "restricted"):
            assert school._opened.connection.execute(f"PRAGMA {schema}.journal_mode").fetchone() == ("delete",)
        assert school.check() == ()
    assert not list(school_path.glob("*-wal"))


def test_a_setting_that_is_not_taken_is_no_small_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(database.DURABILITY, "data_version", 99)  # nobody can set it
    with pytest.raises(DurabilityNotSet, match=r"main.data_version is"):
        raw_connection(tmp_path / "a.db", None, new_keys())


@needs(Permission.CHANGE_SETTINGS)
def add_one_group_twice(session: Session, actor: Actor, *, name: str) -> None:
    session.add_all(StaffGroup(name=name, position=place) for place in (90, 91))


def test_keys_and_passwords_show_nowhere(school_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    with open_as(school_path) as school:
        opened = school._opened
        school.add_key_holder(HEAD)
        school.do(services.set_priorities, year=2026, texts=list(CANARIES))
        code = school.new_recovery_code()
        with pytest.raises(IntegrityError) as raised:
            school.do(add_one_group_twice, name=CANARIES[0])
        with pytest.raises(dbapi2.DatabaseError, match="not a database") as refused:
            raw_connection(SchoolFolder(school_path).records, None, Keys(b"k" * 32, None))
        shown = [
            repr(opened),
            repr(opened.keys),
            repr(opened.slot),
            repr(JANET),
            str(raised.value),
            repr(raised.value),
            repr(refused.value),
        ]
        shown += [caplog.text, *capfd.readouterr()]
        assert opened.keys.restricted is not None
        secrets = [opened.keys.records, opened.keys.restricted]
    hidden = [form for key in secrets for form in (key.hex(), key.hex().upper(), repr(key)[2:-1])]
    for secret in (*hidden, JANET.password, HEAD.password, code, *CANARIES, (b"k" * 32).hex()):
        assert not [text for text in shown if secret in text], secret


@pytest.mark.parametrize("said", ["UNIQUE constraint failed: statement.locked_at", "no such column: busy", "near full: syntax error"])
def test_a_bug_of_ours_is_not_taken_for_a_fault_of_the_disk(tmp_path: Path, said: str) -> None:
    error = SqlError("UPDATE x SET locked_at = 'disk I/O error'", (), dbapi2.OperationalError(said))
    error.__cause__ = dbapi2.OperationalError(said)
    assert database_problem(error, SchoolFolder(tmp_path)) is None
    error.__cause__ = dbapi2.OperationalError("disk I/O error")
    problem = database_problem(error, SchoolFolder(tmp_path))
    assert problem is not None
    assert problem.fault is Fault.NO_ACCESS


SESSION = """
import os, signal, sys, threading, time
from pathlib import Path
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.settings import queries, services
path, name, password, *canaries = sys.argv[1:]
school = School.open(Path(path), name=name, password=password)
for canary in canaries:
    row = school.read(queries.school)
    school.do(services.change_school, revision=row.revision, name=canary, minimum_group=5, return_to=canary)
    school.do(services.set_priorities, year=2026, texts=[f"{canary} {number} " * 40 for number in range(200)])
school.undo()
school.add_key_holder(KeyHolder("Owen Parry", "Headteacher", canaries[0]))
school.back_up(Path(path).parent / "backups" / "b.staffdev-backup")
try:
    school.do(services.change_school, revision=0, name=canaries[0], minimum_group=1, return_to="")
except Exception:
    pass
connection = school._opened.connection
connection.execute("PRAGMA cache_size=5")  # so that a large change spills to the disk before it is committed
connection.execute("BEGIN IMMEDIATE")
for number in range(300):
    connection.execute("INSERT INTO priority (year, position, text, revision) VALUES (1, ?, ?, 1)", (number, " ".join(canaries) * 40))
connection.execute("SELECT text FROM priority ORDER BY text || position").fetchall()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_word_lies_outside_the_encrypted_pages_even_after_a_crash(school_path: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "tmp").mkdir(parents=True)
    places = {name: str(home) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    places |= {name: str(home / "tmp") for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR")}
    command = [sys.executable, "-c", SESSION, str(school_path), JANET.name, JANET.password, *CANARIES]
    before = set(Path(tempfile.gettempdir()).glob("staffdev*"))
    done = subprocess.run(command, env=os.environ | places, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()
    assert set(Path(tempfile.gettempdir()).glob("staffdev*")) == before
    assert (school_path / "records.db-journal").exists()  # it did crash in the middle of a change
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 6
    for content in [done.stdout, done.stderr, *(path.read_bytes() for path in files), *(str(path).encode() for path in files)]:
        for canary in CANARIES:
            for coding in ("utf-8", "utf-16-le", "latin-1"):
                assert canary.encode(coding) not in content
    with open_as(school_path) as school:
        assert school.check() == ()
        found = school._opened.connection.execute("SELECT count(*) FROM change WHERE after LIKE ?", (f"%{CANARIES[1]}%",)).fetchone()[0]
    assert found > 200
    assert (tmp_path / "backups" / f"b{SUFFIX}").exists()
