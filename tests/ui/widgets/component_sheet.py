"""Draws every shared widget in both themes on one picture, to lay beside the design's component sheet.

QT_QPA_PLATFORM=offscreen python tests/ui/widgets/component_sheet.py OUT.png [TEXT_SIZE]
"""

import sys

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.avatar import Avatar
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import PlainButton, PrimaryButton, QuietButton
from staffdev_desktop.ui.widgets.cycle_bar import CycleBar, StageCount
from staffdev_desktop.ui.widgets.delegates import StageText, paint_stage
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.empty import EmptyState
from staffdev_desktop.ui.widgets.fields import ChoiceField, DateField, LabelledField, LineField, TickField, role_label
from staffdev_desktop.ui.widgets.notification import Notification
from staffdev_desktop.ui.widgets.search_box import FilterBox, SearchBox
from staffdev_desktop.ui.widgets.segments import Segments
from staffdev_desktop.ui.widgets.step_bar import SectionProgress, SectionState, StepBar


class Chips(QWidget):
    """Stage chips as a table paints them."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(theme.px(260), theme.px(26))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        paint_stage(painter, 0, self.height() / 2, StageText("done", "18 Sep"))
        paint_stage(painter, theme.px(70), self.height() / 2, StageText("now", "Today 13:30"))


def row(*widgets: QWidget) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(8)
    for widget in widgets:
        made.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
    made.addStretch(1)
    return made


def sheet() -> QWidget:
    page = QWidget()
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    page.resize(683, 860)
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 12, 20, 20)
    column.setSpacing(7)
    column.addWidget(role_label(f"{theme.current_theme().title()} theme", "card"))
    column.addWidget(role_label("Buttons: normal, keyboard focus, not available", "small"))
    page.focused, off = PrimaryButton("Save entr&y", "check"), PlainButton("Print", "print")
    off.setEnabled(False)
    buttons = PrimaryButton("Save ent&ry", "check"), page.focused, PlainButton("&Print", "print"), off, QuietButton("Clear tic&ks")
    column.addLayout(row(*buttons))
    column.addWidget(role_label("Fields: empty, chosen, wrong", "small"))
    wrong = LabelledField("&By when", DateField())
    wrong.set_value("31/02/2027")
    wrong.editor.check()
    team = LabelledField("&Team", ChoiceField([(1, "Teachers"), (2, "Site")]))
    team.setFixedWidth(theme.px(150))
    hours = LabelledField("&Hours", LineField("For example 0.5"))
    hours.setFixedWidth(theme.px(150))
    fields = QHBoxLayout()
    for field in (hours, team):
        fields.addWidget(field, 0, Qt.AlignmentFlag.AlignTop)
    fields.addWidget(wrong, 1)
    column.addLayout(fields)
    column.addWidget(role_label("Status badges: icon, words, then colour", "small"))
    badges = ("ok", "Signed", None), ("warn", "Due in 10 days", None), ("late", "4 days late", None)
    badges += ("info", "Returned", None), ("mute", "Not started", None), ("mute", "Locked", "lock")
    column.addLayout(row(*(Badge(BadgeText(*badge)) for badge in badges)))
    column.addLayout(row(Chips(), Avatar("Karen Doyle"), Avatar("Karen Doyle", 44)))
    bar = CycleBar()
    stages = ("Self-review out", 12), ("Returned", 9), ("Meeting booked", 11), ("Draft", 6), ("Agreed", 5), ("Signed", 13)
    bar.set_stages([StageCount(name, name, count) for name, count in stages])
    column.addWidget(bar)
    view = Segments([(1, "Cycle boar&d"), (2, "Cale&ndar"), (3, "&Interim meetings")], "View")
    view.set_value(1)
    column.addLayout(row(view, FilterBox("Filter by name or role")))
    progress = SectionProgress()
    progress.set_sections(
        [SectionState("a", "Discussion", "done"), SectionState("b", "Targets, 2 of 3", "now"), SectionState("c", "Comments", "empty")]
    )
    column.addWidget(progress)
    column.addWidget(StepBar(3))
    header = QWidget()
    header.setObjectName("header")
    header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    strip = QHBoxLayout(header)
    strip.setContentsMargins(12, 7, 12, 7)
    lock = PlainButton("&Lock", "lock")
    lock.set_icon("lock", "onhead")
    school = QLabel("Riverbank Primary Academy")
    school.setObjectName("school")
    for part in (school, SearchBox(), lock):
        strip.addWidget(part)
    column.addWidget(header)
    holder = QWidget()
    holder.setMinimumHeight(66)
    note = Notification(holder, above=0)
    note.say("3 self-review sheets sent to the printer", "Ruth Pemberton, Tom Ashworth, Aisha Rahman", undo="Undo stage", stays=True)
    column.addWidget(holder)
    low = QHBoxLayout()
    what = "Add the first entry, or record a session for several people at once."
    low.addWidget(EmptyState("cpd", "No CPD logged this term", what, "&Add entry"), 1)
    words = "Karen and Ruth have read it together. After this, no one can change the words. A change means a new version."
    dialog = HouseDialog("Agree and lock this statement?", words, safe="&Keep editing", act="Agree and &lock", act_icon="lock", width=330)
    dialog.body.addWidget(TickField("Karen has &read it on screen"))
    dialog.setWindowFlags(Qt.WindowType.Widget)
    low.addWidget(dialog, 1)
    column.addLayout(low, 1)
    return page


def draw(name: str, text_size: int) -> QImage:
    theme.apply(name, text_size)
    page = sheet()
    page.show()
    page.activateWindow()
    page.focused.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    image = page.grab().toImage()
    page.close()
    page.deleteLater()
    return image


def main(out: str, text_size: int = 100) -> None:
    app = QApplication([])
    halves = [draw("light", text_size), draw("dark", text_size)]
    whole = QImage(halves[0].width() * 2, halves[0].height(), QImage.Format.Format_RGB32)
    painter = QPainter(whole)
    for number, half in enumerate(halves):
        painter.drawImage(QPoint(number * half.width(), 0), half)
    painter.end()
    whole.save(out)
    app.quit()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100)
