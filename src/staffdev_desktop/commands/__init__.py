"""The program without a window: `staffdev-desktop COMMAND ...` (DESIGN section 7). One file a command; nothing here needs Qt.

Each command's module has `describe(parser)`, which adds its arguments, and `run(args)`, which returns an Answer.
"""

import argparse
import io
import json
import sys
from importlib import import_module

from staffdev_desktop import __version__
from staffdev_desktop.accounts.permissions import NotAllowed
from staffdev_desktop.kernel.errors import Conflict, FileProblem, UserError

# The first word, the module, what it does.
COMMANDS = {
    "new": ("new", "make a school file"),
    "demo": ("demo", "make a practice school of invented people"),
    "check": ("check", "check a school file: every page, link, change and frozen word"),
    "backup": ("backup", "write one verified backup file"),
    "restore": ("restore", "lay a backup out as a school file"),
    "import": ("import_sheet", "take in a staff list or CPD from a spreadsheet"),
    "export": ("export_cpd", "write the log of CPD as a spreadsheet"),
    "print": ("print_papers", "draw papers as PDF files"),
}
DONE, PROBLEM, WRONG_USAGE = 0, 1, 2


def run(argv: list[str]) -> int:
    """Run one command. Returns 0 (done), 1 (a problem, in plain words on stderr) or 2 (wrong usage)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a letter of a name
    try:
        args = _parser(argv[0] if argv else "").parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or DONE)
    try:
        answer = import_module(f"{__name__}.{COMMANDS[args.command][0]}").run(args)
    except (UserError, Conflict, FileProblem, NotAllowed) as problem:
        words = "Whoever signs in may not do this." if isinstance(problem, NotAllowed) else str(problem)
        print(words, file=sys.stderr)
        if args.json:
            print(json.dumps({"problem": words}))
        return PROBLEM
    except KeyboardInterrupt:
        return PROBLEM
    if args.json:
        print(json.dumps(answer.data, default=str))
    elif answer.words:
        print(answer.words)
    if answer.problem:
        print(answer.problem, file=sys.stderr)
        return PROBLEM
    return DONE


def _parser(chosen: str) -> argparse.ArgumentParser:
    """Only the chosen command's module is loaded."""
    whole = argparse.ArgumentParser(prog="staffdev-desktop", description="Staff development in a school, without a window.")
    whole.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for word, (module, help_text) in COMMANDS.items():
        one = commands.add_parser(word, help=help_text, description=f"{help_text[0].upper()}{help_text[1:]}.", allow_abbrev=False)
        if word == chosen:
            import_module(f"{__name__}.{module}").describe(one)
            one.add_argument("--user", metavar="NAME", help="who signs in (else the only one who can)")
            one.add_argument("--password-file", metavar="FILE", help="a file with the password on its first line (else you are asked)")
            one.add_argument("--json", action="store_true", help="answer with one JSON object")
    return whole
