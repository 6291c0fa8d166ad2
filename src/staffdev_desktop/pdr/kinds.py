"""The kinds of review: each is a set of forms (DESIGN sections 4 and 5)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReviewKind:
    """A kind of review: the ids of its sheet and statement, and whether its words stay on paper unless the school says otherwise."""

    id: str
    title: str
    sheet: str
    statement: str
    track_only: bool = False


SUPPORT = "support"
KINDS = {
    kind.id: kind
    for kind in (
        ReviewKind(SUPPORT, "Support staff", "support-self-review", "support-statement"),
        ReviewKind("teacher", "Teachers", "teacher-self-review", "teacher-statement"),
        ReviewKind("leadership", "Leadership", "leadership-self-review", "leadership-statement"),
        ReviewKind("head", "Headteacher", "head-self-review", "head-statement", track_only=True),
        ReviewKind("probation", "Probation", "probation-self-review", "probation-statement"),
        ReviewKind("light", "One-page review", "light-self-review", "light-statement"),
        ReviewKind("governor", "Governors and trustees", "governor-self-review", "governor-statement"),
    )
}
