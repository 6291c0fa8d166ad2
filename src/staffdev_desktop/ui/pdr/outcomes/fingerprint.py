"""Check a paper against the file: type its fingerprint, and read which statement it is, or that there is none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.kernel.dates import long_day
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.kernel.years import year_label
from staffdev_desktop.pdr.queries import outcomes
from staffdev_desktop.pdr.reports.rows import Fingerprinted
from staffdev_desktop.ui.widgets.badge import Badge, BadgeText
from staffdev_desktop.ui.widgets.buttons import LinkButton
from staffdev_desktop.ui.widgets.dialog import HouseDialog
from staffdev_desktop.ui.widgets.fields import LabelledField, LineField, role_label

UNKNOWN = "No statement in this file has this fingerprint"
UNKNOWN_DETAIL = "Look at the sixteen letters and digits once more. If they are right, the paper does not come from this file."


class FingerprintDialog(HouseDialog):
    """Enter checks what is typed and says it beneath; the dialog stays for the next paper."""

    def __init__(self, school, hub, parent: QWidget | None = None) -> None:
        told = "It stands at the foot of every page of a review statement."
        super().__init__("Does a paper match the file?", told, safe="&Close", act="Chec&k", act_icon="shield", parent=parent, width=480)
        self._school, self._hub = school, hub
        self._found: Fingerprinted | None = None
        hint = "Sixteen letters and digits, with or without strokes and spaces."
        self.typed = LabelledField("&Fingerprint on the paper", LineField("For example 7F3A-91C2-D05E-B468"), hint=hint, parent=self)
        self.typed.edited.connect(self._clear)
        self.badge = Badge(BadgeText("mute", ""), self)
        self.result = role_label("", "strong", self, wrap=True)
        self.detail = role_label("", "second", self, wrap=True)
        self.open_button = LinkButton("&Show the review", parent=self)
        self.open_button.clicked.connect(self._open)
        row = QHBoxLayout()
        row.addWidget(self.badge)
        row.addStretch(1)
        row.addWidget(self.open_button)
        self.body.addWidget(self.typed)
        self.body.addLayout(row)
        self.body.addWidget(self.result)
        self.body.addWidget(self.detail)
        self._clear()
        self.typed.setFocus(Qt.FocusReason.TabFocusReason)

    def check(self) -> bool:
        """Look it up; the dialog stays open."""
        try:
            self._found = self._school.read(outcomes.by_fingerprint, typed=self.typed.value())
        except UserError as error:
            self._clear()
            self.typed.set_error(error.message)
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        badge, title, detail = verdict(self._found)
        self.badge.set_badge(badge)
        self.result.setText(title)
        self.detail.setText(detail)
        for part in (self.badge, self.result, self.detail):
            part.show()
        self.open_button.setVisible(self._found is not None)
        self.typed.editor.selectAll()
        self.setAccessibleDescription(f"{title}. {detail}")
        return False

    def _clear(self, *_value: object) -> None:
        self._found = None
        self.typed.set_error(None)
        for part in (self.badge, self.result, self.detail, self.open_button):
            part.hide()

    def _open(self) -> None:
        review_id = self._found.review_id
        self.reject()
        self._hub.open_review.emit(review_id)


def verdict(found: Fingerprinted | None) -> tuple[BadgeText, str, str]:
    """What to say of a paper: badge, sentence, more."""
    if found is None:
        return BadgeText("late", "Not in this file"), UNKNOWN, UNKNOWN_DETAIL
    year = year_label(found.year)
    title = f"{found.number}, version {found.version}: {found.name}, {year}"
    if found.addendum_of:
        title = f"An addendum by the {found.addendum_of} to {title}"
    locked = f"Locked on {long_day(found.locked_on)}."
    if not found.sound:
        changed = "Its words in the file no longer give this fingerprint. Keep the paper, and ask for a check of the file."
        return BadgeText("late", "The file was changed"), title, f"{locked} {changed}"
    if found.void_on is not None:
        newer = f" Version {found.newest} is the newest." if found.newest != found.version else " A newer version is being written."
        reason = f" {found.void_reason}" if found.void_reason else ""
        return BadgeText("warn", "Void"), title, f"{locked} Void since {long_day(found.void_on)}:{reason}{newer}"
    return BadgeText("ok", "Matches"), title, f"{locked} It is the newest version, and its words in the file are those of the paper."
