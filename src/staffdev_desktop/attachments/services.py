"""Writes: keep a file. Called by the services of the areas, which carry the permission."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.attachments.models import Attachment
from staffdev_desktop.attachments.rules import check_attachment
from staffdev_desktop.kernel import clock


def keep(session: Session, *, name: str, content: bytes) -> Attachment:
    """Keep a file and return its row; the same bytes are kept once. Raises UserError."""
    media_type = check_attachment(name, content)
    digest = hashlib.sha256(content).hexdigest()
    known = session.execute(select(Attachment).where(Attachment.sha256 == digest)).scalar()
    if known is not None:
        return known
    kept = Attachment(name=name, media_type=media_type, size=len(content), sha256=digest, added_at=clock.now(), content=content)
    session.add(kept)
    session.flush()
    return kept
