"""A disk that keeps only what it was told to keep: from the log of a scene, every state a power cut could leave.

Harsher than most file systems: bytes are safe only once their file was synced, and names (new, moved, gone) only once their folder
was. Anything else may be there, be missing, or (the last write) be torn, in any mixture. After Pillai et al., OSDI 2014 (ALICE).
"""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

LOGGED = (
    "open,openat,creat,close,lseek,write,pwrite64,fsync,fdatasync,ftruncate,"
    "rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,readlink,readlinkat"
)
ROOT = 0
_CALL = re.compile(r"(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)")
_FD = re.compile(r"(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Step:
    """One thing done: `kind` is write, cut (truncate), folder, name, sync or ack; `node` is a file's or folder's number."""

    kind: str
    node: int = ROOT
    at: int = 0
    data: bytes = b""
    names: tuple[tuple[int, str, int | None], ...] = ()  # folder, name, the node it now means (None: gone)


@dataclass
class Tree:
    """Files and folders by number: bytes, or names."""

    files: dict[int, bytearray] = field(default_factory=dict)
    folders: dict[int, dict[str, int]] = field(default_factory=lambda: {ROOT: {}})

    def copy(self) -> "Tree":
        files = {node: bytearray(data) for node, data in self.files.items()}
        return Tree(files, {node: dict(names) for node, names in self.folders.items()})

    def apply(self, step: Step, torn: int | None = None) -> None:
        """Do a step; of a torn write only the first `torn` bytes."""
        if step.kind == "write":
            data, file = step.data[:torn], self.files.setdefault(step.node, bytearray())
            file.extend(b"\0" * (step.at - len(file)))
            file[step.at : step.at + len(data)] = data
        elif step.kind == "cut":
            file = self.files.setdefault(step.node, bytearray())
            del file[step.at :]
            file.extend(b"\0" * (step.at - len(file)))
        elif step.kind == "folder":
            self.folders[step.node] = {}
        for folder, name, node in step.names:
            names = self.folders.setdefault(folder, {})
            if node is None:
                names.pop(name, None)
            else:
                names[name] = node

    def find(self, parts: tuple[str, ...]) -> int | None:
        node: int | None = ROOT
        for part in parts:
            node = self.folders.get(node, {}).get(part) if node is not None else None
        return node

    def lay_out(self, folder: Path, node: int = ROOT) -> None:
        """Write what can be reached by name."""
        folder.mkdir(exist_ok=True)
        for name, child in self.folders[node].items():
            if child in self.folders:
                self.lay_out(folder / name, child)
            else:
                (folder / name).write_bytes(self.files.get(child, b""))

    def mark(self, node: int = ROOT) -> int:
        """A number that is the same for the same reachable content."""
        below = self.folders[node].items()
        marks = [(name, self.mark(child) if child in self.folders else hash(bytes(self.files.get(child, b"")))) for name, child in below]
        return hash(tuple(sorted(marks)))


def read_tree(folder: Path) -> Tree:
    """What lies in a folder before a scene."""
    tree = Tree()
    nodes = {folder: ROOT}
    for number, path in enumerate(sorted(folder.rglob("*")), ROOT + 1):
        nodes[path] = number
        tree.folders[nodes[path.parent]][path.name] = number
        if path.is_dir():
            tree.folders[number] = {}
        else:
            tree.files[number] = bytearray(path.read_bytes())
    return tree


class Log:
    """Reads strace's log (-y -xx) of a scene in `folder` into steps."""

    def __init__(self, folder: Path, before: Tree) -> None:
        self._folder = folder
        self._now = before.copy()
        self._next = max([*self._now.files, *self._now.folders]) + 1
        self._open: dict[int, tuple[int, int]] = {}  # a file descriptor's node and position
        self.steps: list[Step] = []

    def read(self, log: Path) -> list[Step]:
        for line in log.read_text().splitlines():
            if match := _CALL.match(line):
                self._call(match[1], match[2], int(match[3]))
        return self.steps

    def _call(self, call: str, arguments: str, result: int) -> None:
        texts = [_plain(text) for text in _TEXT.findall(arguments)]
        if call.startswith("readlink"):
            if texts[0].startswith(b"/acknowledged/"):
                self.steps.append(Step("ack", at=int(texts[0].rpartition(b"/")[2])))
        elif result < 0:
            return
        elif call in {"open", "openat", "creat"}:
            self._opened(texts[0], arguments, result)
        elif call.startswith(("rename", "unlink", "mkdir", "rmdir")):
            self._named(call, [self._place(text) for text in texts], "AT_REMOVEDIR" in arguments)
        elif (found := _FD.match(arguments)) and self._is_ours(int(found[1]), found[2]):
            self._written(call, int(found[1]), texts, arguments, result)

    def _is_ours(self, descriptor: int, path: str) -> bool:
        """Whether a descriptor is a file of the folder; databases are open before the log begins."""
        if descriptor not in self._open and (place := self._place(_plain(path))) and (node := self._now.find((*place[0], place[1]))):
            self._open[descriptor] = (node, 0)
        return descriptor in self._open

    def _opened(self, path: bytes, arguments: str, descriptor: int) -> None:
        self._open.pop(descriptor, None)
        place = self._place(path)
        if place is None:
            return
        node = self._now.find((*place[0], place[1])) if place[1] else ROOT
        if node is None:
            node = self._new()
            self._do(Step("name", names=((self._folder_of(place), place[1], node),)))
        elif "O_TRUNC" in arguments:
            self._do(Step("cut", node, 0))
        end = len(self._now.files.get(node, b"")) if "O_APPEND" in arguments else 0
        self._open[descriptor] = (node, end)

    def _named(self, call: str, places: list[tuple[tuple[str, ...], str] | None], folder: bool) -> None:
        here = [place for place in places if place]
        if len(here) != len(places):
            return
        if call.startswith("rename"):
            old, new = here
            node = self._now.find((*old[0], old[1]))
            self._do(Step("name", names=((self._folder_of(new), new[1], node), (self._folder_of(old), old[1], None))))
        elif call.startswith("mkdir"):
            node = self._new()
            self._do(Step("folder", node))
            self._do(Step("name", names=((self._folder_of(here[0]), here[0][1], node),)))
        else:
            self._do(Step("name", names=((self._folder_of(here[0]), here[0][1], None),)))

    def _written(self, call: str, descriptor: int, texts: list[bytes], arguments: str, result: int) -> None:
        node, position = self._open[descriptor]
        if call == "write":
            self._do(Step("write", node, position, texts[0][:result]))
            self._open[descriptor] = (node, position + result)
        elif call == "pwrite64":
            self._do(Step("write", node, int(arguments.rpartition(",")[2]), texts[0][:result]))
        elif call == "ftruncate":
            self._do(Step("cut", node, int(arguments.rpartition(",")[2])))
        elif call == "lseek":
            self._open[descriptor] = (node, result)
        elif call in {"fsync", "fdatasync"}:
            self._do(Step("sync", node))
        elif call == "close":
            del self._open[descriptor]

    def _do(self, step: Step) -> None:
        self._now.apply(step)
        self.steps.append(step)

    def _new(self) -> int:
        self._next += 1
        return self._next

    def _place(self, path: bytes) -> tuple[tuple[str, ...], str] | None:
        """A path inside the folder as its folders and its name; None outside, and for the memory that WAL shares between openers."""
        whole = Path(path.decode())
        if not whole.is_relative_to(self._folder) or whole.name.endswith("-shm"):
            return None
        parts = whole.relative_to(self._folder).parts
        return (parts[:-1], parts[-1]) if parts else ((), "")

    def _folder_of(self, place: tuple[tuple[str, ...], str]) -> int:
        node = self._now.find(place[0])
        assert node is not None, place
        return node


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def states(before: Tree, steps: list[Step], moments: Iterable[int], per_moment: int, seed: int) -> Iterator[tuple[int, Tree]]:
    """For each moment, the states that a power cut then may leave, each with the last acknowledged step; none twice."""
    chance = random.Random(seed)
    seen: set[tuple[int, int]] = set()
    for moment in moments:
        done = steps[:moment]
        acked = max((step.at for step in done if step.kind == "ack"), default=0)
        pending = _pending(done)
        keeps: list[tuple[set[int], int | None]] = [(set(pending), None), (set(), None)]
        keeps += [({i for i in pending if chance.random() < 0.5}, None) for _ in range(per_moment)]
        if pending and done[pending[-1]].kind == "write":
            keeps.append((set(pending), chance.choice((512, 1024, 2048, 3584))))
        for kept, torn in keeps:
            lost = set(pending) - kept
            tree = before.copy()
            for i, step in enumerate(done):
                if i not in lost:
                    tree.apply(step, torn if pending and i == pending[-1] else None)
            key = (acked, tree.mark())
            if key not in seen:
                seen.add(key)
                yield acked, tree


def _pending(done: list[Step]) -> list[int]:
    """The steps that nothing has made safe yet."""
    synced: dict[int, int] = {}
    for i, step in enumerate(done):
        if step.kind == "sync":
            synced[step.node] = i
    pending = []
    for i, step in enumerate(done):
        if step.kind in {"write", "cut"} and synced.get(step.node, -1) < i:
            pending.append(i)
        if step.kind == "name" and any(synced.get(folder, -1) < i for folder, _, _ in step.names):
            pending.append(i)
    return pending
