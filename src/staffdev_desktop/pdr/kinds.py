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
KINDS = {kind.id: kind for kind in (ReviewKind(SUPPORT, "Support staff", "support-self-review", "support-statement"),)}
