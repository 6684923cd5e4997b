"""Finished work kept between builds below .cache/: a value and the files made with it, under the key of what they were made from."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .fingerprint import load, save

_VALUE = "value"


@dataclass(frozen=True)
class Product:
    """What one unit of work gave. `files` are (URL, path of the finished file)."""

    value: object
    files: tuple[tuple[str, str], ...]


class Cache:
    """One product for each kind and name: the last. What is damaged is as if it were not there."""

    def __init__(self, folder: Path):
        self.folder = folder

    def get(self, kind: str, name: str, key: str) -> Product | None:
        """The product if it was made from `key` and all its files are as they were written."""
        folder = self.folder / kind / name
        kept = load(folder / _VALUE)
        if kept is None or kept[0] != key:
            return None
        files = []
        for number, (url, size, time) in enumerate(kept[1]):
            path = f"{folder}{os.sep}{number}"
            try:
                found = os.stat(path)
            except OSError:
                return None
            if (found.st_size, found.st_mtime_ns) != (size, time):
                return None
            files.append((url, path))
        return Product(kept[2], tuple(files))

    def put(self, kind: str, name: str, key: str, value: object, files: dict[str, bytes]) -> None:
        """Keep a product in the place of the last. The value is written at the end: without it nothing counts."""
        folder = self.folder / kind / name
        # Files are never written over: those of the site may be links to them.
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for number, (url, content) in enumerate(files.items()):
            path = f"{folder}{os.sep}{number}"
            with open(path, "wb") as file:
                file.write(content)
            made = os.stat(path)
            written.append((url, made.st_size, made.st_mtime_ns))
        save(folder / _VALUE, (key, written, value))

    def keep(self, kind: str, names: set[str]) -> None:
        """Drop the products of a kind whose names are no longer used."""
        folder = self.folder / kind
        for entry in folder.iterdir() if folder.is_dir() else ():
            if entry.name not in names:
                shutil.rmtree(entry, ignore_errors=True)


def link(path: str, target: str) -> None:
    """`target` as a second name of a finished file, or as a copy where the system has no such names."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)
