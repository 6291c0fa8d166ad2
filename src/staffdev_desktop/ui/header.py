"""The strip at the top: school, academic year, search, who is signed in, Lock."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import HouseButton
from staffdev_desktop.ui.widgets.fields import ChoiceField
from staffdev_desktop.ui.widgets.search_box import SearchBox

HEIGHT, LOGO = 44, 20
SEARCH, SEARCH_LARGE = 340, 220


class _HeadButton(HouseButton):
    icon_colour = "onhead"


class Header(QWidget):
    """Shows and asks; the window does. `settings_asked(page)` comes from the menu under the name of whoever is signed in."""

    year_picked = Signal(object)
    lock_asked = Signal()
    settings_asked = Signal(str)
    backup_asked = Signal()
    interest_asked = Signal()

    def __init__(self, user: str, role: str, *, practice: bool = False, succession: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._has_logo = False
        self._crest = QLabel(self)
        self._school = QLabel(self)
        self._school.setObjectName("school")
        self._school.setTextFormat(Qt.TextFormat.PlainText)
        self.years = ChoiceField((), self)
        self.years.setAccessibleName("Academic year")
        self.years.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.years.edited.connect(self.year_picked)
        self.search = SearchBox(parent=self)
        self._name, self._role = user.replace("&", "&&"), role
        self._years: list[int] = []
        self.user = _HeadButton(self._name, "user", self)
        self.user.setProperty("quiet", True)
        self.user.setToolTip("Settings, password, backup")
        self.user.setMenu(self._menu(succession))
        self.lock = _HeadButton("&Lock", "lock", self)
        self.lock.setToolTip("Lock the screen (Ctrl+L)")
        self.lock.clicked.connect(self.lock_asked)
        self._lay_out(practice)
        self._dress()
        self._fit()

    def _lay_out(self, practice: bool) -> None:
        rule = QFrame(self)
        rule.setObjectName("headrule")
        rule.setFixedSize(1, theme.px(20))
        rule.setAutoFillBackground(True)
        self._rule = rule
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._crest)
        row.addWidget(self._school)
        if practice:
            row.addWidget(Badge(BadgeText("warn", "Practice", "info"), self))
        row.addSpacing(4)
        row.addWidget(rule)
        row.addWidget(self.years)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addStretch(1)
        row.addWidget(self.user)
        row.addWidget(self.lock)

    def _menu(self, succession: bool) -> QMenu:
        menu = QMenu(self)
        for words, signal, page in (
            ("&Settings…", self.settings_asked, ""),
            ("&Forms…", self.settings_asked, "forms"),
            ("&Password and key-holders…", self.settings_asked, "keys"),
            ("&This PC: look and backups…", self.settings_asked, "pc"),
            ("&Back up now", self.backup_asked, None),
            *((("&Leadership interest…", self.interest_asked, None),) if succession else ()),
        ):
            action = QAction(words, menu)
            if page is None:
                action.triggered.connect(signal)
            else:
                action.setData(page)
            menu.addAction(action)
        menu.triggered.connect(self._chosen)
        return menu

    def _chosen(self, action: QAction) -> None:
        if action.data() is not None:
            self.settings_asked.emit(action.data())

    def set_school(self, name: str, logo: bytes | None) -> None:
        """Show the school's name and its logo, or the crest."""
        self._school.setText(name)
        picture = QPixmap()
        self._has_logo = logo is not None and picture.loadFromData(logo)
        if self._has_logo:
            side = round(theme.px(LOGO) * self.devicePixelRatioF())
            picture = picture.scaled(QSize(side * 3, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._crest.setPixmap(picture)
        else:
            self._dress()

    def set_years(self, years: list[int], chosen: int) -> None:
        """Offer these academic years."""
        self._years = years
        self._name_years()
        self.years.set_value(chosen)
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colours and letters."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_rule"):
            self._name_years()
            self._dress()
            QTimer.singleShot(0, self._fit)  # after the search box has measured itself anew

    def _name_years(self) -> None:
        chosen, words = self.years.value(), "" if _is_large() else "Academic year "
        self.years.set_choices([(year, f"{words}{year_label(year)}") for year in self._years])
        self.years.set_value(chosen)

    def _fit(self) -> None:
        """Large letters need the room: the role goes from the strip, and the search becomes narrower."""
        self.user.setText(self._name if _is_large() else f"{self._name} · {self._role}")
        self.search.setFixedWidth(theme.px(SEARCH_LARGE if _is_large() else SEARCH))
        self.search.setPlaceholderText("Find" if _is_large() else "Find a person or a review")

    def _dress(self) -> None:
        self.setFixedHeight(theme.px(HEIGHT))
        if not self._has_logo:
            self._crest.setPixmap(theme.pixmap("crest", "onhead", LOGO))
        palette = self._rule.palette()
        palette.setColor(palette.ColorRole.Window, theme.colour("headline"))
        self._rule.setPalette(palette)
        self.years.setIconSize(QSize(theme.px(16), theme.px(16)))
        for place in range(self.years.count()):
            self.years.setItemIcon(place, theme.icon("cal", "onhead"))


def _is_large() -> bool:
    return theme.current_setting()[1] > 100
