"""Numbered steps forward, one plain function each, over alembic's operations (DESIGN section 3, Migrations).

A step never names a mapped class. A new file is made by the same steps as an old one. `check` compares each row with its last line
in the record of changes, on the columns that both know: a step may add and drop columns, but one that rewrites what a row says has to
write that row's line, too. Each step that lands gets an old file (tests/schoolfiles).
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from staffdev_desktop.schoolfile.base import RESTRICTED

STEPS: dict[str, tuple[str, ...]] = {
    "main": ("m0001_records", "m0002_cpd"),
    RESTRICTED: ("m0001_restricted",),
}


class OrphansLeft(Exception):
    """A step left rows that point at nothing; it was rolled back."""


def newest(schema: str) -> int:
    """The version that this program writes."""
    return len(STEPS[schema])


def version_of(connection: Any, schema: str) -> int:
    """The version that a database has. `connection` is a DBAPI connection."""
    return int(connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0])


def is_due(connection: Any, schemas: tuple[str, ...]) -> bool:
    """Whether any of the open databases is older than this program."""
    return any(version_of(connection, schema) < newest(schema) for schema in schemas)


def is_too_new(connection: Any, schemas: tuple[str, ...]) -> bool:
    """Whether any of the open databases was written by a newer program."""
    return any(version_of(connection, schema) > newest(schema) for schema in schemas)


def migrate(connection: Any, schemas: tuple[str, ...]) -> None:
    """Bring the open databases up to date, each in one transaction. `connection` is a DBAPI connection.

    Raises OrphansLeft, and leaves the database as it was, if a step lost the row that another points to.
    """
    for schema in schemas:
        if version_of(connection, schema) < newest(schema):
            _migrate_schema(connection, schema)


def _migrate_schema(connection: Any, schema: str) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    from staffdev_desktop.schoolfile.database import open_engine

    # With foreign keys on, batch mode drops a table and silently takes its child rows with it.
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        engine = open_engine(connection)
        with engine.connect() as bound, bound.begin():
            operations = Operations(MigrationContext.configure(bound))
            for number in range(version_of(connection, schema), newest(schema)):
                step: Callable[[Operations], None] = import_module(f"{__name__}.{STEPS[schema][number]}").upgrade
                step(operations)
            if bound.exec_driver_sql(f"PRAGMA {schema}.foreign_key_check").fetchone() is not None:
                raise OrphansLeft(schema)
            bound.exec_driver_sql(f"PRAGMA {schema}.user_version={newest(schema)}")
    finally:
        connection.execute("PRAGMA foreign_keys=ON")
