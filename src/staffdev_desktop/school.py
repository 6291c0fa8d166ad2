"""School: an open school file. The one door to what is in it (DESIGN section 2)."""

import hashlib
import hmac
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, event, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from staffdev_desktop.accounts.changes import Journal, chain_problems, record_changes, refuse_bulk, row_problems
from staffdev_desktop.accounts.models import Change, RestrictedChange, User
from staffdev_desktop.accounts.permissions import RESTRICTED_ROLES, Actor, NotAllowed, Permission, Role, mark_of
from staffdev_desktop.accounts.services import settle_users
from staffdev_desktop.accounts.undo import Undoable, put_back
from staffdev_desktop.kernel.changed import Changed
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.schoolfile import keys, opening
from staffdev_desktop.schoolfile.atomic import sync_folder
from staffdev_desktop.schoolfile.backup import BackupFacts, back_up
from staffdev_desktop.schoolfile.checking import database_problems
from staffdev_desktop.schoolfile.database import database_problem, open_engine
from staffdev_desktop.schoolfile.folder import SchoolFolder, read_facts
from staffdev_desktop.schoolfile.opened import OpenFile
from staffdev_desktop.schoolfile.opening import KeyHolder, NewFile
from staffdev_desktop.schoolfile.recovery import new_code, read_code
from staffdev_desktop.schoolfile.rotation import thin_backups
from staffdev_desktop.schoolfile.slots import RECOVERY, USER, Cost, Slot, find_opening, open_slot, read_slots, settled

P = ParamSpec("P")
R = TypeVar("R")
Listener = Callable[[Changed], None]


class SchoolClosed(Exception):
    """Somebody used a School after it was closed: a bug."""


class QueryWrote(Exception):
    """A query changed a row: a bug."""


class School:
    """One connection behind one lock, usable from any thread. `read` and `do` are the only ways in."""

    def __init__(self, opened: OpenFile) -> None:
        self._opened = opened
        self._lock = threading.RLock()
        self._copying = threading.Lock()  # taken before the other, by a backup and by closing
        self._engine = open_engine(opened.connection)
        self._sitting = uuid.uuid4().hex
        self._listeners: list[Listener] = []
        self._done: list[Undoable] = []  # what undo would put back, the last on top
        self._closed = False
        self.changes_made = 0  # `do` calls that changed something, since opening: whether a backup on closing is due
        self.actor = Actor(None, opened.slot.name, Role(opened.slot.role))
        self._settle()

    # -- making and opening ---------------------------------------------------------------------------------------------

    @staticmethod
    def create(path: Path, *, school_name: str, holder: KeyHolder, cost: Cost | None = None, practice: bool = False) -> NewFile:
        """Make a new school file. Raises FileProblem, UserError (password too short)."""
        keys.check_new_password(holder.password)
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
        """Let the file go, once a backup that runs is done. Nothing passes the door afterwards."""
        with self._copying, self._lock:
            if not self._closed:
                self._closed = True
                self._listeners.clear()
                self._engine.dispose()
                self._opened.close()

    def __enter__(self) -> "School":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- the door -------------------------------------------------------------------------------------------------------

    def read(self, query: Callable[Concatenate[Session, Actor, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What a query answers: plain rows. No session leaves. Raises NotAllowed for an unmarked or forbidden query."""
        mark_of(query)
        with self._session(self._engine) as session:
            event.listen(session, "before_flush", _refuse_flush)
            event.listen(session, "do_orm_execute", refuse_bulk)
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
        """What `undo` would put back: the last change of this sitting, unless that one can only be superseded."""
        with self._lock:
            return self._done[-1] if self._done else None

    def undo(self) -> Undoable:
        """Put the last change of this sitting back, as a new change. Raises UserError if there is none or the row moved on."""
        with self._lock:
            last = self.undoable()
            if last is None:
                raise UserError("There is nothing to undo.")
            journal = Journal(self.actor, f"undo {last.service}", False, self._sitting, undoes=last.batch)
            self._commit(journal, lambda session: put_back(session, last.batch, restricted=self.has_restricted_key))
            self._done.pop()
        self._tell(journal.changed)
        return last

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Hear of every committed change, on the thread that made it. Returns how to stop hearing."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def _write(self, journal: Journal, work: Callable[[Session], R]) -> R:
        with self._lock:
            result = self._commit(journal, work)
            if journal.touched and journal.undoable:
                self._done.append(Undoable(journal.batch, journal.service, len(set(journal.touched))))
            elif journal.touched:
                self._done.clear()  # what came before a change that can only be superseded is not put back past it
        self._tell(journal.changed)
        return result

    def _commit(self, journal: Journal, work: Callable[[Session], R]) -> R:
        results: list[R] = []
        try:
            with self._session(self._engine) as session, session.begin():
                record_changes(session, journal)
                results.append(work(session))
        except FileProblem:
            if not (results and self._is_on_disk(journal)):
                raise
        if journal.touched:
            self.changes_made += 1
        return results[0]

    def _is_on_disk(self, journal: Journal) -> bool:
        """Whether a commit that the disk complained about took place after all: done again, it would be done twice."""
        records = (Change, RestrictedChange) if self.has_restricted_key else (Change,)
        try:
            with self._session(self._engine) as session:
                if not any(session.execute(select(record.id).where(record.batch == journal.batch)).first() for record in records):
                    return False
            sync_folder(self.path)  # what failed was this last promise: ask for it again
        except (FileProblem, OSError):
            return False
        return True

    def _tell(self, changed: Changed) -> None:
        """A listener that fails is a bug of its own: the change is on disk, and the others must hear of it."""
        for listener in tuple(self._listeners) if changed.kinds else ():
            try:
                listener(changed)
            except Exception:
                sys.excepthook(*sys.exc_info())

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        with self._lock:
            if self._closed:
                raise SchoolClosed
            try:
                with Session(engine) as session:
                    yield session
            except StaleDataError as error:
                raise Conflict from error
            except DBAPIError as error:
                if problem := database_problem(error, self._opened.folder):
                    raise problem from error
                raise

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
    def file_id(self) -> str:
        """What tells this school file from every other; its backups have the same."""
        return self._opened.facts.file_id

    @property
    def form_key(self) -> bytes:
        """What fillable forms are signed with (exchange.tokens): made from the records' key, which it does not give away."""
        return hmac.new(self._file.keys.records, b"staffdev fillable forms", hashlib.sha256).digest()

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
        """What is wrong with the file, in plain words: seals, indexes, links, the chain of changes, rows changed behind it."""
        with self._session(self._engine) as session:
            restricted = self.has_restricted_key
            return (
                database_problems(self._opened.connection, self._opened.schemas)
                or chain_problems(session, restricted=restricted)
                or row_problems(session, restricted=restricted)
            )

    def back_up(self, to: Path, *, automatic: bool = False) -> BackupFacts:
        """Write one verified backup file; safe on another thread while the file is in use. Raises FileProblem.

        An automatic one also thins out the older automatic ones beside it (schoolfile/rotation.py).
        """
        with self._copying:
            if self._closed:
                raise SchoolClosed
            facts = back_up(self._opened, to, lock=self._lock, automatic=automatic)
            if automatic:
                thin_backups(to.parent, facts.file_id)
            return facts

    # -- keys -----------------------------------------------------------------------------------------------------------

    def key_holders(self) -> tuple[Slot, ...]:
        """The users' slots; fewer than two means that a second key-holder is still to be found (DESIGN section 3)."""
        return tuple(slot for slot in keys.owners(self._file) if slot.kind == USER)

    def add_key_holder(self, holder: KeyHolder) -> None:
        """Give somebody a key; succession's only to the roles that may have it. Raises UserError, FileProblem, NotAllowed."""
        self._require_manager()
        keys.add_key_holder(self._file, holder, with_restricted=Role(holder.role) in RESTRICTED_ROLES)
        self._settle()

    def opens_with(self, secret: str) -> bool:
        """Whether this is the signed-in user's password or a recovery code: what takes a handed-over PC back."""
        file_id = self._file.facts.file_id
        spares = [slot for slot in read_slots(self._file.folder, file_id) if slot.kind == RECOVERY]
        try:
            tries = [((self._file.slot,), secret), (spares, read_code(secret))]
        except UserError:
            tries = [((self._file.slot,), secret)]
        return any(open_slot(file_id, slot, typed) is not None for slots, typed in tries for slot in slots)

    def change_password(self, old: str, new: str) -> None:
        """Change the signed-in user's password. Raises FileProblem (wrong password), UserError (too short)."""
        keys.check_new_password(new)
        find_opening(self._file.facts.file_id, (self._file.slot,), old)
        keys.change_secret(self._file, self._file.slot, new)
        self._settle()

    def set_password_after_recovery(self, name: str, new: str) -> None:
        """Give a user, opened by the recovery code, a new password, and go on as that user. Raises UserError, NotAllowed."""
        if not self.opened_with_recovery:
            raise NotAllowed("only the recovery code opens this way")
        keys.check_new_password(new)
        slot = next((slot for slot in self.key_holders() if slot.name == name), None)
        if slot is None:
            raise UserError(f"{name} has no key to this file.", field="name")
        self._opened.slot = keys.change_secret(self._file, slot, new)
        self._settle()

    def new_recovery_code(self) -> str:
        """A new recovery code, to be printed once. The old one works too until `confirm_recovery_code`. Raises NotAllowed."""
        self._require_manager()
        code = new_code()
        keys.offer_recovery_code(self._file, code)
        return code

    def confirm_recovery_code(self, code: str) -> None:
        """The new code is on paper and was typed back: from now on the old one opens nothing. Raises UserError."""
        self._require_manager()
        keys.confirm_recovery_code(self._file, read_code(code))
        self._settle()

    @property
    def recovery_code_offered(self) -> bool:
        """Whether a new recovery code still waits to be confirmed."""
        return keys.recovery_code_offered(self._file)

    @property
    def _file(self) -> OpenFile:
        """The open file, for a key change: never one that somebody else may have opened by now."""
        if self._closed:
            raise SchoolClosed
        return self._opened

    def _require_manager(self) -> None:
        if not self.actor.may(Permission.MANAGE_USERS):
            raise NotAllowed(f"{self.actor.role} may not {Permission.MANAGE_USERS}")

    def _settle(self) -> None:
        """The users follow the slots: after a key change, and after a crash in the middle of one."""
        slots = tuple((slot.name, slot.role, slot.kind, slot.id) for slot in keys.owners(self._opened))
        slot = self._opened.slot
        self.actor = Actor(None, slot.name, Role(slot.role))
        with self._session(self._engine) as session:
            known = _active_users(session)
        if set(slots) != known.keys():
            journal = Journal(self.actor, settle_users.__name__, False, self._sitting)
            manager = Actor(None, slot.name, Role.BUSINESS_MANAGER)  # a reviewer's opening may heal a crash, too
            with suppress(FileProblem):  # the keys are right already; a full disk must not say otherwise, and the next opening heals
                self._write(journal, lambda session: settle_users(session, manager, slots=slots))
            with self._session(self._engine) as session:
                known = _active_users(session)
        self.actor = Actor(known.get((slot.name, slot.role, slot.kind, slot.id)), slot.name, Role(slot.role))


def _active_users(session: Session) -> dict[tuple[str, str, str, str], int]:
    found = session.execute(select(User).where(User.active)).scalars()
    return {(user.name, user.role, user.kind, user.slot_id): user.id for user in found}


def _refuse_flush(session: Session, *_: Any) -> None:
    raise QueryWrote("A query changed a row; only services write.")


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
    folder = SchoolFolder(path)
    slots = read_slots(folder, read_facts(folder).file_id)
    return tuple(slot.name for slot in settled(slots) if slot.kind == USER)
