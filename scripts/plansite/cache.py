"""Finished work kept between builds below .cache/: a value and the files made with it, under the key of what they were made from."""

import hashlib
import os
import pickle
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .fingerprint import load, save
from .links import link

_VALUE = "value"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)  # without the layers of open(): files are many
INNER = "~"  # in front of the name of a file that is no part of the site: what a later step of the build needs


@dataclass(frozen=True)
class Product:
    """What one unit of work gave. `paths` are the finished files by URL."""

    value: object
    paths: dict[str, str]

    @property
    def urls(self) -> list[str]:
        """Of the files that are part of the site."""
        return [url for url in self.paths if not url.startswith(INNER)]

    def read(self, name: str) -> bytes:
        """An inner file."""
        with open(self.paths[INNER + name], "rb") as file:
            return file.read()


class Cache:
    """One product for each kind and name: the last. What is damaged, or made `by` another program, is as if it were not there."""

    def __init__(self, folder: Path, by: str):
        self.folder, self.by = folder, by

    def get(self, kind: str, name: str, key: str) -> Product | None:
        """The product if it was made from `key` and all its files are as they were written."""
        made_from, product = self.last(kind, name)
        return product if made_from == key else None

    def made(self, kind: str, name: str) -> Product:
        """A product that this build has made, or got already: its files are not looked at once more."""
        folder = self.folder / kind / name
        _, written, value = load(folder / _VALUE, self.by)
        return Product(value, _paths(folder, (url for url, *_ in written)))

    def last(self, kind: str, name: str) -> tuple[str, Product | None]:
        """(key, product) of the last time."""
        folder = self.folder / kind / name
        kept = load(folder / _VALUE, self.by)
        if kept is None:
            return "", None
        key, written, value = kept
        paths = _paths(folder, (url for url, *_ in written))
        for path, (_, size, time, content) in zip(paths.values(), written, strict=True):
            try:
                found = os.stat(path)
                # A copy from another machine may have lost its time; then its content tells.
                if found.st_size != size or (found.st_mtime_ns != time and digest(Path(path).read_bytes()) != content):
                    return "", None
            except OSError:
                return "", None
        return key, Product(value, paths)

    def put(self, kind: str, name: str, key: str, value: object, files: dict[str, bytes | str]) -> Product:
        """Keep a product in the place of the last. A file is its content, or the path of one that is finished already.

        Nothing is ever written over, for the files of the site may be links; the value is written at the end, and without it nothing counts.
        """
        folder = self.folder / kind / name
        fresh = folder.with_name(f"{name}.{os.getpid()}")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        written = []
        for (url, content), path in zip(files.items(), _paths(fresh, files).values(), strict=True):
            if isinstance(content, str):
                link(content, path)
                content = Path(path).read_bytes()
            else:
                _write(path, content)
            made = os.stat(path)
            written.append((url, made.st_size, made.st_mtime_ns, digest(content)))
        save(fresh / _VALUE, (key, written, value), self.by)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.rename(folder)
        return Product(value, _paths(folder, files))

    def keep(self, kind: str, names: set[str]) -> None:
        """Drop the products of a kind whose names are no longer used."""
        folder = self.folder / kind
        for entry in folder.iterdir() if folder.is_dir() else ():
            if entry.name not in names:
                shutil.rmtree(entry, ignore_errors=True)


def _paths(folder: Path, urls: Iterable[str]) -> dict[str, str]:
    """Where the files of a product are: numbered, whatever their names."""
    return {url: f"{folder}{os.sep}{number}" for number, url in enumerate(urls)}


def _write(path: str, content: bytes) -> None:
    file = os.open(path, _NEW)
    try:
        if os.write(file, content) < len(content):
            raise OSError(f"no room for {path}")
    finally:
        os.close(file)


def digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()  # processors have it built in


def packed(value) -> bytes:
    """A value as the content of an inner file."""
    return pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)


def unpacked(content: bytes):
    return pickle.loads(content)
