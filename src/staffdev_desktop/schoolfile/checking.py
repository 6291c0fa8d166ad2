"""Is the file sound? Every page's seal, every index, every link."""

from typing import Any

from sqlcipher3 import dbapi2


def database_problems(connection: Any, schemas: tuple[str, ...]) -> tuple[str, ...]:
    """What is wrong with the open databases, in plain words; nothing if they are sound. `connection` is a DBAPI connection."""
    found: list[str] = []
    for schema in schemas:
        name = "records" if schema == "main" else schema
        try:
            if connection.execute(f"PRAGMA {schema}.cipher_integrity_check").fetchall():
                found.append(f"{name}: bytes were changed or lost on the disk.")
                continue
            if connection.execute(f"PRAGMA {schema}.integrity_check").fetchall() != [("ok",)]:
                found.append(f"{name}: the database does not hang together.")
                continue
            orphans = connection.execute(f"PRAGMA {schema}.foreign_key_check").fetchall()
            found += [f"{name}: a row of {orphan[0]} points at nothing." for orphan in orphans]
        except dbapi2.DatabaseError:
            found.append(f"{name}: cannot be read.")
    return tuple(found)
