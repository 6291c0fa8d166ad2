"""The record on paper: shown first, printed or saved from there."""

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries
from staffdev_desktop.ui.preview import Preview, show_paper


def print_record(school: School, person_id: int, window: QWidget) -> Preview:
    """Show a person's record as the paper that would be printed. Raises UserError if the person is gone."""
    from staffdev_desktop.staff.papers import staff_record, words_of  # ReportLab is loaded with the first paper

    record = school.read(queries.person_record, person_id=person_id)
    pdf = staff_record(
        record,
        school=school.read(settings.school).name,
        printed_on=clock.today(),
        logo=school.read(settings.logo),
        practice=school.practice,
    )
    number = record.details.staff_number
    safe = "".join(c if c.isalnum() or c == "-" else "-" for c in number)
    return show_paper(
        window,
        pdf,
        title=f"Staff record of {record.name}",
        file_name=f"Staff record {safe}.pdf",
        queue_title=f"Staff record {safe}",
        texts=words_of(record),
    )
