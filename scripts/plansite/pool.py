"""Work on many things with all cores, results in order."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

_HERE = str(Path(__file__).resolve().parents[1])
FEW = 4  # less is done sooner here than elsewhere

_state: object = None


def _start(make: Callable, arguments: tuple) -> None:
    global _state
    _state = make(*arguments)


def _work(function: Callable, item):
    return function(_state, item)


def each(function: Callable, items: Sequence, make: Callable, arguments: tuple, state: object = None) -> Iterator:
    """`function(state, item)` for each item, in their order. `make(*arguments)` gives the state in another process; `state` is that of this one."""
    workers = min(os.cpu_count() or 1, len(items))
    if workers < 2 or len(items) < FEW:
        state = make(*arguments) if state is None and items else state
        yield from (function(state, item) for item in items)
        return
    # A process with threads (the preview) can't be forked safely; forked ones share what is read and compiled already.
    fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if fork else "spawn")
    if fork and state is not None:
        make, arguments = _same, (state,)
    if _HERE not in sys.path:  # mkdocs forgets where it found its hooks; another process has to find them too
        sys.path.append(_HERE)
    size = max(1, min(16, len(items) // (workers * 8)))
    with ProcessPoolExecutor(workers, context, _start, (make, arguments)) as pool:
        try:
            yield from pool.map(_work, [function] * len(items), items, chunksize=size)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _same(state):
    return state
