"""The steps that are measured, for one number of plans after the other."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import corpus, markdown, meter, peers
from .report import OURS, Step, failure

_QUIET = 6  # seconds


class Run:
    """Measures commands as staff would give them; all folders are below `work`. `steps` is what was found, `keep` is given it after
    each step: a run takes long and may be broken off.

    What is done with is put aside, and deleted by the caller at the end: for a minute or more ext4 passes over each number of a deleted
    file before it gives one to a new file, and whoever makes many files then pays for what another deleted.
    """

    def __init__(self, root: Path, work: Path, seed: int, limits: meter.Limits, keep: Callable[[list[Step]], None] = lambda steps: None):
        self._root, self._work, self._seed, self._limits, self._keep = root, work, seed, limits, keep
        self.steps: list[Step] = []

    def size(self, plans: int, material: bool) -> None:
        """All steps with so many plans."""
        project, site = self._work / "project", self._work / "project" / "site"
        others = [peers.Hugo(self._work / "hugo"), *([peers.Material(self._work / "material")] if material else [])]
        with _told(plans, "写合成规划"):
            corpus.make(self._root, project, plans, self._seed)
        self._ours(plans, "检查，首次", project, "check")
        self._ours(plans, "检查，再次", project, "check")
        self._aside(project / ".cache")
        cold = self._ours(plans, "生成，首次", project, "build", "--site", str(site))
        if not cold.cost.failed:
            self._ours(plans, "生成，没有改动", project, "build", "--site", str(site))
            with _told(plans, "把网页写成 Markdown（不算在内）"):
                markdown.write(site, others)
            change = corpus.edit(project)
            self._ours(plans, "生成，改了一句", project, "build", "--site", str(site))
            for other in others:
                self._peer(plans, other, change)
        self._aside(project, *(other.folder for other in others))

    def _ours(self, plans: int, what: str, project: Path, *words: str) -> Step:
        command = [sys.executable, str(self._root / "scripts" / "build.py"), words[0], "--root", str(project), *words[1:]]
        return self._step(plans, OURS, what, command, project, project / "site" if words[0] == "build" else None)

    def _peer(self, plans: int, other: peers.Hugo | peers.Material, change: corpus.Edit) -> None:
        if self._step(plans, other.name, "生成，首次", other.command(), other.folder, other.site).cost.failed:
            return
        peers.edit(other.content / "districts" / change.slug, change.before, change.after)
        self._step(plans, other.name, "生成，改了一句", other.command(), other.folder, other.site)

    def _aside(self, *folders: Path) -> None:
        for folder in filter(Path.exists, folders):
            folder.rename(Path(tempfile.mkdtemp(dir=self._work)) / folder.name)

    def _step(self, plans: int, program: str, what: str, command: list[str], folder: Path, site: Path | None) -> Step:
        # What was written before is no part of a step; for some seconds after it disks are slow.
        os.sync()
        time.sleep(_QUIET)
        with _told(plans, f"{program}：{what}") as said:
            cost = meter.measure(command, folder, peers.QUIET, self._limits)
            said.append(f"{cost.wall:.1f} 秒　{failure(cost)}".rstrip())
        pages = [path.stat().st_size for path in site.rglob("*.html")] if site else []
        whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) if site else 0
        self.steps.append(Step(plans, program, what, cost, len(pages), sum(pages), whole))
        self._keep(self.steps)
        return self.steps[-1]


@contextmanager
def _told(plans: int, what: str) -> Iterator[list[str]]:
    """A line of progress that ends with what is put into the list, or with the time that it took."""
    began, said = time.perf_counter(), []
    print(f"{plans} 份　{what}", end=" …… ", flush=True)
    yield said
    print(*said or [f"{time.perf_counter() - began:.1f} 秒"], flush=True)
