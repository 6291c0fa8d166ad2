"""Migrations: a new file is what the models say; a step takes place whole, loses no row, and leaves a backup behind (DESIGN section 3)."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.cpd import models as _cpd  # noqa: F401 - so that the metadata knows its tables
from staffdev_desktop.kernel.errors import Fault
from staffdev_desktop.schoolfile import migrations
from staffdev_desktop.schoolfile.backup import SUFFIX, read_backup, restore
from staffdev_desktop.schoolfile.base import RESTRICTED, Base
from staffdev_desktop.schoolfile.database import open_engine
from staffdev_desktop.schoolfile.migrations import OrphansLeft, version_of
from staffdev_desktop.staff.models import Employment, Person
from staffdev_desktop.succession import models as _succession  # noqa: F401 - the same

from .helpers import JANET, REVIEWER, bytes_of, fault_of_opening, open_as

Step = Callable[[Operations], None]


@needs(Permission.CHANGE_STAFF)
def add_people(session: Any, actor: Actor) -> None:
    """Parents with children, so that a step that loses rows is seen."""
    for number in range(20):
        person = Person(surname=f"Person {number}", staff_number=str(number))
        session.add(person)
        session.flush()
        session.add(Employment(person_id=person.id, starts_on=None, ends_on=None))


@pytest.fixture
def old_file(school_path: Path) -> Path:
    """A school file with people in it, from before the step that a test is about to land."""
    with open_as(school_path) as school:
        school.do(add_people)
        school.add_key_holder(REVIEWER)
    return school_path


@pytest.fixture
def land(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Step], None]:
    """Make a function the newest step of a schema."""

    def landing(schema: str, step: Step) -> None:
        name = f"m{len(migrations.STEPS[schema]) + 1:04}_landed_{schema}"
        module = ModuleType(name)
        module.upgrade = step  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, f"{migrations.__name__}.{name}", module)
        monkeypatch.setitem(migrations.STEPS, schema, (*migrations.STEPS[schema], name))

    return landing


def remake_person(op: Operations) -> None:
    """The dangerous kind: SQLite drops the table and makes it again."""
    with op.batch_alter_table("person", recreate="always") as batch:
        batch.add_column(sa.Column("shoe_size", sa.Integer(), nullable=True))


def half_and_fail(op: Operations) -> None:
    remake_person(op)
    op.create_table("half_made", sa.Column("id", sa.Integer(), primary_key=True))
    raise RuntimeError("the power of bugs")


def lose_people(op: Operations) -> None:
    op.execute("DELETE FROM person WHERE id < 5")


def counts(path: Path, holder: Any = JANET) -> dict[str, int]:
    with open_as(path, holder) as school:
        connection = school._opened.connection
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_a_new_file_is_what_the_models_say(school_path: Path) -> None:
    with open_as(school_path) as school, open_engine(school._opened.connection).connect() as bound:
        context = MigrationContext.configure(
            bound,
            opts={
                "include_schemas": True,
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, kind, parents: kind != "schema" or name in (None, RESTRICTED),
            },
        )
        assert compare_metadata(context, Base.metadata) == []
        found = {(schema, name) for schema in (None, RESTRICTED) for name in sa.inspect(bound).get_table_names(schema=schema)}
    assert found == {(table.schema, table.name) for table in Base.metadata.tables.values()}


def test_every_version_is_counted_in_the_database(school_path: Path) -> None:
    with open_as(school_path) as school:
        for schema in ("main", RESTRICTED):
            assert version_of(school._opened.connection, schema) == migrations.newest(schema) == len(migrations.STEPS[schema])


def test_a_step_keeps_every_row_and_leaves_a_backup(old_file: Path, land: Callable[[str, Step], None], tmp_path: Path) -> None:
    before = counts(old_file)
    land("main", remake_person)
    assert counts(old_file) == before
    with open_as(old_file) as school:
        connection = school._opened.connection
        assert version_of(connection, "main") == migrations.newest("main")
        assert "shoe_size" in {row[1] for row in connection.execute("PRAGMA table_info(person)")}
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM employment").fetchone() == (20,)
        assert school.check() == ()
    (backup,) = tmp_path.glob(f"*before update{SUFFIX}")
    read_backup(backup)
    restore(backup, tmp_path / "Old.staffdev")
    assert counts(tmp_path / "Old.staffdev") == before


@pytest.mark.parametrize(("step", "error"), [(half_and_fail, RuntimeError), (lose_people, OrphansLeft)])
def test_a_step_that_fails_changes_nothing(
    old_file: Path, land: Callable[[str, Step], None], monkeypatch: pytest.MonkeyPatch, step: Step, error: type[Exception]
) -> None:
    before = bytes_of(old_file)
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "STEPS", dict(migrations.STEPS))
        land("main", step)
        with pytest.raises(error):
            open_as(old_file)
    monkeypatch.undo()
    assert {name: content for name, content in bytes_of(old_file).items() if name != "records.db"} == {
        name: content for name, content in before.items() if name != "records.db"
    }
    with open_as(old_file) as school:
        connection = school._opened.connection
        assert version_of(connection, "main") == migrations.newest("main")
        assert connection.execute("SELECT name FROM sqlite_master WHERE name='half_made'").fetchone() is None
        assert "shoe_size" not in {row[1] for row in connection.execute("PRAGMA table_info(person)")}
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (20,)
        assert school.check() == ()


def test_a_damaged_file_is_not_migrated(old_file: Path, land: Callable[[str, Step], None], tmp_path: Path) -> None:
    records = old_file / "records.db"
    content = bytearray(records.read_bytes())
    content[-3000] ^= 1
    records.write_bytes(content)
    land("main", remake_person)
    before = bytes_of(old_file)
    assert fault_of_opening(old_file) is Fault.DAMAGED
    assert bytes_of(old_file) == before
    assert not list(tmp_path.glob(f"*{SUFFIX}"))


def test_each_database_migrates_when_somebody_with_its_key_opens_it(old_file: Path, land: Callable[[str, Step], None]) -> None:
    def grow(op: Operations) -> None:
        op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True), schema=RESTRICTED)

    land("main", remake_person)
    land(RESTRICTED, grow)
    with open_as(old_file, REVIEWER) as school:
        assert version_of(school._opened.connection, "main") == migrations.newest("main")
    with open_as(old_file) as school:
        assert version_of(school._opened.connection, RESTRICTED) == migrations.newest(RESTRICTED)
        assert school._opened.connection.execute("SELECT count(*) FROM restricted.later").fetchone() == (0,)
        assert school.check() == ()


def test_nothing_of_alembic_is_loaded_for_a_file_that_is_up_to_date(school_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from staffdev_desktop.school import School;"
        "School.open(Path(sys.argv[1]), name=sys.argv[2], password=sys.argv[3]).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(school_path), JANET.name, JANET.password], check=False)
    assert done.returncode == 0
