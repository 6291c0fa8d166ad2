"""Settings, CPD kinds: the school’s own list."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from staffdev_desktop.cpd.log import queries, services
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.school import School
from staffdev_desktop.ui.hub import Hub
from staffdev_desktop.ui.pc_settings import PcSettings
from staffdev_desktop.ui.settings.dialog import SettingsDialog
from staffdev_desktop.ui.settings.kinds_page import COUNTS, IN_USE, NAME, KindsPage
from staffdev_desktop.ui.widgets.mnemonics import clashes
from tests.conftest import TODAY
from tests.people import Staffed


@pytest.fixture
def dialog(staffed: Staffed, qtbot: Any, house: Any) -> SettingsDialog:
    made = SettingsDialog(staffed.school, Hub(2026), PcSettings(), page="cpd-kinds")
    qtbot.addWidget(made, before_close_func=_forget)
    made.show()
    return made


def _forget(dialog: SettingsDialog) -> None:
    for page in dialog.pages:
        page.changed = False


def _names(school: School) -> list[str]:
    return [kind.name for kind in school.read(queries.kinds, in_use_only=False)]


def test_the_list_is_renamed_ticked_ordered_and_added_to(dialog: SettingsDialog, staffed: Staffed) -> None:
    page: KindsPage = dialog.page("cpd-kinds")
    assert clashes(dialog) == {}
    page.table.item(0, NAME).setText("Quick drop-in")
    page.table.item(1, COUNTS).setCheckState(Qt.CheckState.Unchecked)
    page.table.setCurrentCell(1, NAME)
    page.up.click()
    page.add.click()
    page.table.item(page.table.rowCount() - 1, NAME).setText("Twilight")
    page.table.setCurrentCell(2, NAME)
    page.remove.click()
    dialog.save()
    names = _names(staffed.school)
    assert names[:2] == ["Course", "Quick drop-in"]
    assert names[-1] == "Twilight"
    assert "Conference" not in names
    assert not next(kind for kind in staffed.school.read(queries.kinds) if kind.name == "Course").counts


def test_a_kind_that_is_used_goes_out_of_use_and_not_away(dialog: SettingsDialog, staffed: Staffed) -> None:
    page: KindsPage = dialog.page("cpd-kinds")
    first = staffed.school.read(queries.kinds)[0]
    details = EntryDetails(TODAY, 15, "Drop-in", kind_id=first.id)
    staffed.school.do(services.add_entry, person_id=staffed.karen, details=details)
    page.table.setCurrentCell(0, NAME)
    page.remove.click()
    dialog.save()
    assert page.problem.words() == "‘15-minute drop-in’ is used already. Untick ‘In use’ instead of removing it."
    page._show()
    page.table.item(0, IN_USE).setCheckState(Qt.CheckState.Unchecked)
    dialog.save()
    assert first.name in _names(staffed.school)
    assert first.name not in [kind.name for kind in staffed.school.read(queries.kinds)]
