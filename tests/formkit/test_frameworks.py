"""Standards that targets may name."""

from staffdev_desktop.formkit import Field, frameworks, shipped_forms, standards_for


def test_the_teachers_standards_are_all_there_in_order() -> None:
    teachers = next(framework for framework in frameworks() if framework.id == "teachers-standards")
    assert [standard.code for standard in teachers.standards] == [*(f"TS{number}" for number in range(1, 9)), "P2"]


def test_no_number_of_the_hlta_standards_is_missing() -> None:
    hlta = next(framework for framework in frameworks() if framework.id == "hlta-standards")
    spans = [standard.code.removeprefix("HLTA ").split("–") for standard in hlta.standards]
    assert [number for first, last in spans for number in range(int(first), int(last) + 1)] == list(range(1, 34))


def test_the_assistants_standards_are_not_called_the_governments() -> None:
    assistants = next(framework for framework in frameworks() if framework.id == "teaching-assistant-standards")
    assert assistants.source.startswith("Not statutory.")
    assert len(assistants.standards) == 4


def test_a_field_offers_the_standards_it_names_and_nothing_for_others() -> None:
    field = Field("targets", "targets", frameworks=("gone", "teaching-assistant-standards"))
    assert standards_for(field)[0] == "TA1 Personal and professional conduct"
    assert len(standards_for(field)) == 4
    assert standards_for(Field("targets", "targets")) == ()


def test_shipped_forms_name_only_frameworks_that_are_there() -> None:
    known = {framework.id for framework in frameworks()}
    named = {name for form in shipped_forms() for field in form.fields for name in field.frameworks}
    assert named == known
