"""The folder of a plan: its files read into one Plan, with where each id stands."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from . import schema
from .load import load
from .model import Plan
from .problems import Problem, Stop, relative
from .source import Document

SOURCE = "source.txt"
# Each file with its shape. Tasks and indicators may be missing where a plan has none, the files of claims
# where nobody has read the plan for them yet.
FILES = {
    "plan.yml": schema.PLAN,
    "text.yml": schema.TEXT,
    "indicators.yml": schema.INDICATORS,
    "tasks.yml": schema.TASKS,
    "errata.yml": schema.ERRATA,
    "mappings.yml": schema.MAPPINGS,
    "figures.yml": schema.FIGURES,
    "offers.yml": schema.OFFERS,
    "easy-read.yml": schema.EASY,
}
_OPTIONAL = {"indicators.yml", "tasks.yml", "mappings.yml", "figures.yml", "offers.yml", "easy-read.yml"}


@dataclass
class PlanFolder:
    """What was read of one folder.

    `plan` is None if a file could not be made sense of; it is not `whole` if something had to be
    left out of it.
    """

    path: Path
    root: Path
    plan: Plan | None = None
    document: Document | None = None
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    whole: bool = True

    @property
    def name(self) -> str:
        return self.path.name

    def file(self, name: str) -> str:
        return relative(self.path / name, self.root)

    def problem(self, at: str, rule: str, wrong: str, mend: str, notice: bool = False) -> Problem:
        """A problem at the element with the id `at`, or at a file of that name."""
        file, line = self.places.get(at) or (self.file(at if at in FILES or at == SOURCE else "plan.yml"), self._keys.get(at, 0))
        return Problem(file, line, rule, wrong, mend, notice)

    @cached_property
    def _keys(self) -> dict[str, int]:
        """On which line of plan.yml each of its keys stands."""
        return {key: value.line for key, value in load(self.path / "plan.yml", self.root, lines=True).items()}


def read(path: Path, root: Path) -> PlanFolder:
    """Read all files of a plan folder; what is wrong with their form stands in `problems`."""
    folder = PlanFolder(path, root)
    values: dict[str, object] = {}
    for name, shape in FILES.items():
        if name in _OPTIONAL and not (path / name).exists():
            values[name] = {}
            continue
        try:
            value, reading = schema.read(path / name, root, shape)
        except Stop as stop:
            folder.problems += stop.problems
            continue
        values[name] = value
        folder.problems += reading.problems
        folder.whole = folder.whole and reading.whole
        for id, line in reading.lines.items():
            if id in folder.places:
                other = folder.places[id][0].rsplit("/", 1)[-1]
                folder.problems.append(
                    Problem(reading.file, line, "duplicate-id", f"编号“{id}”在 {other} 里已经用过。", "编号一份规划里只能用一次，改一个。")
                )
            folder.places.setdefault(id, (reading.file, line))
    if len(values) == len(FILES) and schema.FAILED not in values.values():
        folder.plan = _plan(path.name, values)
        _read_source(folder)
    elif not (path / SOURCE).exists():
        folder.problems.append(_missing(folder))
    return folder


def _plan(name: str, values: dict) -> Plan:
    facts, text = values["plan.yml"], values["text.yml"]
    return Plan(
        **facts,
        parts=text,
        indicators=values["indicators.yml"].get("indicators", ()),
        tasks=values["tasks.yml"].get("tasks", ()),
        furniture=values["errata.yml"].get("furniture", ()),
        errata=values["errata.yml"].get("errata", ()),
        measure_mapping=values["mappings.yml"].get("measures"),
        task_mapping=values["mappings.yml"].get("tasks"),
        duties=values["mappings.yml"].get("duties", ()),
        figures=values["figures.yml"].get("figures", ()),
        set_aside=values["figures.yml"].get("set_aside", ()),
        offers=values["offers.yml"].get("offers", ()),
        giving_nothing=values["offers.yml"].get("nothing", ()),
        easy_summary=values["easy-read.yml"].get("summary", ()),
        easy_indicators=values["easy-read.yml"].get("indicators", ()),
        folder=name,
    )


def _missing(folder: PlanFolder) -> Problem:
    return Problem(
        folder.file(SOURCE), 0, "source-missing", "找不到收到的原文 source.txt。", "把收到的原文放回这个文件夹，文件名是 source.txt。"
    )


def _read_source(folder: PlanFolder) -> None:
    encoding = folder.plan.source.encoding
    try:
        folder.document = Document.read(folder.path / SOURCE, encoding)
    except FileNotFoundError:
        folder.problems.append(_missing(folder))
    except UnicodeDecodeError:
        folder.problems.append(
            Problem(
                folder.file(SOURCE), 0, "encoding", f"原文不是 {encoding} 编码，读不出来。",
                "在 plan.yml 的 source 里写上真实的编码（utf-8、gb18030 或 utf-16），不要改动原文。",
            )
        )
