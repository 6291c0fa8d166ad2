"""Role by operation: every service and query of the program, tried as every role (DESIGN section 2, The one door)."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import staffdev_desktop
from staffdev_desktop.accounts.permissions import Actor, Mark, NotAllowed, Permission, Role, mark_of, needs

# What each role may do, said a second time and apart from the program's own table.
CPD_OF_THEIRS = {"see CPD", "keep CPD", "check CPD"}
REVIEWER_MAY = {"see reviews", "hold a review", "see settings"} | CPD_OF_THEIRS
MAY = {
    "School business manager": {str(permission) for permission in Permission},
    "Headteacher": {str(permission) for permission in Permission},
    "Teaching and learning team": CPD_OF_THEIRS | {"see everybody’s CPD", "see settings"},
    "Reviewer": REVIEWER_MAY,
}


WITHOUT_MARKS = {"__main__", "app", "commands", "ui", "schoolfile"}


def operations() -> Iterator[tuple[str, Callable[..., Any], Mark]]:
    """Everything in the program that carries a mark, wherever it is defined."""
    seen = set()
    for found in pkgutil.walk_packages(staffdev_desktop.__path__, "staffdev_desktop."):
        if found.name.split(".")[1] in WITHOUT_MARKS:
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            mark = getattr(value, "mark", None)
            if isinstance(mark, Mark) and value.__module__ == found.name and value not in seen:
                seen.add(value)
                yield f"{found.name.removeprefix('staffdev_desktop.')}.{name}", value, mark


OPERATIONS = list(operations())


def test_the_matrix_is_over_the_whole_program() -> None:
    names = {name for name, _, _ in OPERATIONS}
    assert {"settings.services.change_school", "accounts.queries.users", "pdr.services.words.save_answer"} <= names
    assert "staff.taking_in.take_in_staff_list" in names
    assert {str(role) for role in Role} == set(MAY)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("function", "mark"), [(function, mark) for _, function, mark in OPERATIONS], ids=[name for name, _, _ in OPERATIONS]
)
def test_each_role_at_each_operation(function: Callable[..., Any], mark: Mark, role: Role) -> None:
    actor = Actor(1, "Somebody", role)
    if str(mark.permission) in MAY[role]:
        with pytest.raises((TypeError, AttributeError)):  # it lets the role in, and there finds no session and no arguments
            function(None, actor)
    else:
        with pytest.raises(NotAllowed, match=f"{role} may not {mark.permission}"):
            function(None, actor)


def test_an_unmarked_function_has_no_mark() -> None:
    with pytest.raises(NotAllowed, match="carries no permission"):
        mark_of(lambda session, actor: None)


def test_a_service_called_by_another_is_asked_for_its_own_permission() -> None:
    @needs(Permission.MANAGE_USERS)
    def inner(session: object, actor: Actor) -> str:
        return "done"

    @needs(Permission.SEE_REVIEWS)
    def outer(session: object, actor: Actor) -> str:
        return inner(session, actor)

    assert outer(None, Actor(1, "A", Role.HEAD)) == "done"
    with pytest.raises(NotAllowed):
        outer(None, Actor(1, "A", Role.REVIEWER))
