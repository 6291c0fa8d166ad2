"""Passwords, recovery codes and key-holders: at every moment some known secret opens the file (DESIGN section 3)."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from staffdev_desktop.accounts import queries
from staffdev_desktop.accounts.permissions import NotAllowed
from staffdev_desktop.kernel.errors import Fault, FileProblem, UserError
from staffdev_desktop.school import School, list_users
from staffdev_desktop.schoolfile import atomic
from staffdev_desktop.schoolfile.folder import SchoolFolder, read_facts
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.recovery import ALPHABET, new_code, read_code
from staffdev_desktop.schoolfile.slots import Slot, read_slots, write_slots

from .helpers import CHEAP, HEAD, JANET, REVIEWER, copied, fault_of_opening, open_as

NEW = "a new long password"
RENEWED = replace(JANET, password=NEW)


@pytest.fixture
def made(school_path: Path, recovery_code: str) -> tuple[Path, str]:
    """A school file and its printed recovery code."""
    return school_path, recovery_code


def slots_of(path: Path) -> tuple[Slot, ...]:
    folder = SchoolFolder(path)
    return read_slots(folder, read_facts(folder).file_id)


def states_of(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: Callable[[School], Any], holder: KeyHolder = JANET
) -> Iterator[Path]:
    """The folder as it was on disk after each step that the job takes there, and at the end."""
    states: list[Path] = []

    def note() -> None:
        states.append(copied(path, tmp_path / "states" / str(len(states)) / path.name))

    real_sync, real_replace = atomic.os.fsync, Path.replace
    with open_as(path, holder) as school, monkeypatch.context() as patch:
        patch.setattr(atomic.os, "fsync", lambda handle: (real_sync(handle), note())[0])
        patch.setattr(Path, "replace", lambda old, new: (real_replace(old, new), note())[0])
        job(school)
        note()
    assert len(states) > 3
    yield from states


def opens_with(path: Path, code: str) -> bool:
    try:
        School.open_with_recovery(path, code).close()
    except FileProblem:
        return False
    return True


def users_in(school: School) -> list[str]:
    return [user.name for user in school.read(queries.users)]


def test_changing_a_password(made: tuple[Path, str]) -> None:
    path, _ = made
    with open_as(path) as school:
        before = school.actor.user_id
        school.change_password(JANET.password, NEW)
        assert school.actor.user_id == before
        assert school.check() == ()
    assert fault_of_opening(path) is Fault.WRONG_PASSWORD
    with open_as(path, RENEWED) as school:
        assert school.has_restricted_key
        assert school.actor.user_id == before


def test_changing_a_password_needs_the_old_one_and_a_long_one(made: tuple[Path, str]) -> None:
    path, _ = made
    with open_as(path) as school:
        with pytest.raises(FileProblem) as problem:
            school.change_password("not the old one", NEW)
        assert problem.value.fault is Fault.WRONG_PASSWORD
        with pytest.raises(UserError):
            school.change_password(JANET.password, "short")
    assert fault_of_opening(path) is None


def test_a_crash_at_any_step_of_changing_a_password(made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, code = made
    with open_as(path) as school:
        school.add_key_holder(HEAD)
    order = []
    for state in states_of(path, tmp_path, monkeypatch, lambda school: school.change_password(JANET.password, NEW)):
        opens = [copied(state, state.with_name(f"{who}.staffdev")) for who in ("old", "new", "head", "recovery")]
        old, new = fault_of_opening(opens[0]) is None, fault_of_opening(opens[1], RENEWED) is None
        assert old or new
        order.append((old, new))
        with open_as(opens[2], HEAD) as school:  # somebody else comes first: nothing is settled, nobody is double
            assert sorted(list_users(opens[2])) == sorted([JANET.name, HEAD.name])
            assert len(users_in(school)) == 2
            assert school.check() == ()
        assert (fault_of_opening(opens[2]) is None, fault_of_opening(opens[2], RENEWED) is None) in {(old, new), (old, False)}
        with School.open_with_recovery(opens[3], code) as school:
            school.set_password_after_recovery(JANET.name, "after all that")
        for opened, password in ((opens[0], JANET.password), (opens[1], NEW), (opens[3], "after all that")):
            holder = replace(JANET, password=password)
            if fault_of_opening(opened, holder) is None:
                assert len(slots_of(opened)) == 3
                assert all(slot.replaces is None for slot in slots_of(opened))
                with open_as(opened, holder) as school:
                    assert school.check() == ()
    assert order[0] == (True, False)
    assert (True, True) in order
    assert order[-1] == (False, True)
    assert order == sorted(order, key=lambda each: (each[1], not each[0]))


def test_a_failed_change_tried_again_leaves_one_slot(made: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = made
    with open_as(path) as school:
        real, calls = Path.replace, []

        def fail_second(old: Path, new: Path) -> Path:
            calls.append(new)
            if len(calls) == 2:
                raise OSError(28, "No space left on device")
            return real(old, new)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", fail_second)
            with pytest.raises(FileProblem) as problem:
                school.change_password(JANET.password, "first attempt 1")
        assert problem.value.fault is Fault.DISK_FULL
        school.change_password(JANET.password, NEW)
        assert len(slots_of(path)) == 2
    assert fault_of_opening(path, replace(JANET, password="first attempt 1")) is Fault.WRONG_PASSWORD
    assert fault_of_opening(path, RENEWED) is None


def test_both_slots_left_heal_whichever_opens(made: tuple[Path, str]) -> None:
    path, _ = made
    facts = read_facts(SchoolFolder(path))
    before = slots_of(path)
    with open_as(path) as school:
        school.change_password(JANET.password, NEW)
        newer = next(slot for slot in slots_of(path) if slot.kind == "user")
    old = next(slot for slot in before if slot.kind == "user")
    spare = next(slot for slot in before if slot.kind == "recovery")
    for holder, kept in ((JANET, old.id), (RENEWED, newer.id)):
        write_slots(SchoolFolder(path), facts.file_id, (old, spare, replace(newer, replaces=old.id)))
        assert list_users(path) == (JANET.name,)
        with open_as(path, holder) as school:
            assert [slot.id for slot in school.key_holders()] == [kept]
            assert len(users_in(school)) == 1
            assert school.check() == ()
        assert {slot.id for slot in slots_of(path)} == {kept, spare.id}


def test_nobody_edits_a_slot_into_more_than_it_is(made: tuple[Path, str]) -> None:
    path, _ = made
    with open_as(path) as school:
        school.add_key_holder(REVIEWER)
    folder, file_id = SchoolFolder(path), read_facts(SchoolFolder(path)).file_id
    slots = slots_of(path)
    mine = next(slot for slot in slots if slot.name == REVIEWER.name)
    janet = next(slot for slot in slots if slot.name == JANET.name)
    others = tuple(slot for slot in slots if slot is not mine)
    for edited in (replace(mine, role="Headteacher"), replace(mine, kind="recovery"), replace(mine, name="Somebody Else")):
        write_slots(folder, file_id, (*others, edited))
        assert fault_of_opening(path, replace(REVIEWER, name=edited.name)) is Fault.WRONG_PASSWORD
    write_slots(folder, file_id, (*others, replace(mine, replaces=janet.id)))  # claims to take Janet's place
    assert fault_of_opening(path, REVIEWER) is None
    assert fault_of_opening(path) is None
    stripped = replace(janet, wrapped={"records": janet.wrapped["records"]})
    write_slots(folder, file_id, tuple(stripped if slot is janet else slot for slot in slots))
    assert fault_of_opening(path) is Fault.WRONG_PASSWORD


@pytest.mark.parametrize("cost", [{"passes": 10**6}, {"memory_kib": 2**40}, {"lanes": 0}, {"memory_kib": 1}, {"passes": "many"}])
def test_a_slot_cannot_make_the_pc_spend_its_memory(made: tuple[Path, str], cost: dict[str, Any]) -> None:
    path, _ = made
    slots = slots_of(path)
    bad = tuple(replace(slot, cost=replace(slot.cost, **cost)) for slot in slots)
    write_slots(SchoolFolder(path), read_facts(SchoolFolder(path)).file_id, bad)
    assert fault_of_opening(path) is Fault.DAMAGED


def test_the_recovery_code_opens_and_gives_a_new_password(made: tuple[Path, str]) -> None:
    path, code = made
    with School.open_with_recovery(path, code.lower().replace("-", " ")) as school:
        assert school.opened_with_recovery
        assert school.has_restricted_key
        with pytest.raises(UserError):
            school.set_password_after_recovery("Nobody", NEW)
        school.set_password_after_recovery(JANET.name, NEW)
        assert not school.opened_with_recovery
        assert school.actor.name == JANET.name
        assert school.actor.user_id is not None
        with pytest.raises(NotAllowed):
            school.set_password_after_recovery(JANET.name, "and again")
        assert school.check() == ()
    assert fault_of_opening(path) is Fault.WRONG_PASSWORD
    assert fault_of_opening(path, RENEWED) is None
    School.open_with_recovery(path, code).close()


def test_a_new_recovery_code_replaces_the_old_one_only_once_it_is_confirmed(made: tuple[Path, str]) -> None:
    path, code = made
    with open_as(path) as school:
        lost = school.new_recovery_code()
        offered = school.new_recovery_code()
        assert school.recovery_code_offered
    School.open_with_recovery(copied(path, path.with_name("old.staffdev")), code).close()
    School.open_with_recovery(copied(path, path.with_name("new.staffdev")), offered).close()
    with open_as(path) as school:
        for wrong in (code, lost):
            with pytest.raises(UserError):
                school.confirm_recovery_code(wrong)
        school.confirm_recovery_code(offered)
        assert not school.recovery_code_offered
        assert school.check() == ()
    for wrong in (code, lost):
        with pytest.raises(FileProblem):
            School.open_with_recovery(path, wrong)
    School.open_with_recovery(path, offered).close()
    assert len(slots_of(path)) == 2


def test_a_crash_at_any_step_of_a_new_recovery_code(made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, code = made
    offered: list[str] = []

    def renew(school: School) -> None:
        offered.append(school.new_recovery_code())
        school.confirm_recovery_code(offered[0])

    for state in list(states_of(path, tmp_path, monkeypatch, renew)):
        assert fault_of_opening(copied(state, state.with_name("password.staffdev"))) is None
        copies = [copied(state, state.with_name(f"{number}.staffdev")) for number in range(2)]
        assert any(opens_with(copy, printed) for copy, printed in zip(copies, (code, *offered), strict=True))


def test_what_takes_a_handed_over_pc_back(made: tuple[Path, str]) -> None:
    path, code = made
    with open_as(path) as school:
        school.add_key_holder(HEAD)
        assert school.opens_with(JANET.password)
        assert school.opens_with(code.lower())
        for wrong in ("", "wrong horse battery", HEAD.password, new_code()):
            assert not school.opens_with(wrong)
        school.change_password(JANET.password, NEW)
        assert school.opens_with(NEW)
        assert not school.opens_with(JANET.password)


def test_key_holders(made: tuple[Path, str]) -> None:
    path, _ = made
    with open_as(path) as school:
        school.add_key_holder(HEAD)
        school.add_key_holder(REVIEWER)
        assert {slot.name for slot in school.key_holders()} == {JANET.name, HEAD.name, REVIEWER.name}
        for name in (JANET.name.upper(), "  ", "Recovery sheet"):
            with pytest.raises(UserError) as error:
                school.add_key_holder(replace(HEAD, name=name))
            assert error.value.field == "name"
        assert school.check() == ()
    with open_as(path, HEAD) as school:
        assert school.has_restricted_key
    with open_as(path, REVIEWER) as school:
        assert not school.has_restricted_key
        for job in (
            school.new_recovery_code,
            lambda: school.add_key_holder(replace(HEAD, name="Another")),
            lambda: school.confirm_recovery_code("x"),
        ):
            with pytest.raises(NotAllowed):
                job()
        school.change_password(REVIEWER.password, NEW)
        assert not school.has_restricted_key
    assert fault_of_opening(path, replace(REVIEWER, password=NEW)) is None


def test_a_crash_at_any_step_of_adding_a_key_holder(made: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = made
    opened = []
    for state in states_of(path, tmp_path, monkeypatch, lambda school: school.add_key_holder(HEAD)):
        with open_as(state) as school:
            assert set(users_in(school)) == set(list_users(state))
            assert school.check() == ()
        opened.append(fault_of_opening(state, HEAD) is None)
    assert opened == sorted(opened)
    assert opened[-1]


def test_the_change_of_a_password_is_on_record(made: tuple[Path, str]) -> None:
    path, _ = made
    with open_as(path) as school:
        user_id = school.actor.user_id
        assert user_id is not None
        school.change_password(JANET.password, NEW)
        history = school.read(queries.changes_of, kind="user", row_id=user_id)
        assert [change.service for change in history] == ["settle_users", "settle_users"]
        assert json.loads(history[1].before or "")["slot_id"] != json.loads(history[1].after or "")["slot_id"]
        assert school.undoable() is None


def test_the_same_letters_in_another_unicode_form(tmp_path: Path) -> None:
    holder = KeyHolder("Siân Ó Súilleabháin", JANET.role, "pässwörd ½ ﬁne ")
    path = School.create(tmp_path / "ünï ‘x’ 中.staffdev", school_name="S", holder=holder, cost=CHEAP).folder.path
    assert fault_of_opening(path, replace(holder, password=unicodedata.normalize("NFD", holder.password))) is None
    assert fault_of_opening(path, replace(holder, password=holder.password.strip())) is Fault.WRONG_PASSWORD


def test_recovery_codes_notice_every_wrong_and_every_swapped_character() -> None:
    code = new_code()
    plain = code.replace("-", "")
    assert read_code(plain.lower()) == code
    for place, right in enumerate(plain):
        for other in ALPHABET:
            if other != right:
                with pytest.raises(UserError):
                    read_code(plain[:place] + other + plain[place + 1 :])
        swapped = plain[:place] + plain[place + 1 : place + 2] + right + plain[place + 2 :]
        if swapped != plain and len(swapped) == len(plain):
            with pytest.raises(UserError):
                read_code(swapped)
    with pytest.raises(UserError, match="group 2"):
        read_code("ABCD-E?GH")
