"""A form as a TOML file: written whole or not at all, and read with one sentence that names the line where it is wrong."""

import re
from pathlib import Path

from staffdev_desktop.formkit import Form, parse_form
from staffdev_desktop.formkit.writing import form_as_toml
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.schoolfile.atomic import disk_faults, replace_file

KINDS = "Forms (*.toml);;All files (*)"
LARGEST = 1_000_000  # bytes; the forms that ship have 6,000 at most
_LINE = re.compile(r"^The form cannot be read: (?P<why>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)\.$", re.DOTALL)
_NAMED = re.compile(r"(?:Section|Field|id|section|question) ‘(?P<id>[^’]+)’")


def file_name(form: Form, version: int) -> str:
    """support-statement-v2.toml."""
    return f"{form.id}-v{version}.toml"


def write_form(form: Form, path: Path) -> Path:
    """Write a form; returns where it is. Raises FileProblem."""
    to = path if path.suffix.casefold() == ".toml" else path.with_name(f"{path.name}.toml")
    replace_file(to, form_as_toml(form).encode())
    return to


def read_form(path: Path) -> Form:
    """Read a form from a file. Raises UserError with one sentence that names the line, FileProblem for a fault of the disk."""
    with disk_faults(path), path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise UserError(f"‘{path.name}’ is too large for a form. Choose a form that this program exported.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UserError(f"‘{path.name}’, line {line}: this is not text. Choose a form that this program exported.") from error
    try:
        return parse_form(text.replace("\r\n", "\n"))
    except UserError as error:
        raise UserError(_with_line(error, text, path.name), field=error.field) from error


def _with_line(error: UserError, text: str, name: str) -> str:
    sentence = error.message
    if found := _LINE.match(sentence):
        line = int(found["line"]) if found["line"] else text.count("\n") + 1
        return f"‘{name}’, line {line}: this cannot be read ({_small(found['why'])})."
    line = _line_of(sentence, error.field or "", text)
    return f"‘{name}’, line {line}: {sentence}" if line else f"‘{name}’: {sentence}"


def _line_of(sentence: str, key: str, text: str) -> int:
    """The line that a sentence is about, 0 if none: of the key in the table that the sentence names, else where the table begins."""
    lines = text.splitlines()
    start = 0
    if named := _NAMED.search(sentence):
        wanted = re.compile(rf"""\s*id\s*=\s*["']{re.escape(named["id"])}["']""")
        found = [number for number, line in enumerate(lines, 1) if wanted.match(line)]
        start = found[-1] if found else 0
    elif numbered := re.search(r"Section (\d+)", sentence):
        heads = [number for number, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*sections\s*\]\]", line)]
        start = heads[int(numbered[1]) - 1] if int(numbered[1]) <= len(heads) else 0
    for number, line in enumerate(lines[start:], start + 1) if start else ():
        if line.lstrip().startswith("["):
            break
        if key and re.match(rf"\s*{re.escape(key)}\s*=", line):
            return number
    return start


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
