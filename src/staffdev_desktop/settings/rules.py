"""What a school begins with, and what its dates must be. Pure."""

from collections.abc import Sequence
from itertools import pairwise

from staffdev_desktop.formkit import Form
from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import Closure, Term, year_label

# Kinds of work that the seeds name (002: administration, finance, HR, IT, estates, student support; 000: midday, kitchen, TAs).
FIRST_GROUPS = (
    ("Leadership", "leadership"),
    ("Teachers", "teacher"),
    ("Teaching assistants", "support"),
    ("Office and finance", "support"),
    ("Pastoral", "support"),
    ("Site", "support"),
    ("Midday and kitchen", "support"),
)
FIRST_LISTS = {
    "leaving reason": ("New post", "Retirement", "End of contract", "Moved away", "Study", "Other"),
    "filled how": ("From inside", "From outside", "Acting", "Secondment"),
}
SMALLEST_GROUP = 2
LARGEST_GROUP = 20


def check_terms(year: int, terms: Sequence[Term], closures: Sequence[Closure]) -> None:
    """Raises UserError if terms overlap, end before they begin, or lie outside their year."""
    for begins, ends, name in [(each.begins, each.ends, each.name) for each in terms] + [
        (each.begins, each.ends, each.name) for each in closures
    ]:
        if ends < begins:
            raise UserError(f"{name} ends before it begins.", field="terms")
    ordered = sorted(terms)
    for before, after in pairwise(ordered):
        if after.begins <= before.ends:
            raise UserError(f"{after.name} begins on {long_day(after.begins)}, before {before.name} has ended.", field="terms")
    for term in ordered:
        if not year <= term.begins.year <= year + 1 or not year <= term.ends.year <= year + 1:
            raise UserError(f"{term.name} is not in the academic year {year_label(year)}.", field="terms")


def check_minimum_group(size: int) -> None:
    """Raises UserError for a minimum group that would show a person, or nobody."""
    if not SMALLEST_GROUP <= size <= LARGEST_GROUP:
        raise UserError(f"Use a number from {SMALLEST_GROUP} to {LARGEST_GROUP}.", field="minimum_group")


CORE_KINDS = ("outcomes", "targets", "comments", "agreement", "signatures")


def check_form(form: Form, before: Form) -> None:
    """Raises UserError if an edition has lost what reviews are built on, or is a form for something else."""
    if form.purpose != before.purpose:
        raise UserError("A form cannot become a form for something else. Copy the other one instead.", field="purpose")
    for kind in CORE_KINDS:
        if before.fields_of(kind) and not form.fields_of(kind):
            raise UserError(f"‘{form.title}’ needs its {kind}: papers and next year’s review are built on them.", field=kind)
