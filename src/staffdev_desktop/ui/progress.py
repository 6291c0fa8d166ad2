"""Shows the work that runs off the main thread: a bar and Stop after half a second; the window's content waits while a job writes."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from staffdev_desktop.ui.jobs import Job, jobs
from staffdev_desktop.ui.widgets.dialog import ProgressDialog


class _LiveProgress(ProgressDialog):
    """For pure work: the window lives on behind it."""

    def open(self) -> None:
        """Be seen without holding the window up."""
        self.setModal(False)
        self.show()


class Progress(QObject):
    """Belongs to a window; `content` is disabled while any job writes."""

    def __init__(self, window: QWidget, content: QWidget) -> None:
        super().__init__(window)
        self._window, self._content = window, content
        self._dialogs: dict[Job, ProgressDialog] = {}
        self._focused: QWidget | None = None
        jobs().started.connect(self._begin)
        jobs().ended.connect(self._end)

    def _begin(self, job: Job) -> None:
        if job.writes and self._content.isEnabled():
            self._focused = self._window.focusWidget()
            self._content.setEnabled(False)
        if not job.quiet:
            dialog = (ProgressDialog if job.writes else _LiveProgress)(job.title, self._window)
            dialog.stop_asked.connect(job.stop)
            job.progressed.connect(dialog.set_progress)
            self._dialogs[job] = dialog
            dialog.begin()

    def _end(self, job: Job) -> None:
        dialog = self._dialogs.pop(job, None)
        if dialog:
            dialog.finish()
            dialog.deleteLater()
        if job.writes and not any(each.writes for each in jobs().running):
            self._content.setEnabled(True)
            if self._focused is not None:
                self._focused.setFocus()
                self._focused = None
