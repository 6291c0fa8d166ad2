"""The program without a window, as somebody types it (DESIGN section 7)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from staffdev_desktop import commands, practice
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.practice.cast import MANAGER
from staffdev_desktop.school import School
from staffdev_desktop.schoolfile.opening import KeyHolder
from staffdev_desktop.schoolfile.slots import Cost

CHEAP = Cost(passes=1, memory_kib=64, lanes=1)
Said = tuple[int, str, str]
Run = Callable[..., Said]


@pytest.fixture
def say(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder; returns exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pw").write_text("practice-school\n")

    def run(*argv: str, login: bool = True) -> Said:
        code = commands.run([*argv, *(["--password-file", "pw"] if login else [])])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture(scope="session")
def made_practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small practice school. Never opened by a test: copied."""
    path = tmp_path_factory.mktemp("practice") / "P.staffdev"
    practice.make(path, staff=14, years=2, seed=1, today=date(2026, 10, 20), cost=CHEAP)
    return path


@pytest.fixture
def school_here(made_practice: Path, tmp_path: Path) -> str:
    """The practice school as `P.staffdev` in the folder where commands run."""
    shutil.copytree(made_practice, tmp_path / "P.staffdev")
    return "P.staffdev"


def data(said: Said) -> dict[str, Any]:
    code, out, err = said
    assert (code, err) == (0, "")
    assert out.count("\n") == 1
    found: dict[str, Any] = json.loads(out)
    return found


def test_new_prints_the_recovery_code_once(say: Run) -> None:
    code, out, _ = say("new", "S.staffdev", "--name", "Elm Grove", "--user", "Janet Whitlock")
    assert code == 0
    assert out.splitlines()[-1].count("-") == 6
    assert data(say("check", "S.staffdev", "--json")) == {"sound": True, "problems": []}
    code, out, err = say("new", "S.staffdev", "--name", "Again")
    assert (code, out) == (1, "")
    assert "already something" in err


def test_new_keeps_the_recovery_code_in_a_file_of_its_own(say: Run, tmp_path: Path) -> None:
    found = data(say("new", "S.staffdev", "--name", "Elm Grove", "--recovery-file", "code.txt", "--json"))
    assert found == {"school": "S.staffdev", "user": "School business manager", "recovery_file": "code.txt"}
    assert (tmp_path / "code.txt").read_text().count("-") == 6
    code, _, err = say("new", "T.staffdev", "--name", "T", "--recovery-file", "code.txt")
    assert code == 1
    assert "not there yet" in err
    assert not (tmp_path / "T.staffdev").exists()
    code, _, _ = say("new", "S.staffdev", "--name", "T", "--recovery-file", "other.txt")
    assert code == 1
    assert not (tmp_path / "other.txt").exists()


def test_a_short_password_makes_no_file(say: Run, tmp_path: Path) -> None:
    (tmp_path / "pw").write_text("short\n")
    code, _, err = say("new", "S.staffdev", "--name", "S")
    assert code == 1
    assert "at least 8 characters" in err
    assert not (tmp_path / "S.staffdev").exists()


def test_demo(say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr(practice, "make", lambda path, **kwargs: asked.append({"path": path, **kwargs}))
    said = say("demo", "D.staffdev", "--staff", "20", "--seed", "7", "--today", "20/10/2026", "--json", login=False)
    assert data(said)["password"] == "practice-school"
    assert asked == [{"path": Path("D.staffdev"), "staff": 20, "years": 3, "seed": 7, "today": date(2026, 10, 20)}]
    assert say("demo", "D.staffdev", "--today", "someday", login=False)[0] == 2


def test_check_backup_and_restore(say: Run, school_here: str, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    backup = data(say("backup", school_here, "--to", "stick", "--json"))["file"]
    assert data(say("restore", backup, "R.staffdev", "--json", login=False))["school"] == "R.staffdev"
    assert data(say("check", "R.staffdev", "--json"))["sound"] is True
    code, _, err = say("restore", backup, "R.staffdev", login=False)
    assert code == 1
    assert "nothing is written over" in err
    code, _, err = say("backup", school_here, "--to", "no/such/stick")
    assert code == 1
    assert "plugged in" in err


def test_check_tells_of_damage(say: Run, school_here: str, tmp_path: Path) -> None:
    records = tmp_path / school_here / "records.db"
    content = bytearray(records.read_bytes())
    content[-3000] ^= 1
    records.write_bytes(content)
    code, out, err = say("check", school_here, "--json")
    assert code == 1
    assert json.loads(out)["sound"] is False
    assert err
    records.write_bytes(content[:4096])
    code, out, err = say("check", school_here)
    assert (code, out) == (1, "")
    assert "Restore the newest backup" in err


def test_wrong_password_unknown_user_and_missing_file(say: Run, school_here: str, tmp_path: Path) -> None:
    (tmp_path / "pw").write_text("wrong\n")
    code, out, err = say("check", school_here, "--json")
    assert code == 1
    assert json.loads(out) == {"problem": err.strip()}
    assert "password is not right" in err
    assert say("check", school_here, "--user", "Nobody")[0] == 1
    code, _, err = say("check", "gone.staffdev")
    assert (code, "no school file" in err) == (1, True)
    (tmp_path / "pw").unlink()
    code, _, err = say("check", school_here)
    assert (code, "cannot be read" in err) == (1, True)


def test_a_reviewer_may_not_take_in_a_list(say: Run, school_here: str, tmp_path: Path) -> None:
    with School.open(tmp_path / school_here, name=MANAGER, password=practice.PASSWORD) as school:
        school.add_key_holder(KeyHolder("Zoë Wąs", "Reviewer", practice.PASSWORD))
    (tmp_path / "staff.csv").write_text(STAFF_LIST)
    code, _, err = say("import", "staff", "staff.csv", school_here)
    assert (code, "Zoë Wąs" in err, "--user NAME" in err) == (1, True, True)
    code, _, err = say("import", "staff", "staff.csv", school_here, "--user", "Zoë Wąs")
    assert (code, err) == (1, "Whoever signs in may not do this.\n")
    assert say("check", school_here, "--user", "Zoë Wąs")[0] == 0


@pytest.mark.parametrize("argv", [[], ["nonsense"], ["new"], ["print", "pictures", "S", "--out", "x"], ["check"], ["check", "a", "b"]])
def test_wrong_usage(say: Run, argv: list[str]) -> None:
    code, out, err = say(*argv, login=False)
    assert (code, out) == (2, "")
    assert "usage:" in err


def test_help_and_version(say: Run) -> None:
    assert say("--version", login=False)[:2] == (0, "staffdev-desktop 0.1.0\n")
    assert say("print", "--help", login=False)[0] == 0
    for word in commands.COMMANDS:
        assert word in say("--help", login=False)[1]


STAFF_LIST = "Surname,Forename,Staff number,Job title\nOkonjo,Ada,9001,Teaching assistant\n,,9002,Cleaner\n"


def test_import_staff(say: Run, school_here: str, tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text(STAFF_LIST)
    dry = data(say("import", "staff", "staff.csv", school_here, "--dry-run", "--json"))
    assert (dry["new"], dry["changed"], dry["same"], dry["trouble"], dry["dry_run"]) == (1, 0, 0, 1, True)
    assert [(row["number"], row["verdict"]) for row in dry["rows"]] == [(2, "new"), (3, "trouble")]
    assert all(row["reason"] for row in dry["rows"] if row["verdict"] == "trouble")
    assert data(say("import", "staff", "staff.csv", school_here, "--json"))["new"] == 1
    again = data(say("import", "staff", "staff.csv", school_here, "--json"))
    assert (again["new"], again["same"]) == (0, 1)
    code, out, _ = say("import", "staff", "staff.csv", school_here)
    assert code == 0
    assert out.splitlines()[-1] == "Taken in: 1 same, 1 trouble."


CPD_LIST = "Name,Date,Hours,Activity,Kind\n{name},14/09/2026,1.5,Phonics,Twilight\nZeb Quark,14/09/2026,1,Phonics,Course\n"


def test_import_and_export_cpd(say: Run, school_here: str, tmp_path: Path) -> None:
    with School.open(tmp_path / school_here, name=MANAGER, password="practice-school") as school:
        person = next(each for each in school.read(log.people) if each.staff_number)
        had = len(school.read(log.entries))
    (tmp_path / "cpd.csv").write_text(CPD_LIST.format(name=person.name), encoding="utf-8")
    dry = data(say("import", "cpd", "cpd.csv", school_here, "--dry-run", "--json"))
    assert [(row["number"], row["verdict"]) for row in dry["rows"]] == [(2, "new"), (3, "trouble")]
    assert (dry["dry_run"], dry["kinds"]) == (True, ["Twilight"])
    assert "Zeb Quark" in dry["rows"][1]["reason"]
    code, out, _ = say("import", "cpd", "cpd.csv", school_here, "--add-kinds")
    assert (code, out.splitlines()[-2:]) == (0, ["Taken in: 1 new, 1 trouble.", "Added to the list of kinds: Twilight."])
    assert data(say("import", "cpd", "cpd.csv", school_here, "--json"))["same"] == 1
    assert data(say("export", "cpd", school_here, "--out", "all.xlsx", "--json")) == {"file": "all.xlsx", "entries": had + 1}
    assert say("export", "cpd", school_here, "--out", "own.csv", "--person", person.staff_number, "--year", "2026")[0] == 0
    own = (tmp_path / "own.csv").read_text(encoding="utf-8-sig")
    assert "Phonics" in own
    assert "Twilight" in own
    again = data(say("import", "cpd", "own.csv", school_here, "--json"))
    assert (again["new"], again["changed"]) == (0, 0)
    assert data(say("check", school_here, "--json"))["sound"]


def test_import_of_a_matrix_of_courses(say: Run, school_here: str, tmp_path: Path) -> None:
    with School.open(tmp_path / school_here, name=MANAGER, password="practice-school") as school:
        names = [person.name for person in school.read(log.people)][:3]
    matrix = "Name,Safeguarding,Prevent\n" + "".join(f"{name},x,14/09/2026\n" for name in names)
    (tmp_path / "matrix.csv").write_text(matrix, encoding="utf-8")
    silent = data(say("import", "cpd", "matrix.csv", school_here, "--dry-run", "--json"))
    assert silent["trouble"] == 6
    assert silent["rows"][0]["column"] == "B"
    assert data(say("import", "cpd", "matrix.csv", school_here, "--hours", "1", "--date", "1/9/2026", "--json"))["new"] == 6


def test_export_that_cannot_be(say: Run, school_here: str, tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_text("mine")
    for out, why in (("log.pdf", "must end in .csv or .xlsx"), ("there.csv", "there already"), ("no/such/log.csv", "cannot be written")):
        code, _, err = say("export", "cpd", school_here, "--out", out)
        assert code == 1
        assert why in err
    assert "staff number 4711" in say("export", "cpd", school_here, "--out", "x.csv", "--person", "4711")[2]
    for year in ("0", "9999"):
        assert "no academic year" in say("export", "cpd", school_here, "--out", "x.csv", "--year", year)[2]
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_import_of_a_file_that_is_none(say: Run, school_here: str, tmp_path: Path) -> None:
    (tmp_path / "staff.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    for name in ("staff.xlsx", "gone.csv"):
        code, out, err = say("import", "staff", name, school_here)
        assert (code, out) == (1, "")
        assert err.strip().endswith(".")


@pytest.mark.parametrize("what", ["self-review", "meeting-forms", "statements"])
def test_print(say: Run, school_here: str, tmp_path: Path, what: str) -> None:
    cycle = [] if what != "statements" else ["--cycle", "Support staff 2025/26"]
    found = data(say("print", what, school_here, "--out", "papers", *cycle, "--json"))
    assert "Support staff" in found["cycle"]
    assert {Path(file["path"]) for file in found["files"]} == set(Path("papers").iterdir())
    for file in found["files"]:
        assert (tmp_path / file["path"]).read_bytes().startswith(b"%PDF-")
        assert file["pages"] >= 1
        assert file["staff_number"]
    one = found["files"][0]["staff_number"]
    mine = data(say("print", what, school_here, "--out", "one", *cycle, "--person", one, "--json"))["files"]
    assert {file["staff_number"] for file in mine} == {one}
    assert data(say("check", school_here, "--json"))["sound"]


def test_printing_nothing_is_a_problem(say: Run, school_here: str) -> None:
    assert "no cycle ‘Teachers 1999’" in say("print", "statements", school_here, "--out", "x", "--cycle", "Teachers 1999")[2]
    assert "staff number 4711" in say("print", "statements", school_here, "--out", "x", "--person", "4711")[2]


def test_no_command_needs_qt(school_here: str, say: Run, tmp_path: Path) -> None:
    code = (
        "import sys; from staffdev_desktop import commands; code = commands.run(sys.argv[1:]);"
        "sys.exit(code or 9 * any(name.startswith('PySide6') for name in sys.modules))"
    )
    argv = [sys.executable, "-c", code, "print", "self-review", school_here, "--out", "x", "--password-file", "pw"]
    done = subprocess.run(argv, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
