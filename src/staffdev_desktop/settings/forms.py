"""Forms as this school has them: its own editions, else the ones that ship. For services and queries of every area."""

import json
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.formkit import Form, form_from_data, shipped_form
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.settings.models import SchoolForm


def form_of(session: Session, form_id: str, version: int | None = None) -> Form:
    """A form in one version, or without one as it is used for new reviews. Raises UserError if the school has no such version."""
    wanted = select(SchoolForm.definition).where(SchoolForm.form_id == form_id).order_by(SchoolForm.version.desc())
    if version is not None:
        wanted = wanted.where(SchoolForm.version == version)
    definition = session.execute(wanted.limit(1)).scalar()
    if definition is not None:
        return _parsed(definition)
    shipped = shipped_form(form_id)
    if version is not None and shipped.version != version:
        raise UserError(f"Version {version} of ‘{shipped.title}’ is not in the school’s file.")
    return shipped


@lru_cache(maxsize=64)
def _parsed(definition: str) -> Form:
    return form_from_data(json.loads(definition))
