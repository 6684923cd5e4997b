"""Finished files in the places where a site has them: as second names of the same files, for there are many."""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

_SOME = 2_000  # files that one thread puts in a row


def link(path: str, target: str) -> None:
    """`target` as a second name of a finished file, or as a copy where the system has no such names."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)


def lay(folder: Path, files: Mapping[str, str]) -> None:
    """Put `files`, URL to path, into a folder that has none of them."""
    left = iter(files.items())
    with ThreadPoolExecutor(os.cpu_count()) as threads:  # most of it is the work of the system
        list(threads.map(partial(_lay, folder), iter(lambda: list(islice(left, _SOME)), [])))


def _lay(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    there = set()
    for url, path in files:
        target = f"{folder}{os.sep}{url}"
        above = os.path.dirname(target)
        if above not in there:
            os.makedirs(above, exist_ok=True)
            there.add(above)
        link(path, target)


def mirror(folder: Path, files: Mapping[str, str]) -> None:
    """Have `folder` hold `files` and nothing else. What is there already stays: of a large site this takes a tenth of the time."""
    os.makedirs(folder, exist_ok=True)
    right = set(_kept(str(folder), "", files, os.stat(folder).st_dev))
    lay(folder, {url: path for url, path in files.items() if url not in right})


def _kept(folder: str, above: str, files: Mapping[str, str], device: int) -> Iterator[str]:
    """What is as it should be; the rest is removed, and folders with nothing in them."""
    empty = True
    with os.scandir(folder) as entries:
        for entry in list(entries):
            url = above + entry.name
            if entry.is_dir(follow_symlinks=False):
                inner = list(_kept(entry.path, f"{url}/", files, device))
                yield from inner
                empty = empty and not inner
            elif url in files and not entry.is_symlink() and (real := os.stat(files[url])).st_ino == entry.inode() and real.st_dev == device:
                yield url
                empty = False
            else:
                os.unlink(entry.path)
    if empty and above:
        os.rmdir(folder)
