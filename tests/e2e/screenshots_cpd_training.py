"""Screens and papers of training that expires: 05b and what opens from it."""

from functools import partial
from typing import Any

from staffdev_desktop.cpd.training import due, papers, queries
from staffdev_desktop.cpd.training.rules import urgency
from staffdev_desktop.papers.reports import Printed
from staffdev_desktop.practice.cast import MANAGER
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings

LAURA, JAKE = "Laura Fenwick", "Jake Thornton"


def draw(screens: Any) -> None:
    """The matrix with the keyboard in it, a cell, recording for two, the school’s list."""
    panel = screens.window.show_tab("cpd").show_view("training")
    people = {row.person.name: row.id for row in panel.matrix.rows}
    first_aid = next(each.id for each in panel.matrix.trainings if each.name == "Paediatric first aid")
    panel.focus_first()
    screens.take("05b-training-expiry")
    for name, opened in (
        ("05b-a-training-of-one-person", partial(panel.open_cell, people[LAURA], first_aid)),
        ("05b-b-record-training", partial(panel.record_for, first_aid, (people[LAURA], people[JAKE]))),
        ("05b-c-required-training", panel.edit_list),
        ("05b-d-all-training-of-one-person", partial(panel.open_person, people[JAKE])),
    ):
        opened()
        screens.take_dialog(name)
        screens.person.dialog.touched = False  # nobody is asked whether to throw anything away
        screens.close_dialogs()


def drawn_papers(school: School) -> list[tuple[str, bytes]]:
    """The matrix for an inspection, what is to be arranged, what one person owes."""
    matrix = school.read(queries.matrix)
    rows = sorted(matrix.rows, key=urgency)
    until = due.horizon(matrix.today, school.read(settings.calendar).terms)
    printed = Printed(school.read(settings.school).name, matrix.today.year, matrix.today, practice=True)
    jake = [row for row in rows if row.person.name == JAKE]
    return [
        ("15-training-matrix", papers.matrix_paper(matrix, rows, MANAGER, printed)),
        ("15b-training-to-arrange", papers.due_paper(due.due_lines(matrix, rows, until), until, MANAGER, printed)),
        ("15c-training-owed", papers.owed_paper(matrix, jake, MANAGER, printed)),
    ]
