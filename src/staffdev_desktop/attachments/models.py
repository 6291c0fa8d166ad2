"""The table of attachments."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from staffdev_desktop.schoolfile.base import Base


class Attachment(Base):
    """One file: at most 20 MB, never changed, found again by its SHA-256."""

    __tablename__ = "attachment"

    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    added_at: Mapped[datetime]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
