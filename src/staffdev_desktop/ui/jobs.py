"""Long work off the main thread, one piece after another: progress, Stop, and results that arrive on the main thread.

One thread, because pdfium wants one at a time and the disk is no faster with two. Work gets a `tell(done, total, words)` that passes
progress on and raises Stopped once the person has pressed Stop; it must not touch a widget.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QRunnable, QThreadPool, Signal, Slot
from shiboken6 import isValid

Tell = Callable[[int, int, str], None]


class Stopped(Exception):
    """The person pressed Stop; whatever the work had begun it has put back."""


def tell_nobody(_done: int, _total: int, _words: str) -> None:
    """A `tell` for work that runs where it is called."""


class Job(QObject):
    """A piece of work on its way. Lives on the main thread; `stop` asks it to end at its next `tell`."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, title: str, writes: bool, quiet: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.title, self.writes, self.quiet = title, writes, quiet
        self.stop_asked = False
        self.on_done: Callable[[Any], None] | None = None
        self.on_error: Callable[[Exception], None] | None = None

    def stop(self) -> None:
        """Ask the work to stop after the step it is in."""
        self.stop_asked = True


class _Work(QRunnable):
    """What the worker thread sees: the work, and the one signal that leads back."""

    def __init__(self, job: Job, work: Callable[[Tell], Any], post: "_Post") -> None:
        super().__init__()
        self._job, self._work, self._post = job, work, post

    def run(self) -> None:
        try:
            result = self._work(self._tell)
        except BaseException as error:
            self._post.arrived.emit((self._job, "error", error))
        else:
            self._post.arrived.emit((self._job, "done", result))

    def _tell(self, done: int, total: int, words: str) -> None:
        if self._job.stop_asked:
            raise Stopped
        self._post.arrived.emit((self._job, "progress", (done, total, words)))


class _Post(QObject):
    """Carries everything from the worker to the main thread."""

    arrived = Signal(object)


class Jobs(QObject):
    """The queue. `started(job)` lets the window show progress and disable its content while a job `writes`."""

    started = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._post = _Post(self)
        self._post.arrived.connect(self._take)
        self.running: list[Job] = []

    def run(
        self,
        work: Callable[[Tell], Any],
        *,
        title: str,
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[Exception], None] | None = None,
        writes: bool = False,
        quiet: bool = False,
    ) -> Job:
        """See the module's `run`."""
        job = Job(title, writes, quiet, self)
        job.on_done, job.on_error = on_done, on_error
        self.running.append(job)
        self.started.emit(job)
        self._pool.start(_Work(job, work, self._post))
        return job

    def stop_all(self) -> None:
        """Ask every job to stop, and wait until the thread is idle. For the end of the program.

        Work that tells no progress runs to its end all the same: closing the school file is such work.
        """
        for job in self.running:
            job.stop()
        self._pool.waitForDone()

    @Slot(object)
    def _take(self, arrived: tuple[Job, str, Any]) -> None:
        job, what, payload = arrived
        if what == "progress":
            job.progressed.emit(*payload)
            return
        self.running.remove(job)
        job.ended.emit()
        self.ended.emit(job)
        job.deleteLater()
        if what == "done":
            _call(job.on_done, payload)
        elif not isinstance(payload, Stopped):
            self._fail(job, payload)

    def _fail(self, job: Job, error: BaseException) -> None:
        from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
        from staffdev_desktop.ui import crash, messages

        expected = isinstance(error, UserError | Conflict | FileProblem)
        if not expected:
            crash.report(error)
        if job.on_error:
            _call(job.on_error, error)
        elif expected:
            messages.problem(None, error)


def _call(back: Callable[[Any], None] | None, value: Any) -> None:
    """Call back, unless the widget that waited is gone."""
    owner = getattr(back, "__self__", None)
    if back is not None and (not isinstance(owner, QObject) or isValid(owner)):
        back(value)


def jobs() -> Jobs:
    """The queue of this program."""
    app = QCoreApplication.instance()
    found = app.findChild(Jobs) if app else None
    return found or Jobs(app)


def run(
    work: Callable[[Tell], Any],
    *,
    title: str,
    on_done: Callable[[Any], None] | None = None,
    on_error: Callable[[Exception], None] | None = None,
    writes: bool = False,
    quiet: bool = False,
) -> Job:
    """Run `work(tell)` on the worker thread, after what is there already.

    `on_done(result)` and `on_error(error)` are called on the main thread, unless the widget they belong to has gone; give bound
    methods, not lambdas that hold `self`. Without `on_error` a UserError, Conflict or FileProblem is shown; anything else is a bug,
    and shown as one before `on_error` hears of it. After Stop neither is called: listen to the job's `ended`. While a job `writes`,
    the window's content is disabled. `quiet` work shows no progress.
    """
    return jobs().run(work, title=title, on_done=on_done, on_error=on_error, writes=writes, quiet=quiet)
