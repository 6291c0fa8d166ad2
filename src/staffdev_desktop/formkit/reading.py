"""Forms from TOML: a school's own copy as text, and those that ship with the program (`forms/`)."""

import tomllib
from functools import cache
from importlib.resources import files

from staffdev_desktop.formkit.definition import Form, form_from_data
from staffdev_desktop.kernel.errors import UserError


def parse_form(text: str) -> Form:
    """Read a form from TOML. Raises UserError with a sentence that names the line, section or field that is wrong."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"The form cannot be read: {error}.") from error
    return form_from_data(data)


@cache
def shipped_forms() -> tuple[Form, ...]:
    """Every form that ships with the program, by id."""
    folder = files("staffdev_desktop.forms")
    texts = [item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".toml")]
    return tuple(sorted((parse_form(text) for text in texts), key=lambda form: form.id))


def shipped_form(form_id: str) -> Form:
    """A form that ships with the program. Raises UserError when there is none with this id."""
    for form in shipped_forms():
        if form.id == form_id:
            return form
    raise UserError(f"There is no form called ‘{form_id}’.", field="form")
