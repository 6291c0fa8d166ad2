"""The rules of the house (DESIGN section 2) that import contracts cannot say: file by file, read as syntax."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
PACKAGE = SRC / "staffdev_desktop"
UI = PACKAGE / "ui"

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LONGEST_OF = {"staffdev_desktop/ui/main_window.py": 350}
LONGER_BY_AGREEMENT: dict[str, int] = {}  # "staffdev_desktop/area/file.py" or "...file.py:function": its limit


@dataclass(frozen=True)
class Module:
    """A source file, read once."""

    path: Path
    tree: ast.Module
    lines: int

    @property
    def name(self) -> str:
        return self.path.relative_to(SRC).as_posix()

    def imports(self) -> Iterator[tuple[int, str]]:
        """Every module named by an import, at any depth, with its line: `from a import b` gives a.b."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{node.module or ''}.{alias.name}") for alias in node.names)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def modules() -> tuple[Module, ...]:
    found = []
    for path in sorted(SRC.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Module(path, ast.parse(text, str(path)), text.count("\n")))
    return tuple(found)


def among(*rooms: str) -> list[Module]:
    """The areas' rooms of these names: services.py, or every file of a folder services/."""
    return [module for module in modules() if module.path.stem in rooms or module.path.parent.name in rooms]


def is_numbered_migration(module: Module) -> bool:
    return module.path.parent.name == "migrations" and module.path.name != "__init__.py"


def fail_with(wrong: list[str]) -> None:
    assert not wrong, "\n" + "\n".join(wrong)


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_kernel_needs_only_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"staffdev_desktop.kernel"}
    fail_with(
        [
            f"{module.name}:{line}: {name}"
            for module in modules()
            if module.path.is_relative_to(PACKAGE / "kernel")
            for line, name in module.imports()
            if name.partition(".")[0] not in allowed and not name.startswith("staffdev_desktop.kernel")
        ]
    )


def test_rows_are_frozen_and_need_only_the_standard_library() -> None:
    wrong = []
    for module in among("rows"):
        for line, name in module.imports():
            if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("staffdev_desktop."):
                wrong.append(f"{module.name}:{line}: imports {name}")
        for node in module.tree.body:
            marks = [ast.unparse(mark) for mark in node.decorator_list] if isinstance(node, ast.ClassDef) else []
            if any(mark.startswith("dataclass") and "frozen=True" not in mark for mark in marks):
                wrong.append(f"{module.name}:{node.lineno}: this dataclass is not frozen")
    fail_with(wrong)


def test_migrations_import_no_models() -> None:
    """A mapped class used in a migration breaks it next year (DESIGN section 10)."""
    fail_with(
        [
            f"{module.name}:{line}: {name}"
            for module in modules()
            if "migrations" in module.path.parts
            for line, name in module.imports()
            if ".models" in name or name.endswith(".Base") or (is_numbered_migration(module) and name.startswith("staffdev_desktop."))
        ]
    )


CLOCKS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.localtime",
    "QDate.currentDate",
    "QDateTime.currentDateTime",
    "QTime.currentTime",
}


def test_nobody_asks_the_clock_but_the_kernel() -> None:
    wrong = []
    for module in modules():
        if module.name == "staffdev_desktop/kernel/clock.py":
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).rsplit(".", 2)[-2:]) in CLOCKS:
                wrong.append(f"{module.name}:{node.lineno}: {ast.unparse(node)}; use kernel.clock")
    fail_with(wrong)


def test_nothing_can_reach_a_network() -> None:
    network = ("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "PySide6.QtNetwork", "socketserver", "xmlrpc")
    fail_with(
        [
            f"{module.name}:{line}: {name}"
            for module in modules()
            for line, name in module.imports()
            if any(name == barred or name.startswith(f"{barred}.") for barred in network)
        ]
    )


def test_every_service_and_query_is_marked_with_what_it_needs() -> None:
    """A public function of the shape (session, actor, *, ...) is what `read` and `do` take; a helper takes more by position."""
    wrong = []
    for module in among("services", "queries"):
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                is_door = [argument.arg for argument in node.args.args] == ["session", "actor"]
                marks = [ast.unparse(mark).partition("(")[0].rpartition(".")[2] for mark in node.decorator_list]
                if is_door and "needs" not in marks:
                    wrong.append(f"{module.name}:{node.lineno}: {node.name} is not marked @needs(Permission...)")
    fail_with(wrong)


def test_services_change_rows_one_by_one() -> None:
    """A bulk update() or insert() would slip past the change table, and so past undo and the audit trail."""
    bulk = {"sqlalchemy.update", "sqlalchemy.insert", "sqlalchemy.delete", "sqlalchemy.text"}
    fail_with([f"{module.name}:{line}: {name}" for module in among("services") for line, name in module.imports() if name in bulk])


def test_dialogs_are_opened_through_messages_only() -> None:
    wrong = []
    for module in modules():
        if module.path.is_relative_to(UI) and module.path != UI / "messages.py":
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Name) and node.id in {"QMessageBox", "QFileDialog", "QInputDialog"}:
                    wrong.append(f"{module.name}:{node.lineno}: {node.id}; ask through ui/messages.py")
    fail_with(wrong)


def test_no_module_and_no_function_has_outgrown_itself() -> None:
    wrong = []
    for module in modules():
        if is_numbered_migration(module):
            continue  # a list of tables, written once and never changed
        limit = LONGER_BY_AGREEMENT.get(module.name, LONGEST_OF.get(module.name, LONGEST_FILE))
        if module.lines > limit:
            wrong.append(f"{module.name}: {module.lines} lines, not {limit}: it is asking to be two")
        for node in module.functions():
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            limit = LONGER_BY_AGREEMENT.get(f"{module.name}:{node.name}", LONGEST_FUNCTION)
            if length > limit:
                wrong.append(f"{module.name}:{node.lineno}: {node.name} has {length} lines, not {limit}")
    fail_with(wrong)


def test_every_module_says_what_it_is_for() -> None:
    fail_with([module.name for module in modules() if not ast.get_docstring(module.tree)])


@pytest.fixture(scope="module")
def project() -> dict[str, dict[str, object]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_package_is_listed(project: dict[str, dict[str, dict[str, list[str]]]]) -> None:
    in_tree = {".".join(path.parent.relative_to(SRC).parts) for path in SRC.rglob("__init__.py")}
    in_tree |= {"staffdev_desktop.forms", "staffdev_desktop.resources"}
    listed = project["tool"]["setuptools"]["packages"]
    where = "[tool.setuptools] packages in pyproject.toml"
    fail_with([f"{where}: list {name}" for name in sorted(in_tree - set(listed))])
    fail_with([f"{where}: {name} is not in the tree" for name in sorted(set(listed) - in_tree)])
    assert listed == sorted(listed), f"{where}: keep the order"


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in SRC.rglob("*.py")}
    assert not [folder for folder in folders if not (folder / "__init__.py").exists() and folder != SRC]


def test_constraints_are_names_and_versions_alone() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    fail_with([line for line in lines if line and not line.startswith("#") and not _is_pin(line)])


def _is_pin(line: str) -> bool:
    name, _, version = line.partition("==")
    return bool(version) and all(part.replace("-", "").replace("_", "").replace(".", "").isalnum() for part in (name, version))
