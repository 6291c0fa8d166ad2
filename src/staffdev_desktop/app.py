"""Puts the parts together. What needs a window is imported only when one is to be opened, so everything else works without Qt."""

import gc


def run(school: str | None, *, practice: bool = False) -> int:
    """Open the program on a school file, else on the last one, and stay until it is closed. Returns the exit code."""
    gc.disable()  # until the first window is painted (ui/program.py): collecting while modules load finds nothing and takes time
    from staffdev_desktop.ui import program

    return program.run(school, practice=practice)
