"""A person's record on paper: every word on it, the same bytes each time."""

import io
from datetime import date

from pypdf import PdfReader

from staffdev_desktop.school import School
from staffdev_desktop.staff import queries, services
from staffdev_desktop.staff.papers import staff_record, words_of
from staffdev_desktop.staff.rows import HoldingDetails, MembershipDetails, PersonDetails, PersonRecord, QualificationDetails

DAY = date(2026, 10, 20)


def record(school: School, **details: str) -> PersonRecord:
    person = PersonDetails(**{"surname": "Doyle", "forename": "Karen", "staff_number": "0117", **details})  # type: ignore[arg-type]
    person_id = school.do(services.add_person, details=person, starts_on=date(2016, 9, 5))
    post = HoldingDetails(
        "Teaching assistant", "Annexe", starts_on=date(2016, 9, 5), weekly_hours=32.5, full_time_hours=37, allowance="SEN"
    )
    school.do(services.add_holding, person_id=person_id, details=post)
    known = QualificationDetails("NASENCO award", provider="Castle University", level="7", awarded_on=date(2019, 7, 1))
    school.do(services.add_qualification, person_id=person_id, details=known)
    school.do(services.add_membership, person_id=person_id, details=MembershipDetails("Chartered College", "1234"))
    return school.read(queries.person_record, person_id=person_id)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_every_word_of_the_record_is_on_the_paper(school: School) -> None:
    found = record(school, email="k.doyle@riverbank.example", known_as="Kate", notes="Leads the library club.")
    printed = words(staff_record(found, school="Riverbank Primary Academy", printed_on=DAY))
    for word in (
        "Riverbank Primary Academy", "Staff record 0117", "Karen Doyle", "Kate", "k.doyle@riverbank.example", "5 September 2016", "Annexe",
        "SEN", "32.5 of 37", "NASENCO award", "Castle University", "Chartered College", "1234",
        "Leads the library club.", "20 October 2026", "CONFIDENTIAL",
    ):  # fmt: skip
        assert word in printed, word


def test_the_same_record_gives_the_same_bytes_and_names_no_one_in_its_title(school: School) -> None:
    found = record(school)
    one, other = (staff_record(found, school="Riverbank", printed_on=DAY) for _ in range(2))
    assert one == other
    assert PdfReader(io.BytesIO(one)).metadata["/Title"] == "Staff record 0117"


def test_long_notes_flow_over_pages_and_names_print_in_their_letters(school: School) -> None:
    found = record(school, forename="Łukasz", surname="Żółć", notes="\n".join(f"Line {number} of the notes." for number in range(150)))
    pdf = staff_record(found, school="Riverbank", printed_on=DAY)
    printed = words(pdf)
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2
    assert "Łukasz Żółć" in printed
    assert all(f"Line {number} of the notes." in printed for number in range(150))


def test_what_is_asked_before_printing_has_every_name_on_it(school: School) -> None:
    found = record(school, notes="漢字")
    assert {"Teaching assistant", "NASENCO award", "Chartered College", "漢字", "Karen Doyle"} <= set(words_of(found))
