"""What every table of both databases is built on."""

from contextvars import ContextVar
from typing import Any, ClassVar, cast

from sqlalchemy import MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

RESTRICTED = "restricted"  # the schema name of the second database


class Base(DeclarativeBase):
    """Typed tables with constraint names that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {str: Text()}

    id: Mapped[int] = mapped_column(primary_key=True)


# What the revision of a new row is; undo sets it for a row that comes back, so that no older copy of it can be saved over it.
first_revision: ContextVar[int] = ContextVar("first_revision", default=1)


def _next_revision(current: int | None) -> int:
    return first_revision.get() if current is None else current + 1


class Revised:
    """A row that people edit: `revision` grows with each change, and an older one is never saved over a newer."""

    revision: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        return {"version_id_col": cls.revision, "version_id_generator": _next_revision}


def mapped_tables() -> dict[str, tuple[type[Base], Table]]:
    """Each mapped class with its table, by the table's name, in order."""
    mappers = sorted(Base.registry.mappers, key=lambda mapper: cast(Table, mapper.local_table).name)
    return {cast(Table, mapper.local_table).name: (mapper.class_, cast(Table, mapper.local_table)) for mapper in mappers}


class FileIdentity(Base):
    """Which school file this database belongs to: one row."""

    __tablename__ = "file_identity"

    file_id: Mapped[str] = mapped_column(String(32))


class RestrictedIdentity(Base):
    """The same in the restricted database, so that two files can never be mixed up: one row."""

    __tablename__ = "restricted_identity"
    __table_args__ = ({"schema": RESTRICTED},)

    file_id: Mapped[str] = mapped_column(String(32))
