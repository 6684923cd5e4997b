"""What was measured, as a table and as JSON with the machine on which it was."""

import json
import math
import os
import platform
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from .meter import Cost

OURS = "本站"
_PROGRAMS = (OURS, "Hugo", "Material")
_PACKAGES = ("mkdocs", "mkdocs-material", "hugo")
_HEAD = ("份数", "程序", "步骤", "页数", "用时（秒）", "处理器（秒）", "内存（MB）", "每页（字节）", "全站（MB）", "是 Hugo 的几倍", "是 Material 的几倍")


@dataclass(frozen=True)
class Step:
    """One command. `html` and `whole` are the bytes of the pages and of all files of the site; all three are 0 where none is made."""

    plans: int
    program: str
    what: str
    cost: Cost
    pages: int = 0
    html: int = 0
    whole: int = 0
    estimated: bool = False


def failure(cost: Cost) -> str:
    """That and why a command failed, in a line; nothing if it did not."""
    return f"失败（{cost.status}）：{cost.said.splitlines()[-1] if cost.said else '没有说明'}" if cost.failed else ""


def estimates(steps: Sequence[Step]) -> list[Step]:
    """What Material would cost at sizes at which it was not run: as a power of the number of our pages, through the two largest
    sizes at which it was. With one alone in proportion."""
    sizes = {step.plans: step.pages for step in steps if step.program == OURS and step.pages}
    tried = [step for step in steps if step.program == "Material"]
    found = []
    for what in dict.fromkeys(step.what for step in tried):
        known = sorted((step for step in tried if step.what == what and not step.cost.failed), key=lambda step: step.plans)[-2:]
        for plans in sorted(sizes.keys() - {step.plans for step in tried}) if known else ():
            found.append(_estimate(plans, sizes, known))
    return found


def _estimate(plans: int, sizes: dict[int, int], known: list[Step]) -> Step:
    first, last = known[0], known[-1]

    def at(one: float | None, two: float | None) -> float | None:
        if not one or not two:
            return None
        power = math.log(two / one) / math.log(sizes[last.plans] / sizes[first.plans]) if first is not last else 1
        return two * (sizes[plans] / sizes[last.plans]) ** power

    cost = Cost(at(first.cost.wall, last.cost.wall), at(first.cost.cpu, last.cost.cpu), at(first.cost.memory, last.cost.memory), 0, "")
    return Step(plans, last.program, last.what, cost, sizes[plans], at(first.html, last.html), at(first.whole, last.whole), True)


def table(steps: Sequence[Step]) -> str:
    """All steps, with what was estimated and what failed said so."""
    steps = sorted([*steps, *estimates(steps)], key=lambda step: (step.plans, _PROGRAMS.index(step.program)))
    rows = [_HEAD, *(_row(step, steps) for step in steps)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    notes = [f"{step.plans} 份　{step.program}：{step.what}　{failure(step.cost)}" for step in steps if step.cost.failed]
    notes.append("几倍：本站这一步的用时、处理器时间，各是它的几倍；小于 1 就是本站快。内存：全部进程合起来，最多的时候。")
    if any(step.estimated for step in steps):
        notes.append("“约”是估算：Material 在这个规模没有测，按测过的两种最大规模，随页数以幂次推算（只测过一种的，按比例）。")
    return "\n".join([*lines, "", *notes])


def _row(step: Step, steps: Sequence[Step]) -> tuple[str, ...]:
    cost, about = step.cost, "约 " if step.estimated else ""

    def said(value: float | None, digits: int = 0) -> str:
        return f"{about}{value:,.{digits}f}" if value else "—"

    ratios = [_ratio(step, steps, peer) for peer in _PROGRAMS[1:]]
    if cost.failed:
        return (f"{step.plans}", step.program, step.what, "失败", f"{cost.wall:,.1f}", said(cost.cpu, 1), said(cost.memory and cost.memory / 1e6), "—", "—", *ratios)
    return (
        f"{step.plans}", step.program, step.what, said(step.pages), said(cost.wall, 1), said(cost.cpu, 1), said(cost.memory and cost.memory / 1e6),
        said(step.html / step.pages if step.pages else None), said(step.whole / 1e6, 1), *ratios,
    )


def _ratio(step: Step, steps: Sequence[Step], peer: str) -> str:
    """Our wall time and our processor time over those of the peer's same step."""
    other = next((one for one in steps if (one.plans, one.program, one.what) == (step.plans, peer, step.what)), None)
    if step.program != OURS or other is None or step.cost.failed or other.cost.failed:
        return "—"
    pairs = ((step.cost.wall, other.cost.wall), (step.cost.cpu, other.cost.cpu))
    return ("约 " if other.estimated else "") + "、".join(f"{ours / theirs:.2f}" for ours, theirs in pairs if ours and theirs)


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def machine() -> dict:
    """What the numbers were measured on."""
    return {
        "processor": _processor(), "cores": os.cpu_count(), "memory": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else None,
        "system": platform.platform(), "python": platform.python_version(), "packages": {name: version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    for line in information.read_text(encoding="utf-8").splitlines() if information.exists() else ():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def write(path: Path, steps: Sequence[Step], seed: int) -> None:
    """All steps, measured and estimated, as JSON. Seconds and bytes."""
    rows = [asdict(step) for step in [*steps, *estimates(steps)]]
    content = {"date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine(), "seed": seed, "steps": rows}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
