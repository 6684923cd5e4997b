"""Work on many things with all cores, results in order."""

import gc
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice, repeat
from pathlib import Path

_HERE = str(Path(__file__).resolve().parents[1])
FEW = 4  # less is done sooner here than elsewhere
_OBJECTS = 100_000  # new ones before a process looks for what is no longer used: a plan has about as many

_state: object = None


def calm() -> None:
    """Look for unused objects seldom: a catalogue is large, and nearly all of it stays."""
    gc.set_threshold(_OBJECTS)


def _start(make: Callable, arguments: tuple) -> None:
    global _state
    _state = make(*arguments)
    calm()
    gc.freeze()


def _work(function: Callable, item):
    return function(_state, item)


class Pool:
    """Processes that start when there is work for several, and stay until `close`.

    `state` is what a function gets beside its item in this process; in another one `make(*arguments)` gives it.
    """

    def __init__(self, state: object, make: Callable, arguments: tuple):
        self._state, self._make = state, (make, arguments)
        self._processes: ProcessPoolExecutor | None = None

    def each(self, function: Callable, items: Iterable, most: int) -> Iterator:
        """`function(state, item)` for each of `most` items at most, in their order. All are taken here and now; where they take long to come, work begins with the first."""
        items = iter(items)
        first = list(islice(items, FEW))
        if len(first) < FEW or _cores() < 2:
            return (function(self._state, item) for item in [*first, *items])
        size = max(1, min(4, most // (_cores() * 64)))  # small, so that no process is idle at the end
        return self._started().map(_work, repeat(function), chain(first, items), chunksize=size)

    def soon(self, function: Callable, item) -> Callable:
        """Starts `function(state, item)`, where that is cheap beside what this process does next; what it returns waits for the result."""
        if self._processes is None and (_cores() < 2 or not _forks()):
            return lambda: function(self._state, item)
        return self._started().submit(_work, function, item).result

    def close(self) -> None:
        if self._processes:
            self._processes.shutdown(cancel_futures=True)
            self._processes = None

    def _started(self) -> ProcessPoolExecutor:
        if self._processes is None:
            fork = _forks()
            if _HERE not in sys.path:  # mkdocs forgets where it found its hooks; another process has to find them too
                sys.path.append(_HERE)
            # Forked processes share what is read and compiled already.
            made = (_same, (self._state,)) if fork else self._make
            self._processes = ProcessPoolExecutor(_cores(), multiprocessing.get_context("fork" if fork else "spawn"), _start, made)
        return self._processes


def _cores() -> int:
    return os.cpu_count() or 1


def _forks() -> bool:
    """A process with threads (the preview) can't be forked safely."""
    return "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1


def _same(state):
    return state
