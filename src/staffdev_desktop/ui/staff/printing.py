"""The record on paper: drawn off the main thread, shown, printed or saved from there."""

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from staffdev_desktop.kernel import clock
from staffdev_desktop.school import School
from staffdev_desktop.settings import queries as settings
from staffdev_desktop.staff import queries
from staffdev_desktop.staff.rows import PersonRecord
from staffdev_desktop.ui.preview import Preview, show_paper


@dataclass(frozen=True)
class DrawnRecord:
    """A record and its paper."""

    record: PersonRecord
    pdf: bytes


def draw_record(school: School, person_id: int) -> DrawnRecord:
    """Draw a person's record. Raises UserError if the person is gone."""
    from staffdev_desktop.staff.papers import staff_record  # ReportLab is loaded with the first paper

    record = school.read(queries.person_record, person_id=person_id)
    pdf = staff_record(
        record,
        school=school.read(settings.school).name,
        printed_on=clock.today(),
        logo=school.read(settings.logo),
        practice=school.practice,
    )
    return DrawnRecord(record, pdf)


def show_record(drawn: DrawnRecord, window: QWidget) -> Preview:
    """Show the paper before it is printed. File and print queue are told the number, not the name."""
    from staffdev_desktop.staff.papers import words_of

    safe = "".join(c if c.isalnum() or c == "-" else "-" for c in drawn.record.details.staff_number)
    return show_paper(
        window,
        drawn.pdf,
        title=f"Staff record of {drawn.record.name}",
        file_name=f"Staff record {safe}.pdf",
        queue_title=f"Staff record {safe}",
        texts=words_of(drawn.record),
    )
