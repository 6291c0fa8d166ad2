"""Forms: the list and the editor of one, what is saved, put back, taken from a file and written to one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from staffdev_desktop.formkit import Form, shipped_form
from staffdev_desktop.formkit.editing import check_edition, checked
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError
from staffdev_desktop.pdr.kinds import KINDS
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries, services
from staffdev_desktop.settings.rules import check_form
from staffdev_desktop.ui import messages, theme
from staffdev_desktop.ui.forms import files
from staffdev_desktop.ui.forms.dialogs import DifferencesDialog
from staffdev_desktop.ui.forms.differences import differences
from staffdev_desktop.ui.forms.edit import drafts
from staffdev_desktop.ui.forms.editor import Editor
from staffdev_desktop.ui.forms.library import Library, Running, form_rows
from staffdev_desktop.ui.forms.sample import SchoolWords
from staffdev_desktop.ui.forms.words import what_saving_does
from staffdev_desktop.ui.panels import go_to_next_panel
from staffdev_desktop.ui.widgets.notification import Notification

SIZE = (1366, 689)
SAVE = services.save_form.__name__


class FormsPage(QWidget):
    """The list, and in its place the editor of the form opened. `left` when somebody closes the list.

    `in_use` counts the running reviews by (form id, version), so that it can be said how many keep theirs.
    """

    left = Signal()

    def __init__(self, school: School, parent: QWidget | None = None, *, in_use: Callable[[], Running] | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._school, self._in_use = school, in_use
        self._saves = 0  # made here and not taken back: older ones are no business of this window's undo
        self.library = Library(self)
        self.editor: Editor | None = None
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.library)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.notification = Notification(self, above=0)
        self.notification.undone.connect(self.undo)
        self.library.opened.connect(self.open_form)
        self.library.import_asked.connect(self.import_form)
        self.library.left.connect(self.left)
        self.show_library()

    # -- going about --------------------------------------------------------------------------------------------------------

    def show_library(self) -> None:
        """Go back to the list. What is not saved is kept with its form while the program runs."""
        editor, self.editor = self.editor, None
        self.library.show_rows(form_rows(self._school, self._running()))
        self.stack.setCurrentWidget(self.library)
        if editor is not None:
            self.stack.removeWidget(editor)
            editor.deleteLater()
        self.library.table.setFocus(Qt.FocusReason.TabFocusReason)

    def open_form(self, form_id: str) -> None:
        """Open a form in the editor; changes that were not saved are there again."""
        before = self._school.read(queries.form, form_id=form_id)
        found = self._school.read(queries.school)
        words = SchoolWords(found.name, found.return_to, self._school.read(queries.logo))
        edit = drafts.of(str(self._school.path), before)
        self.editor = made = Editor(edit, words, shipped=shipped_form(form_id), running=self._running_of(form_id), parent=self)
        made.save_asked.connect(self.save)
        made.discard_asked.connect(self.discard)
        made.shipped_asked.connect(self.back_to_shipped)
        made.export_asked.connect(self.export_form)
        made.import_asked.connect(self.import_form)
        made.left.connect(self.leave_editor)
        self.stack.addWidget(made)
        self.stack.setCurrentWidget(made)
        made.outline.tree.setFocus(Qt.FocusReason.TabFocusReason)

    def leave_editor(self) -> bool:
        """Back to the list; changes that are not saved are asked about. False if the person stays."""
        if not self.may_leave():
            return False
        self.show_library()
        return True

    def may_leave(self) -> bool:
        """Whether nothing is unsaved, or the person throws it away."""
        if self.editor is None or not self.editor.edit.changed:
            return True
        words = "They are not saved, and throwing them away cannot be undone."
        if not messages.ask(self, "Discard your changes to this form?", words, act="&Discard them", safe="&Keep editing"):
            return False
        self._forget()
        return True

    def panels(self) -> list[QWidget]:
        """What F6 goes through."""
        return self.editor.panels() if self.editor else [self.library.table, self.library.open]

    # -- saving and putting back -------------------------------------------------------------------------------------------------

    def save(self) -> bool:
        """Save the form as its next version; False if something is in the way, which is said."""
        editor = self.editor
        if editor is None or not editor.edit.changed or editor.show_wrong():
            return False
        try:
            check_edition(editor.edit.form, editor.edit.before)
            version = self._school.do(services.save_form, form=editor.edit.form)
        except (UserError, Conflict, FileProblem) as error:
            editor.say(str(error), error=True)
            return False
        self._saved(version)
        return True

    def back_to_shipped(self) -> None:
        """Make the shipped words the next version."""
        editor = self.editor
        lost = " Your changes that are not saved are thrown away." if editor.edit.changed else ""
        words = f"They become version {editor.edit.before.version + 1}. {what_saving_does(self._running_of(editor.edit.before.id))}{lost}"
        if not messages.ask(self, "Go back to the words as shipped?", words, act="&Go back to them", safe="&Keep our own"):
            return
        try:
            version = self._school.do(services.save_form, form=shipped_form(editor.edit.before.id))
        except (UserError, Conflict, FileProblem) as error:
            editor.say(str(error), error=True)
            return
        self._saved(version)

    def undo(self) -> None:
        """Take the last save back. The words stay in the editor, not saved."""
        last = self._school.undoable()
        if not self._saves or last is None or last.service != SAVE:
            return
        try:
            self._school.undo()
        except (UserError, Conflict, FileProblem) as error:
            self.notification.say(str(error), kind="warn")
            return
        self._saves -= 1
        if self.editor is None:
            self.library.show_rows(form_rows(self._school, self._running()))
            self.notification.say("The last save was taken back")
            return
        edit = self.editor.edit
        edit.before = self._school.read(queries.form, form_id=edit.before.id)
        self.editor.refresh()
        words = "Your words are still here, not saved." if edit.changed else ""
        self.notification.say(f"Version {edit.before.version} is in use again", words, kind="info")

    def discard(self) -> None:
        """Throw away what is not saved, after asking."""
        if self.may_leave():
            self.editor.edit.replace_with(self.editor.edit.before)
            self.editor.refresh()

    def _saved(self, version: int) -> None:
        self._saves += 1
        edit = self.editor.edit
        edit.before = self._school.read(queries.form, form_id=edit.before.id)
        edit.replace_with(edit.before)
        self.editor.refresh()
        self.notification.say(f"Version {version} is saved", what_saving_does(self._running_of(edit.before.id)), undo="Undo")

    def _forget(self) -> None:
        self.editor.edit.replace_with(self.editor.edit.before)
        drafts.forget(str(self._school.path), self.editor.edit.before.id)

    # -- files ----------------------------------------------------------------------------------------------------------------

    def export_form(self) -> None:
        """Write the form as it stands in the editor to a TOML file."""
        edit = self.editor.edit
        version = edit.before.version + 1 if edit.changed else edit.before.version
        suggested = Path.home() / files.file_name(edit.form, version)
        path = messages.save_file(self, "Save the form as a file", suggested=suggested, kinds=files.KINDS)
        if path is None:
            return
        try:
            to = files.write_form(replace(edit.form, version=version), path)
        except FileProblem as error:
            messages.problem(self, error)
            return
        self.notification.say(f"Saved as {to.name}", str(to.parent))

    def import_form(self) -> None:
        """Read an edition from a file and show what it would change; it goes into the editor, not yet into the school's file."""
        path = messages.choose_file(self, "Which form?", kinds=files.KINDS)
        if path is None:
            return
        try:
            form = files.read_form(path)
            before = self._before(form)
            form = checked(replace(form, version=before.version))
            check_edition(form, before)
            check_form(form, before)
        except UserError as error:
            messages.tell(self, "This form was not taken", error.message)
            return
        except FileProblem as error:
            messages.problem(self, error)
            return
        found = differences(before, form)
        if not found:
            messages.tell(self, "Nothing is different", f"‘{path.name}’ has the words of version {before.version}, which is in use.")
            return
        replaces = drafts.has(str(self._school.path), form.id)
        messages.show(DifferencesDialog(form.title, found, replaces=replaces, accept=self._taker(form), parent=self.window()))

    def _before(self, form: Form) -> Form:
        known = [form_id for kind in KINDS.values() for form_id in (kind.sheet, kind.statement)]
        if form.id not in known:
            raise UserError(f"No kind of review uses a form called ‘{form.id}’. Give it the id of the form that it should replace.")
        return self._school.read(queries.form, form_id=form.id)

    def _taker(self, form: Form) -> Callable[[], None]:
        def take() -> None:
            self.open_with(form)

        return take

    def open_with(self, form: Form) -> None:
        """Open a form's editor with other words in it, not saved."""
        if self.editor is None or self.editor.edit.before.id != form.id:
            if self.editor is not None:
                self.show_library()
            self.open_form(form.id)
        self.editor.edit.replace_with(form)
        self.editor.refresh()

    # -- within ---------------------------------------------------------------------------------------------------------------

    def _running(self) -> Running | None:
        return self._in_use() if self._in_use else None

    def _running_of(self, form_id: str) -> dict[int, int] | None:
        running = self._running()
        return None if running is None else {version: count for (each, version), count in running.items() if each == form_id}


class FormsWindow(QDialog):
    """The page as a window of its own: messages.show(FormsWindow(school, parent)). Esc goes back a step, and closes from the list."""

    def __init__(self, school: School, parent: QWidget | None = None, *, in_use: Callable[[], Running] | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Forms")
        self.setModal(True)
        self.page = FormsPage(school, self, in_use=in_use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        room = self.screen().availableSize()
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))
        self.page.left.connect(self.accept)
        for keys, do in (
            ("Ctrl+S", self.page.save),
            ("Ctrl+Z", self.page.undo),
            ("F6", self._next_panel),
            ("Shift+F6", self._previous_panel),
        ):
            QShortcut(QKeySequence(keys), self, do)

    def reject(self) -> None:
        """Esc: from the editor to the list, from the list out; what is not saved is asked about."""
        if self.page.editor is not None:
            self.page.leave_editor()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ignore first: an exception in here would close the window. What is not saved is asked about."""
        event.ignore()
        if self.page.may_leave():
            event.accept()

    def _next_panel(self) -> None:
        go_to_next_panel(self.page, [], 1)

    def _previous_panel(self) -> None:
        go_to_next_panel(self.page, [], -1)
