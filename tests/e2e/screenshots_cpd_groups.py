"""Groups and research, the directory and the offer: their screens and papers, for `screenshots.py`."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from staffdev_desktop.cpd.groups import papers as group_papers
from staffdev_desktop.cpd.groups import queries as groups
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.offer import papers as offer_papers
from staffdev_desktop.cpd.offer import queries as offer
from staffdev_desktop.cpd.offer.rules import PHASE, STAGE
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.years import year_of
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.school import School


def draw(screens: Any) -> None:
    """Every screen."""
    groups_and_research(screens)
    directory_and_offer(screens)
    directory_in_meeting(screens)


def groups_and_research(screens: Any) -> None:
    """Both segments, and the dialogs that matter."""
    panel = screens.window.show_tab("cpd").show_view("groups", "groups")
    panel.groups.table.choose(panel.groups.model.id_at(0))
    panel.focus_first()
    screens.take("05g-groups")
    due = next(row.id for row in panel.groups.model.rows() if row.warnings)
    for verb, row_id in (("change", panel.groups.model.id_at(0)), ("plan", due), ("attend", due)):
        panel.doing["groups"].do(verb, row_id)
        screens.take_dialog(f"05g-group-{verb}")
        screens.close_dialogs()
    panel.go_to("research")
    screens.take("05h-action-research")
    for verb in ("decide", "evaluate", "report"):
        panel.doing["research"].do(verb, panel.research.model.id_at(0))
        screens.take_dialog(f"05h-research-{verb}")
        screens.close_dialogs()


def directory_and_offer(screens: Any) -> None:
    """The directory and both grids."""
    panel = screens.window.show_tab("cpd").show_view("offer", "directory")
    panel.directory.table.choose(panel.directory.model.id_at(0))
    screens.take("05i-directory")
    panel.directory.change_line(panel.directory.model.id_at(0))
    screens.take_dialog("05i-directory-line")
    screens.close_dialogs()
    for segment in (STAGE, PHASE):
        panel.go_to(segment)
        panel.focus_first()
        screens.take(f"05j-offer-{segment}")


def directory_in_meeting(screens: Any) -> None:
    """The directory searched while a need is agreed."""
    with screens.held() as screen:
        screen.search_directory()
        screens.person.dialog.find.setText("reading")
        screens.take_dialog("04d-directory-in-the-meeting")
        screens.close_dialogs()


def drawn_papers(school: School) -> Iterator[tuple[str, bytes]]:
    """Every paper, by the name of its picture."""
    on = clock.today()
    year = year_of(on)
    printed = Printed("Riverbank Primary Academy", year, on, None, practice=True)
    found, projects = school.read(groups.groups, year=year), school.read(groups.research, year=year)
    shared = school.read(groups.research, year=year - 1)[0]
    yield "14a-group-record", group_papers.group_sheet(found[0], printed)
    yield "14b-research-application", group_papers.application_form(None, printed)
    yield "14c-research-report", group_papers.report_cover(shared, replace(printed, year=year - 1))
    yield "14d-groups-overview", group_papers.year_overview(found, projects, school.read(log.cpd_settings), printed)
    yield "14e-directory", offer_papers.directory_paper(school.read(offer.directory), printed)
    for grid in (STAGE, PHASE):
        yield f"14f-offer-{grid}", offer_papers.offer_paper(school.read(offer.offer_grid, grid=grid), printed)
