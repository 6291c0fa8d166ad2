"""Making, opening and holding a school file."""

from pathlib import Path

from staffdev_desktop.school import School
from staffdev_desktop.settings import queries, services


def test_a_school_keeps_what_was_written(school: School, school_path: Path) -> None:
    row = school.read(queries.school)
    school.do(services.change_school, revision=row.revision, name="Elm Grove", minimum_group=6, return_to="Office")
    school.close()
    again = School.open(school_path, name="Janet Whitlock", password="correct horse battery")
    assert again.read(queries.school).name == "Elm Grove"
    assert again.check() == ()
    again.close()


def test_undo_puts_the_last_change_back(school: School) -> None:
    row = school.read(queries.school)
    school.do(services.change_school, revision=row.revision, name="Elm Grove", minimum_group=6, return_to="Office")
    school.undo()
    back = school.read(queries.school)
    assert (back.name, back.minimum_group) == ("Riverbank Primary Academy", 5)
    assert back.revision > row.revision
    assert school.undoable() is None
    assert school.check() == ()
