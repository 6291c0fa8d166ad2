"""Bugs: written down without personal data, shown once with details to copy, and the window stays usable."""

import sys
import traceback
from types import TracebackType

LOG_NAME = "staffdev-desktop.log"
LARGEST_LOG, KEPT_LOGS = 200_000, 3

_shown: set[str] = set()
_showing = False


def describe(error: BaseException) -> str:
    """The kind of error and where it came from. Never its message or the values at hand: they may hold words about a person."""
    from staffdev_desktop import __version__

    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    cause = error.__cause__ or error.__context__
    tail = [f"after {type(cause).__name__}"] if cause else []
    return "\n".join([f"StaffDev Desktop {__version__}: {type(error).__name__}", *tail, *lines])


def report(error: BaseException) -> None:
    """Log a bug and show it, each kind once; while one is shown, others are only logged."""
    global _showing
    details = describe(error)
    _log().error("%s", details)
    if details in _shown or _showing:
        return
    _shown.add(details)
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return
    from staffdev_desktop.ui import messages

    _showing = True
    try:
        words = (
            "Nothing that was saved is lost, and you can go on. If it happens again, send the details to whoever looks after the program."
        )
        messages.tell(None, "Something went wrong in the program", words, details=details)
    finally:
        _showing = False


def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody caught (sys.excepthook): say what was expected, report what is a bug."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError

    if isinstance(error, UserError | Conflict | FileProblem):
        from staffdev_desktop.ui import messages

        messages.problem(None, error)
    else:
        report(error.with_traceback(trace))


def _log():
    """The rotating log. Logging is loaded with the first line, never before the first window is painted."""
    import logging
    from logging.handlers import RotatingFileHandler

    from staffdev_desktop.ui.pc_settings import log_folder

    log = logging.getLogger("staffdev_desktop")
    path = log_folder() / LOG_NAME
    if not any(isinstance(handler, RotatingFileHandler) and handler.baseFilename == str(path) for handler in log.handlers):
        log.propagate = False
        log.addHandler(_handler(path))
    return log


def _handler(path):
    import logging
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        made: logging.Handler = RotatingFileHandler(path, maxBytes=LARGEST_LOG, backupCount=KEPT_LOGS, encoding="utf-8", delay=True)
    except OSError:
        made = logging.StreamHandler()
    made.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    return made


def _short(path: str) -> str:
    """The path inside the package: where a PC keeps the program holds its owner's name."""
    parts = path.replace("\\", "/").rsplit("/staffdev_desktop/", 1)
    return f"staffdev_desktop/{parts[1]}" if len(parts) == 2 else path.replace("\\", "/").rsplit("/", 1)[-1]
