"""Writes: the school's own."""

import json
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.rules import media_type_of
from staffdev_desktop.attachments.services import keep
from staffdev_desktop.formkit import Form, form_as_data
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.kernel.years import Closure, Term, usual_terms
from staffdev_desktop.settings.forms import form_of
from staffdev_desktop.settings.models import ClosureRow, ListItem, Priority, SchoolForm, SchoolSettings, StaffGroup, TermRow
from staffdev_desktop.settings.rows import GroupDetails
from staffdev_desktop.settings.rules import FIRST_GROUPS, FIRST_LISTS, check_form, check_minimum_group, check_terms

LONGEST_SCHOOL_NAME = 120


@needs(Permission.CHANGE_SETTINGS, undoable=False)
def begin_school(
    session: Session, actor: Actor, *, name: str, year: int, terms: Sequence[Term] = (), closures: Sequence[Closure] = ()
) -> None:
    """Write what a new school file begins with: its name, terms, the usual staff groups and lists. Raises UserError."""
    session.add(SchoolSettings(name=_school_name(name), return_to=actor.name))
    for position, (group, forms) in enumerate(FIRST_GROUPS):
        session.add(StaffGroup(name=group, position=position, forms=forms))
    for list_name, items in FIRST_LISTS.items():
        session.add_all(ListItem(list=list_name, text=text, position=position) for position, text in enumerate(items))
    set_year_dates(session, actor, year=year, terms=terms or usual_terms(year), closures=closures)


@needs(Permission.CHANGE_SETTINGS)
def change_school(session: Session, actor: Actor, *, revision: int, name: str, minimum_group: int, return_to: str) -> None:
    """Change name, minimum group and who takes sheets back. Raises UserError, Conflict."""
    row = _settings(session, revision)
    check_minimum_group(minimum_group)
    row.name, row.minimum_group, row.return_to = _school_name(name), minimum_group, return_to.strip()


@needs(Permission.CHANGE_SETTINGS)
def change_logo(session: Session, actor: Actor, *, revision: int, name: str, content: bytes | None) -> None:
    """Set or remove the logo, a PNG or JPEG. Papers that are frozen keep theirs. Raises UserError, Conflict."""
    row = _settings(session, revision)
    if content is not None and media_type_of(content) not in ("image/png", "image/jpeg"):
        raise UserError(f"‘{name}’ is not a PNG or JPEG picture.", field="logo")
    row.logo_sha256 = None if content is None else keep(session, name=name, content=content).sha256


@needs(Permission.CHANGE_SETTINGS)
def set_year_dates(session: Session, actor: Actor, *, year: int, terms: Sequence[Term], closures: Sequence[Closure]) -> None:
    """Replace the terms and closures of one academic year. Raises UserError."""
    check_terms(year, terms, closures)
    for model in (TermRow, ClosureRow):
        for row in session.execute(select(model).where(model.year == year)).scalars():
            session.delete(row)
    session.add_all(TermRow(year=year, name=term.name, begins=term.begins, ends=term.ends) for term in terms)
    session.add_all(ClosureRow(year=year, name=each.name, begins=each.begins, ends=each.ends) for each in closures)


@needs(Permission.CHANGE_SETTINGS)
def set_staff_groups(session: Session, actor: Actor, *, groups: Sequence[GroupDetails]) -> None:
    """Put the staff groups in this order. Groups that are left out are removed. Reviews that are made keep the kind they have.

    Raises UserError for an empty or double name, or a group that people are in.
    """
    names = [group.name.strip() for group in groups]
    if not all(names):
        raise UserError("Every staff group needs a name.", field="groups")
    if len({name.casefold() for name in names}) < len(names):
        raise UserError("Two staff groups have the same name.", field="groups")
    known = {group.id: group for group in session.execute(select(StaffGroup)).scalars()}
    _remove_groups(session, [known.pop(group_id) for group_id in known.keys() - {group.id for group in groups}])
    taken = {group.name: group.id for group in known.values()}
    for position, (said, name) in enumerate(zip(groups, names, strict=True)):
        if taken.get(name, said.id) != said.id:
            raise UserError(f"‘{name}’ is still the name of another group. Give that one its new name and save first.", field="groups")
        group = known.get(said.id) if said.id is not None else None
        if group is None:
            session.add(StaffGroup(name=name, position=position, forms=said.forms))
        else:
            group.name, group.position, group.forms = name, position, said.forms


def _remove_groups(session: Session, groups: Sequence[StaffGroup]) -> None:
    """Delete groups before others take their names. Who is in a group is known above this area; here the database says so."""
    for group in groups:
        name = group.name
        session.delete(group)
        try:
            session.flush()
        except IntegrityError as error:
            raise UserError(f"There are people in ‘{name}’. Put them in another group on the Staff tab first.", field="groups") from error


@needs(Permission.CHANGE_SETTINGS)
def set_priorities(session: Session, actor: Actor, *, year: int, texts: Sequence[str]) -> None:
    """Write the school's priorities of one academic year, in this order; empty ones are left out."""
    for row in session.execute(select(Priority).where(Priority.year == year)).scalars():
        session.delete(row)
    kept = [text.strip() for text in texts if text.strip()]
    session.add_all(Priority(year=year, position=position, text=text) for position, text in enumerate(kept))


def _settings(session: Session, revision: int) -> SchoolSettings:
    row = session.execute(select(SchoolSettings)).scalar_one()
    if row.revision != revision:
        raise Conflict
    return row


def _school_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError("Write the school’s name.", field="name")
    if len(name) > LONGEST_SCHOOL_NAME:
        raise UserError(f"The school’s name has {len(name)} characters. Use {LONGEST_SCHOOL_NAME} or fewer.", field="name")
    return name


@needs(Permission.CHANGE_SETTINGS)
def save_form(session: Session, actor: Actor, *, form: Form) -> int:
    """Keep the school's own edition of a form as a new version, for reviews that are made from now on. Returns the version.

    Raises UserError if the form has lost what it cannot do without.
    """
    newest = form_of(session, form.id)
    edition = replace(form, version=newest.version + 1)
    check_form(edition, newest)
    definition = json.dumps(form_as_data(edition), ensure_ascii=False, sort_keys=True)
    session.add(SchoolForm(form_id=form.id, version=edition.version, definition=definition, made_at=clock.now(), made_by=actor.name))
    return edition.version
