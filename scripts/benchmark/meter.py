"""What a command costs: wall time, processor time, and the memory of all its processes together."""

import contextlib
import math
import os
import signal
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_EVERY = 0.1  # seconds between two looks at the memory
_LAST = 2000  # characters of what a failed command said


@dataclass(frozen=True)
class Cost:
    """`wall` and `cpu` in seconds, `memory` in bytes: the most that was seen at one time. None where the system doesn't tell."""

    wall: float
    cpu: float | None
    memory: int | None
    status: int
    said: str

    @property
    def failed(self) -> bool:
        return self.status != 0


@dataclass(frozen=True)
class Limits:
    """Beyond `seconds`, or `memory` in bytes, a command is ended."""

    seconds: float = math.inf
    memory: float = math.inf


def measure(command: list[str], folder: Path, environment: dict[str, str] | None = None, limits: Limits = Limits()) -> Cost:
    """Run `command` in `folder` to its end. `said` is the end of what it printed, and why it was ended."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=os.environ | (environment or {}), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        said: list[bytes] = []
        reader = threading.Thread(target=lambda: said.extend(process.stdout))
        watch = _Watch(process.pid, limits)
        reader.start()
        watch.start()
        cpu = _wait(process)
        wall = time.perf_counter() - began
        watch.stop()
        reader.join()
    text = b"".join(said).decode("utf-8", "replace")[-_LAST:].strip()
    return Cost(wall, cpu, watch.most, process.returncode, f"{text}\n{watch.ended}".strip())


def _wait(process: subprocess.Popen) -> float | None:
    """Seconds of processor time of the process and of all below it that were waited for."""
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


class _Watch(threading.Thread):
    """Looks at the memory of a process and all below it again and again; ends them when they go beyond the limits."""

    def __init__(self, pid: int, limits: Limits):
        super().__init__(daemon=True)
        self._pid, self._limits = pid, limits
        self._resident = 0  # when it was asked last what is shared
        self._done = threading.Event()
        self.most: int | None = None
        self.ended = ""

    def run(self) -> None:
        began = time.perf_counter()
        while True:
            pids = _below(self._pid) if _PROC.is_dir() else [self._pid]
            self._look(pids)
            if time.perf_counter() - began > self._limits.seconds:
                self._end(pids, f"超过 {self._limits.seconds:.0f} 秒，停了。")
            elif (self.most or 0) > self._limits.memory:
                self._end(pids, f"内存超过 {self._limits.memory / 2**30:.0f} GB，停了。")
            if self._done.wait(_EVERY):
                return

    def stop(self) -> None:
        self._done.set()
        self.join()

    def _look(self, pids: list[int]) -> None:
        resident = sum(map(_resident, pids))
        # What processes share counts once. To ask for that holds them up: it is done only when they hold more than ever, by a fiftieth.
        if resident > self._resident * 1.02:
            self._resident = resident
            self.most = max(self.most or 0, sum(map(_share, pids)))

    def _end(self, pids: list[int], why: str) -> None:
        self.ended = why
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))  # Windows knows but one


def _below(pid: int) -> list[int]:
    """The process and all below it, each before those that it started."""
    found = [pid]
    for one in found:
        for children in _PROC.glob(f"{one}/task/*/children"):
            found += map(int, _read(children).split())
    return found


def _resident(pid: int) -> int:
    """Bytes of memory that a process holds, what it shares included."""
    words = _read(_PROC / str(pid) / "statm").split()
    return int(words[1]) * os.sysconf("SC_PAGE_SIZE") if words else 0


def _share(pid: int) -> int:
    """The same with its share of what it shares."""
    for line in _read(_PROC / str(pid) / "smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended meanwhile
        return ""
