"""Start: `staffdev-desktop [SCHOOL] [--practice]` opens the window, a first word that is a command runs it without one."""

import sys

USAGE = "staffdev-desktop [SCHOOL] [--practice]   opens the program\nstaffdev-desktop COMMAND ...             see --help"


def main() -> int:
    """Run the program. Returns the exit code."""
    arguments = sys.argv[1:]
    if arguments and _is_command(arguments[0]):
        from staffdev_desktop import commands

        return commands.run(arguments)
    practice = "--practice" in arguments
    named = [argument for argument in arguments if argument != "--practice"]
    if len(named) > 1 or any(argument.startswith("-") for argument in named):
        print(USAGE, file=sys.stderr)
        return 2
    from staffdev_desktop import app

    return app.run(named[0] if named else None, practice=practice)


def _is_command(word: str) -> bool:
    """Whether a first word is a command. A path never is, so a window opens without loading the commands."""
    if word.startswith("--practice") or word.endswith(".staffdev") or "/" in word or "\\" in word:
        return False
    from staffdev_desktop import commands

    return word in commands.COMMANDS or word in ("-h", "--help", "--version")


if __name__ == "__main__":
    sys.exit(main())
