"""Reads: a file's bytes. Called by the queries of the areas, which carry the permission."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.attachments.models import Attachment


def content_by_hash(session: Session, sha256: str | None) -> bytes | None:
    """The bytes of the file with this SHA-256, or None."""
    if not sha256:
        return None
    return session.execute(select(Attachment.content).where(Attachment.sha256 == sha256)).scalar()
