"""A form written as TOML, for a school to keep, change or pass on; `reading.parse_form` reads it back to the same form.

Written by hand because the standard library only reads TOML; a form needs words, whole numbers, yes and no, lists of words, and
tables in tables.
"""

import re
from dataclasses import fields
from typing import Any

from staffdev_desktop.formkit.definition import Field, Form, Section

_TABLES = ("sections", "fields", "hidden")
_ESCAPED = re.compile(r'[\x00-\x1f\x7f"\\]')
_SHORT_ESCAPES = {"\n": r"\n", "\t": r"\t", "\r": r"\r", '"': r"\"", "\\": r"\\"}


def form_as_toml(form: Form) -> str:
    """A form as the text of a TOML file. What has its usual value is left out."""
    lines = _values(form)
    for section in form.sections:
        lines += ["", "[[sections]]", *_values(section)]
        for table in ("fields", "hidden"):
            for field in getattr(section, table):
                lines += ["", f"[[sections.{table}]]", *_values(field)]
    return "\n".join(lines) + "\n"


def _values(record: Form | Section | Field) -> list[str]:
    return [
        f"{spec.name} = {_value(getattr(record, spec.name))}"
        for spec in fields(record)
        if spec.name not in _TABLES and getattr(record, spec.name) != spec.default
    ]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    return '"' + _ESCAPED.sub(lambda found: _SHORT_ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04x}", value) + '"'
