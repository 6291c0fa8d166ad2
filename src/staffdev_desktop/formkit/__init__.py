"""A form's definition, its answers and their checks: one meaning for the screen, the printed sheet and the fillable PDF (DESIGN section 5).

Standard library only. A form is a TOML file (`forms/`) or plain data kept in a snapshot; answers are plain JSON values by field id.
"""

from staffdev_desktop.formkit.answers import Problem, check_answers, is_date, is_empty
from staffdev_desktop.formkit.definition import AGREEMENTS, OUTCOMES, Field, Form, Section, form_as_data, form_from_data
from staffdev_desktop.formkit.frameworks import Framework, Standard, frameworks, names_standard, standards_for
from staffdev_desktop.formkit.progress import SectionState, missing_before_agreed, questions_before_agreed, section_state
from staffdev_desktop.formkit.reading import parse_form, shipped_form, shipped_forms

__all__ = [
    "AGREEMENTS",
    "OUTCOMES",
    "Field",
    "Form",
    "Framework",
    "Problem",
    "Section",
    "SectionState",
    "Standard",
    "check_answers",
    "form_as_data",
    "form_from_data",
    "frameworks",
    "is_date",
    "is_empty",
    "missing_before_agreed",
    "names_standard",
    "parse_form",
    "questions_before_agreed",
    "section_state",
    "shipped_form",
    "shipped_forms",
    "standards_for",
]
