"""What a result was made from, as a short key: content of files, remembered by their size and time as git does."""

import hashlib
import os
import pickle
import platform
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Whatever of these changes may change what is read, checked or drawn.
TOOLS = ("PyYAML", "Jinja2", "MarkupSafe", "mkdocs", "mkdocs-material", "pypinyin", "rjieba", "numpy", "ahocorasick_rs", "orjson")


class Fingerprints:
    """Hashes of files; kept in `store`, so that unchanged files are not read again."""

    def __init__(self, store: Path):
        self._store = store
        self._seen: dict[str, tuple[int, int, bytes]] = {}
        self._known: dict[str, tuple[int, int, bytes]] = load(store, platform.python_version()) or {}

    def file(self, path: str | os.PathLike, stat: os.stat_result | None = None) -> bytes:
        stat = stat or os.stat(path)
        name = os.fspath(path)
        known = self._known.get(name)
        if known is None or known[:2] != (stat.st_size, stat.st_mtime_ns):
            with open(path, "rb") as file:
                known = (stat.st_size, stat.st_mtime_ns, hashlib.blake2b(file.read(), digest_size=16).digest())
        self._seen[name] = known
        return known[2]

    def folder(self, path: Path, deep: bool = False, kinds: tuple[str, ...] = ()) -> str:
        """Names and contents of the files of a folder, of those below it too if `deep`; of `kinds` of names alone where given."""
        found = hashlib.blake2b(digest_size=16)
        for name, file, stat in sorted(_files(path, "", deep)):
            if not kinds or name.endswith(kinds):
                found.update(name.encode() + b"\0" + self.file(file, stat))
        return found.hexdigest()

    def save(self) -> None:
        """Keep what was seen now; what was only known before may be gone."""
        if self._seen != self._known:
            save(self._store, self._known | self._seen, platform.python_version())
            self._known |= self._seen


def _files(path: Path | str, above: str, deep: bool) -> Iterable[tuple[str, str, os.stat_result]]:
    try:
        entries = list(os.scandir(path))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir():
            if deep and entry.name != "__pycache__":
                yield from _files(entry.path, f"{above}{entry.name}/", deep)
        else:
            yield f"{above}{entry.name}", entry.path, entry.stat()


def key(*parts: object) -> str:
    """One key for several, each told apart from its neighbours."""
    return hashlib.blake2b("\0".join(map(str, parts)).encode(), digest_size=16).hexdigest()


def tools() -> str:
    """Versions of what takes part."""
    found = [platform.python_version()]
    for name in TOOLS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return " ".join(found)


def load(path: Path, by: str):
    """A value kept by `save`; None if there is none, if it is not what was written, or if another program wrote it."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    head = _head(by, content[_HEAD:])
    return pickle.loads(content[_HEAD:]) if content[:_HEAD] == head else None


def save(path: Path, value, by: str) -> None:
    """Keep a value so that damage is noticed; a build that is interrupted leaves the old value. `by` is the program that can read it again."""
    content = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_bytes(_head(by, content) + content)
    os.replace(new, path)


_HEAD = 32


def _head(by: str, content: bytes) -> bytes:
    return hashlib.sha256(by.encode() + b"\0" + content).digest()
