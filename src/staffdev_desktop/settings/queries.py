"""Reads: the school's own."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, Permission, needs
from staffdev_desktop.attachments.queries import content_by_hash
from staffdev_desktop.formkit import Form
from staffdev_desktop.kernel.years import Closure, Term
from staffdev_desktop.settings.forms import form_of
from staffdev_desktop.settings.models import ClosureRow, ListItem, Priority, SchoolForm, SchoolSettings, StaffGroup, TermRow
from staffdev_desktop.settings.rows import Calendar, FormVersionRow, PriorityRow, SchoolRow, StaffGroupRow, YearDates


@needs(Permission.SEE_SETTINGS)
def school(session: Session, actor: Actor) -> SchoolRow:
    """Name, logo, minimum group, who takes sheets back."""
    found = session.execute(select(SchoolSettings)).scalar_one()
    return SchoolRow(found.id, found.revision, found.name, found.logo_sha256, found.minimum_group, found.return_to)


@needs(Permission.SEE_SETTINGS)
def logo(session: Session, actor: Actor) -> bytes | None:
    """The logo's bytes, if the school has one."""
    return content_by_hash(session, session.execute(select(SchoolSettings.logo_sha256)).scalar_one_or_none())


@needs(Permission.SEE_SETTINGS)
def staff_groups(session: Session, actor: Actor) -> tuple[StaffGroupRow, ...]:
    """Staff groups in the school's order."""
    found = session.execute(select(StaffGroup).order_by(StaffGroup.position, StaffGroup.id)).scalars()
    return tuple(StaffGroupRow(group.id, group.revision, group.name, group.forms) for group in found)


@needs(Permission.SEE_SETTINGS)
def priorities(session: Session, actor: Actor, *, year: int) -> tuple[PriorityRow, ...]:
    """The school's priorities of one academic year."""
    found = session.execute(select(Priority).where(Priority.year == year).order_by(Priority.position)).scalars()
    return tuple(PriorityRow(each.id, each.revision, each.year, each.text) for each in found)


@needs(Permission.SEE_SETTINGS)
def year_dates(session: Session, actor: Actor, *, year: int) -> YearDates:
    """The terms and closures of one academic year, in order."""
    terms, closures = _dates(session, year)
    return YearDates(year, terms, closures)


@needs(Permission.SEE_SETTINGS)
def calendar(session: Session, actor: Actor) -> Calendar:
    """Every term and closure that the school has entered."""
    return Calendar(*_dates(session, None))


def _dates(session: Session, year: int | None) -> tuple[tuple[Term, ...], tuple[Closure, ...]]:
    terms, closures = select(TermRow).order_by(TermRow.begins), select(ClosureRow).order_by(ClosureRow.begins)
    if year is not None:
        terms, closures = terms.where(TermRow.year == year), closures.where(ClosureRow.year == year)
    return (
        tuple(Term(row.begins, row.ends, row.name, row.year) for row in session.execute(terms).scalars()),
        tuple(Closure(row.begins, row.ends, row.name) for row in session.execute(closures).scalars()),
    )


@needs(Permission.SEE_SETTINGS)
def list_items(session: Session, actor: Actor, *, name: str) -> tuple[str, ...]:
    """The entries of one of the school's lists, in its order."""
    found = select(ListItem.text).where(ListItem.list == name).order_by(ListItem.position, ListItem.id)
    return tuple(session.execute(found).scalars())


@needs(Permission.SEE_SETTINGS)
def form_versions(session: Session, actor: Actor, *, form_id: str) -> tuple[FormVersionRow, ...]:
    """The school's own editions of a form, the newest first; the one that ships with the program is version 1."""
    found = session.execute(select(SchoolForm).where(SchoolForm.form_id == form_id).order_by(SchoolForm.version.desc())).scalars()
    return tuple(FormVersionRow(row.form_id, row.version, row.made_at, row.made_by) for row in found)


@needs(Permission.SEE_SETTINGS)
def form(session: Session, actor: Actor, *, form_id: str, version: int | None = None) -> Form:
    """A form in one version, or as it is used for new reviews. Raises UserError if there is none."""
    return form_of(session, form_id, version)
