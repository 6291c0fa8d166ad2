"""School: an open school file. The one door to what is in it (DESIGN section 2)."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from staffdev_desktop.accounts.changes import Journal, chain_problems, record_changes
from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Role, mark_of
from staffdev_desktop.accounts.services import settle_users
from staffdev_desktop.accounts.undo import Undoable, last_undoable, put_back
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.errors import Conflict, Fault, FileProblem, UserError
from staffdev_desktop.schoolfile import opening
from staffdev_desktop.schoolfile.backup import BackupFacts, back_up
from staffdev_desktop.schoolfile.checking import database_problems
from staffdev_desktop.schoolfile.database import open_engine
from staffdev_desktop.schoolfile.folder import SchoolFolder, damaged
from staffdev_desktop.schoolfile.opening import KeyHolder, NewFile, OpenFile
from staffdev_desktop.schoolfile.recovery import new_code
from staffdev_desktop.schoolfile.slots import RECOVERY, USER, Cost, Slot, find_opening, read_slots

P = ParamSpec("P")
R = TypeVar("R")
Listener = Callable[[Changed], None]


class School:
    """One connection behind one lock, usable from any thread. `read` and `do` are the only ways in."""

    def __init__(self, opened: OpenFile) -> None:
        self._opened = opened
        self._lock = threading.RLock()
        self._engine = open_engine(opened.connection)
        self._writing = self._engine.execution_options(writing=True)
        self._sitting = uuid.uuid4().hex
        self._listeners: list[Listener] = []
        self._closed = False
        self.changes_made = 0  # `do` calls that changed something, since opening: whether a backup on closing is due
        self.actor = Actor(None, opened.slot.name, Role(opened.slot.role))
        self._settle()

    # -- making and opening ---------------------------------------------------------------------------------------------

    @staticmethod
    def create(path: Path, *, school_name: str, holder: KeyHolder, cost: Cost | None = None, practice: bool = False) -> NewFile:
        """Make a new school file. Raises FileProblem, UserError (password too short)."""
        opening.check_new_password(holder.password)
        return opening.create(path, school_name=school_name, holder=holder, cost=cost, practice=practice)

    @classmethod
    def open(cls, path: Path, *, name: str, password: str) -> "School":
        """Open as a user. Raises FileProblem."""
        return cls._over(opening.open_with_password(path, name, password))

    @classmethod
    def open_with_recovery(cls, path: Path, code: str) -> "School":
        """Open with the printed recovery code. Raises UserError (mistyped), FileProblem."""
        return cls._over(opening.open_with_recovery(path, code))

    @classmethod
    def _over(cls, opened: OpenFile) -> "School":
        try:
            return cls(opened)
        except BaseException:
            opened.close()
            raise

    def close(self) -> None:
        """Let the file go. Nothing passes the door afterwards."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._listeners.clear()
                self._engine.dispose()
                self._opened.close()

    # -- the door -------------------------------------------------------------------------------------------------------

    def read(self, query: Callable[Concatenate[Session, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What a query answers: plain rows. No session leaves. Raises NotAllowed for an unmarked or forbidden query."""
        mark_of(query)
        with self._lock, self._faults(), Session(self._engine) as session:
            return query(session, self.actor, *args, **kwargs)

    def do(self, service: Callable[Concatenate[Session, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service in one transaction, with its change rows; subscribers hear of it after the commit.

        Raises what the service raises (UserError, Conflict), and FileProblem for a fault of the disk. Nothing is kept then.
        """
        mark = mark_of(service)
        journal = Journal(self.actor, service.__name__, mark.undoable, self._sitting)
        return self._write(journal, lambda session: service(session, self.actor, *args, **kwargs))

    def only_review(self, review_id: int) -> "ReviewDoor":
        """The door that is handed over in a meeting: it answers for this review and for nothing else."""
        return ReviewDoor(self, review_id)

    def undoable(self) -> Undoable | None:
        """What `undo` would put back."""
        with self._lock, self._faults(), Session(self._engine) as session:
            return last_undoable(session, self._sitting)

    def undo(self) -> Undoable:
        """Put the last change of this sitting back, as a new change. Raises UserError if there is none or the row moved on."""
        with self._lock:
            last = self.undoable()
            if last is None:
                raise UserError("There is nothing to undo.")
            journal = Journal(self.actor, f"undo {last.service}", False, self._sitting, undoes=last.batch)
            self._write(journal, lambda session: put_back(session, last.batch))
        return last

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every committed change, on the thread that made it. Returns how to stop hearing."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def _write(self, journal: Journal, work: Callable[[Session], R]) -> R:
        with self._lock, self._faults(), Session(self._writing) as session, session.begin():
            record_changes(session, journal)
            result = work(session)
        changed = journal.changed
        if changed.kinds:
            self.changes_made += 1
            for listener in tuple(self._listeners):
                listener(changed)
        return result

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except StaleDataError as error:
            raise Conflict from error
        except DBAPIError as error:
            raise self._problem(error) or error from error

    def _problem(self, error: DBAPIError) -> FileProblem | None:
        said = str(error.orig)
        if "disk is full" in said:
            return FileProblem(Fault.DISK_FULL, "There is no room left on the disk.", "Free some space, then save again. Nothing was lost.")
        if "readonly" in said or "unable to open" in said:
            return FileProblem(Fault.READ_ONLY, "The school file cannot be written to.", "Check the disk, then save again.")
        if "disk I/O" in said or "locked" in said:
            return FileProblem(Fault.NO_ACCESS, "The disk did not take the change.", "Save again; if it happens twice, check the disk.")
        if "malformed" in said or "not a database" in said:
            return damaged(self._opened.folder)
        return None

    # -- the file -------------------------------------------------------------------------------------------------------

    @property
    def name(self) -> str:
        """The school's name as the file was made; settings may show a newer one."""
        return self._opened.facts.school_name

    @property
    def path(self) -> Path:
        """The school's folder."""
        return self._opened.folder.path

    @property
    def practice(self) -> bool:
        """Whether everybody in here is invented."""
        return self._opened.facts.practice

    @property
    def has_restricted_key(self) -> bool:
        """Whether succession can be opened at all with the key that was used."""
        return self._opened.keys.restricted is not None

    @property
    def opened_with_recovery(self) -> bool:
        """Whether a new password must be set before anything else."""
        return self._opened.slot.kind == RECOVERY

    def check(self) -> tuple[str, ...]:
        """What is wrong with the file, in plain words: seals, indexes, links, the chain of changes."""
        with self._lock:
            problems = database_problems(self._opened.connection, self._opened.schemas)
            if problems:
                return problems
            with Session(self._engine) as session:
                return chain_problems(session, restricted=self.has_restricted_key)

    def back_up(self, to: Path) -> BackupFacts:
        """Write one verified backup file. Safe on another thread: it has connections of its own. Raises FileProblem."""
        return back_up(self._opened, to)

    # -- keys -----------------------------------------------------------------------------------------------------------

    def key_holders(self) -> tuple[Slot, ...]:
        """The users' slots; fewer than two means that a second key-holder is still to be found (DESIGN section 3)."""
        return tuple(slot for slot in read_slots(self._opened.folder) if slot.kind == USER)

    def add_key_holder(self, holder: KeyHolder) -> None:
        """Give somebody a key; succession's only to the roles that may have it. Raises UserError, FileProblem."""
        from staffdev_desktop.accounts.permissions import RESTRICTED_ROLES

        opening.add_key_holder(self._opened, holder, with_restricted=Role(holder.role) in RESTRICTED_ROLES)
        self._settle()

    def change_password(self, old: str, new: str) -> None:
        """Change the signed-in user's password. Raises FileProblem (wrong password), UserError (too short)."""
        opening.check_new_password(new)
        find_opening(self._opened.facts.file_id, (self._opened.slot,), old)
        opening.change_secret(self._opened, self._opened.slot, new)
        self._settle()

    def set_password_after_recovery(self, name: str, new: str) -> None:
        """Give a user, opened by the recovery code, a new password, and go on as that user. Raises UserError."""
        opening.check_new_password(new)
        slot = next(slot for slot in self.key_holders() if slot.name == name)
        self._opened.slot = opening.change_secret(self._opened, slot, new)
        self._settle()

    def new_recovery_code(self) -> str:
        """Make a new recovery code; the printed one stops working. Returns the code, to be printed once."""
        code = new_code()
        spare = next(slot for slot in read_slots(self._opened.folder) if slot.kind == RECOVERY)
        opening.change_secret(self._opened, spare, code)
        return code

    def _settle(self) -> None:
        """The users follow the slots: after a key change, and after a crash in the middle of one."""
        from sqlalchemy import select

        from staffdev_desktop.accounts.models import User

        slots = tuple((slot.name, slot.role, slot.id) for slot in self.key_holders())
        slot = self._opened.slot
        if slot.kind == RECOVERY:
            self.actor = Actor(None, slot.name, Role(slot.role))
        self.actor = Actor(self.actor.user_id, slot.name, Role(slot.role))
        with self._lock, self._faults(), Session(self._engine) as session:
            known = {(user.name, user.slot_id): user.id for user in session.execute(select(User).where(User.active)).scalars()}
        if {(name, slot_id) for name, _, slot_id in slots} != set(known):
            journal = Journal(self.actor, settle_users.__name__, False, self._sitting)
            manager = Actor(None, slot.name, Role.BUSINESS_MANAGER)  # a reviewer's opening may heal a crash, too
            self._write(journal, lambda session: settle_users(session, manager, slots=slots))
        with self._lock, self._faults(), Session(self._engine) as session:
            user_id = session.execute(select(User.id).where(User.slot_id == slot.id)).scalar()
        self.actor = Actor(user_id, slot.name, Role(slot.role))


class ReviewDoor:
    """What a reviewer and a member of staff get when the PC is handed to them: `read` and `do` for one review."""

    def __init__(self, school: School, review_id: int) -> None:
        self._school = school
        self.review_id = review_id

    def read(self, query: Callable[Concatenate[Session, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Like School.read, for queries marked for the meeting and this review. Raises NotAllowed otherwise."""
        self._require(query, kwargs)
        return self._school.read(query, *args, **kwargs)

    def do(self, service: Callable[Concatenate[Session, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Like School.do, for services marked for the meeting and this review. Raises NotAllowed otherwise."""
        self._require(service, kwargs)
        return self._school.do(service, *args, **kwargs)

    def _require(self, function: Callable[..., Any], kwargs: dict[str, Any]) -> None:
        if not mark_of(function).meeting or kwargs.get("review_id") != self.review_id:
            raise NotAllowed(f"{function.__name__} is not part of this review")


def list_users(path: Path) -> tuple[str, ...]:
    """The names that can sign in, for the sign-in window. Raises FileProblem."""
    return tuple(slot.name for slot in read_slots(SchoolFolder(path)) if slot.kind == USER)
