"""The connection: SQLCipher through SQLAlchemy, with durability set per schema and read back (DESIGN section 3)."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from staffdev_desktop.kernel.errors import Fault, FileProblem
from staffdev_desktop.schoolfile.base import RESTRICTED
from staffdev_desktop.schoolfile.folder import SchoolFolder, damaged
from staffdev_desktop.schoolfile.slots import Keys

BUSY_SECONDS = 5
# journal_mode=DELETE with synchronous=EXTRA lost nothing in simulated power cuts (research/reliability.md); an attached
# schema does not inherit either, so each is set on its own.
DURABILITY = {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1}


class DurabilityNotSet(Exception):
    """The database did not take a setting that keeps it safe."""


def raw_connection(records: Path, restricted: Path | None, keys: Keys) -> Any:
    """A DBAPI connection with both databases that the keys open. Keys never appear in a URL or a log.

    Raises sqlcipher3's DatabaseError if a key does not fit or the file is damaged.
    """
    connection = _keyed(records, keys.records)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        schemas = ["main"]
        if restricted is not None and keys.restricted is not None:
            connection.execute("ATTACH DATABASE ? AS restricted KEY ?", (str(restricted), f"x'{keys.restricted.hex()}'"))
            connection.execute("SELECT count(*) FROM restricted.sqlite_master").fetchone()
            schemas.append(RESTRICTED)
        for schema in schemas:
            _make_durable(connection, schema)
        connection.execute("PRAGMA foreign_keys=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def scratch_connection(path: Path, key: bytes) -> Any:
    """A connection to a new encrypted database that only a crash would leave unfinished: not durable, and fast."""
    connection = _keyed(path, key)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    return connection


def _keyed(path: Path, key: bytes) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS)
    connection.execute("PRAGMA cipher_log_level=NONE")  # a wrong key would print to stderr
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    connection.execute("PRAGMA temp_store=MEMORY")
    return connection


def _make_durable(connection: Any, schema: str) -> None:
    for pragma, wanted in DURABILITY.items():
        if connection.execute(f"PRAGMA {schema}.{pragma}").fetchone()[0] != wanted:
            connection.execute(f"PRAGMA {schema}.{pragma}={wanted}")
        if (found := connection.execute(f"PRAGMA {schema}.{pragma}").fetchone()[0]) != wanted:
            raise DurabilityNotSet(f"{schema}.{pragma} is {found}")


def open_engine(connection: Any) -> Engine:
    """An engine over one connection, usable from any thread under the caller's lock.

    Transactions are begun by us: the driver's own are not atomic for DDL. A plain BEGIN, also for a write: this connection is the only
    writer, and BEGIN IMMEDIATE would begin a write in both databases. SQLite then ties their journals together by absolute path, and a
    folder that was moved after a power cut could not be mended (tests/faults).
    """
    engine = create_engine("sqlite+pysqlite://", module=dbapi2, creator=lambda: connection, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def database_problem(error: BaseException, folder: SchoolFolder) -> FileProblem | None:
    """The fault of the disk that an error of the database, bare or wrapped, stands for; None if it is something else.

    Looks behind the error, too: alembic clears up after a failed write, and fails once more at that.
    """
    behind: BaseException | None = error
    while behind is not None:
        if isinstance(behind, dbapi2.DatabaseError) and (problem := _problem_of(str(behind), folder)):
            return problem
        behind = behind.__cause__ or behind.__context__
    return None


def _problem_of(said: str, folder: SchoolFolder) -> FileProblem | None:
    """By SQLite's own words, whole: names of tables and columns may stand in a message, too."""
    if said == "database or disk is full":
        return FileProblem(Fault.DISK_FULL, "There is no room left on the disk.", "Free some space, then try again. Nothing was lost.")
    if said == "attempt to write a readonly database":
        return FileProblem(Fault.READ_ONLY, "The school file cannot be written to.", "Check the disk, then try again.")
    if said in ("disk I/O error", "database is locked", "unable to open database file"):
        return FileProblem(Fault.NO_ACCESS, "The disk did not take the change.", "Try again; if it happens twice, check the disk.")
    if said.startswith(("database disk image is malformed", "malformed database schema", "file is not a database")):
        return damaged(folder)
    return None
