"""Who may do what. Each service and query carries one mark; one without a mark fails a test (DESIGN section 2, The one door)."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Role(StrEnum):
    """What a user is in the school; the words shown on screen."""

    BUSINESS_MANAGER = "School business manager"
    HEAD = "Headteacher"
    TEACHING_TEAM = "Teaching and learning team"
    REVIEWER = "Reviewer"


class Permission(StrEnum):
    """What can be allowed."""

    SEE_STAFF = "see staff"
    CHANGE_STAFF = "change staff"
    SEE_REVIEWS = "see reviews"  # a scope says which
    HOLD_REVIEW = "hold a review"  # write in one that the scope shows
    RUN_CYCLE = "run a cycle"
    SEE_PRIVATE_REASONS = "see private reasons"
    CHANGE_SETTINGS = "change settings"
    SEE_SETTINGS = "see settings"
    MANAGE_USERS = "manage users"
    SEE_CHANGES = "see changes"
    SEE_CPD = "see CPD"  # a scope says whose
    KEEP_CPD = "keep CPD"  # write in the logs that the scope shows
    CHECK_CPD = "check CPD"  # quality assurance, never of one's own
    SEE_ALL_CPD = "see everybody’s CPD"
    RUN_CPD = "run CPD"  # what the school offers, owes and requires
    SEE_SUCCESSION = "see succession"  # and the key of the restricted database, without which nothing is there to see


_EVERYTHING = frozenset(Permission)
_CPD_OF_THEIRS = frozenset({Permission.SEE_CPD, Permission.KEEP_CPD, Permission.CHECK_CPD})
ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.BUSINESS_MANAGER: _EVERYTHING,
    Role.HEAD: _EVERYTHING,
    Role.TEACHING_TEAM: _CPD_OF_THEIRS | {Permission.SEE_ALL_CPD, Permission.SEE_SETTINGS},
    Role.REVIEWER: _CPD_OF_THEIRS | {Permission.SEE_REVIEWS, Permission.HOLD_REVIEW, Permission.SEE_SETTINGS},
}
RESTRICTED_ROLES = frozenset({Role.BUSINESS_MANAGER, Role.HEAD})  # may hold the key of the succession database (DESIGN section 3)


@dataclass(frozen=True)
class Actor:
    """Who asks. `user_id` is None only before the first user is written."""

    user_id: int | None
    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Whether this role has the permission."""
        return permission in ALLOWED[self.role]

    @property
    def sees_all_reviews(self) -> bool:
        """Whether no scope narrows what this actor sees."""
        return self.may(Permission.RUN_CYCLE)


class NotAllowed(Exception):
    """The role may not do this. A screen that offers it has a fault, so this is a bug and no message to a user."""


@dataclass(frozen=True)
class Mark:
    """What `needs` writes on a service or query."""

    permission: Permission
    undoable: bool
    meeting: bool


def needs(
    permission: Permission, *, undoable: bool = True, meeting: bool = False
) -> Callable[[Callable[Concatenate[Any, Actor, P], R]], Callable[Concatenate[Any, Actor, P], R]]:
    """Mark a service or query `(session, actor, *, ...)` with what it needs.

    `undoable=False`: agreeing, printing and key changes are superseded, never undone. `meeting=True`: it takes a `review_id`
    and also answers through the door of a handed-over review (`School.only_review`).
    """

    def mark(function: Callable[Concatenate[Any, Actor, P], R]) -> Callable[Concatenate[Any, Actor, P], R]:
        @functools.wraps(function)
        def guarded(session: Any, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.may(permission):
                raise NotAllowed(f"{actor.role} may not {permission}")
            return function(session, actor, *args, **kwargs)

        guarded.mark = Mark(permission, undoable, meeting)  # type: ignore[attr-defined]
        return guarded

    return mark


def mark_of(function: Callable[..., Any]) -> Mark:
    """The mark on a service or query. Raises NotAllowed if it has none: nothing unmarked passes the door."""
    mark = getattr(function, "mark", None)
    if not isinstance(mark, Mark):
        raise NotAllowed(f"{getattr(function, '__qualname__', function)} carries no permission")
    return mark
