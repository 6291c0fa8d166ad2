"""Plays a scene in a forked child under strace: to record what it does to the disk, or to make one of its system calls fail."""

import ctypes
import mmap
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from staffdev_desktop.kernel.errors import FileProblem
from tests.faults._scenes import Scene

# Calls that change the disk or promise that it has changed.
WRITING = "write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,copy_file_range,sendfile"
DONE, REFUSED, BUG = 0, 3, 4
LONGEST_SCENE = 30  # seconds
_PR_SET_PTRACER = 0x59616D61
_ANYBODY = ctypes.c_ulong(-1)


@dataclass(frozen=True)
class Outcome:
    """The last acknowledged step, how the child ended (a signal is negative), and what it said if it ended badly."""

    acked: int
    ended: int
    said: str


def can_run() -> str:
    """Why faults cannot be tried on this machine, or nothing."""
    if not sys.platform.startswith("linux"):
        return "Fault runs need Linux: they watch and break system calls with strace."
    return "" if shutil.which("strace") else "Fault runs need strace: apt-get install strace"


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder for one run, in memory where there is such a place: the disk's own speed is not what is tested."""
    memory = Path("/dev/shm")
    return tempfile.TemporaryDirectory(prefix="staffdev-faults-", dir=memory if os.access(memory, os.W_OK) else None)


def play(scene: Scene, folder: Path, *strace: str, at_start: Callable[[], object] | None = None) -> Outcome:
    """Play a scene in a child with strace attached (its options after `folder`), from the scene's first `yield` on.

    `at_start` is called at that moment.
    """
    acks = mmap.mmap(-1, 8)  # shared with the child: an acknowledgement is no system call, so no fault can touch it
    ready, attached = os.pipe(), os.pipe()
    said = tempfile.TemporaryFile()  # noqa: SIM115  # shared with the child
    child = os.fork()
    if child == 0:
        os._exit(_child(scene, folder, acks, ready[1], attached[0], said.fileno()))
    os.close(ready[1])
    os.close(attached[0])
    os.read(ready[0], 1)
    tracer = subprocess.Popen(["strace", "-f", "-p", str(child), *strace], stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    while "attached" not in (line := tracer.stderr.readline()):
        if not line:
            os.kill(child, signal.SIGKILL)
            raise RuntimeError(f"strace did not attach: {line}")
    if at_start:
        at_start()
    os.write(attached[1], b"g")
    _, status = os.waitpid(child, 0)
    tracer.communicate()
    os.close(ready[0])
    os.close(attached[1])
    said.seek(0)
    return Outcome(int.from_bytes(acks[:4], "little"), os.waitstatus_to_exitcode(status), said.read().decode())


def _child(scene: Scene, folder: Path, acks: mmap.mmap, ready: int, attached: int, said: int) -> int:
    signal.alarm(LONGEST_SCENE)
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)  # else only a parent may attach where Yama is on
    shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]  # sendfile would hide from the log what it writes
    try:
        for step in scene.act(folder):
            if step == 0:
                os.write(ready, b"r")
                os.read(attached, 1)
            else:
                acks[:4] = step.to_bytes(4, "little")
                with suppress(OSError):  # puts the acknowledgement into strace's log, without writing anything
                    Path(f"/acknowledged/{step}").readlink()
    except FileProblem:
        return REFUSED
    except BaseException as error:
        first = next(iter(str(error).splitlines()), "")
        os.write(said, f"{traceback.format_exc()}\n{type(error).__name__} {first}".encode())
        return BUG
    return DONE
