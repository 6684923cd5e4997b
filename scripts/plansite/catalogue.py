"""All plans with their vocabularies: what pages, comparisons and data are made from."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from . import folder as folders
from . import schema
from .load import load
from .model import Absence, Plan, Task
from .places import PlanPlaces
from .problems import Problem, Stop
from .vocabulary import Agency, Level, Party, Region, Vocabulary, split_agencies

_REGISTRIES = {
    "indicators": schema.CONCEPTS, "measures": schema.CONCEPTS, "tasks": schema.CONCEPTS,
    "audiences": schema.LABELS, "needs": schema.LABELS, "kinds": schema.LABELS,
    "topics": schema.TOPICS, "agencies": schema.AGENCIES, "glossary": schema.GLOSSARY,
}


@dataclass
class Catalogue:
    """`today` decides whether a period has ended; take it from the build's date. `asked_pairs` are plans by id, with the line that asks for them."""

    vocabulary: Vocabulary
    folders: list[folders.PlanFolder]
    today: date
    problems: list[Problem] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    registry_source: str = ""
    asked_pairs: dict[tuple[str, str], int] = field(default_factory=dict)
    cards: list = field(default_factory=list)

    def over(self, folders: list[folders.PlanFolder]) -> "Catalogue":
        """The same registries with the plans of `folders`."""
        return replace(self, folders=folders)

    def of_cards(self, cards: list) -> "Catalogue":
        """The same registries with cards in the place of plans: enough for lists."""
        return replace(self, cards=cards)

    @cached_property
    def plans(self) -> list[Plan]:
        """Plans by region code, newest period first."""
        found = [f.plan for f in self.folders if f.plan] or self.cards
        return sorted(found, key=lambda p: (p.region, -p.period.start))

    @cached_property
    def current(self) -> list[Plan]:
        """The newest plan of each region, in administrative order."""
        found: dict[str, Plan] = {}
        for plan in self.plans:
            found.setdefault(plan.region, plan)
        return list(found.values())

    def region(self, plan: Plan) -> Region:
        return self.vocabulary.regions[plan.region]

    def province(self, plan: Plan) -> Region:
        return self.vocabulary.above(plan.region, Level.PROVINCE)

    def city(self, plan: Plan) -> Region | None:
        return self.vocabulary.above(plan.region, Level.PREFECTURE)

    def place(self, plan: Plan) -> str:
        """The full name of the place: 重庆市江津区."""
        return "".join(r.name for r in self.vocabulary.chain(plan.region))

    def label(self, plan: Plan) -> str:
        """The short name in tables: 江津区, 昌邑区（讨论稿）."""
        return self.region(plan).name + ("（讨论稿）" if plan.draft else "")

    def at(self, plan: Plan) -> PlanPlaces:
        """Where a plan stands on the site."""
        if plan.id not in self._at:
            self._at[plan.id] = PlanPlaces(plan, self.region(plan))
        return self._at[plan.id]

    @cached_property
    def _at(self) -> dict[str, PlanPlaces]:
        return {}

    def topic_at(self, plan: Plan, at: str) -> str | None:
        """The topic under which an element stands: of its box, of its canonical task, or of the nearest heading with one."""
        if box := plan.box_of.get(at):
            return box.topic
        if plan.task_mapping and (mapped := next((one for one in plan.task_mapping.found if one.at == at), None)):
            return self.vocabulary.tasks[mapped.concept].topic
        return next((heading.topic for heading in reversed(plan.headings_above(at)) if heading.topic), None)

    def parties(self, plan: Plan, cell: str | Absence) -> tuple[Party, ...]:
        """The agencies of a cell; none where the cell is an absence."""
        if isinstance(cell, Absence):
            return ()
        if plan.region not in self._agencies:
            self._agencies[plan.region] = self.vocabulary.agency_names(self.region(plan)), {}
        names, known = self._agencies[plan.region]
        if cell not in known:
            known[cell] = tuple(Party.resolve(written, names) for written in split_agencies(cell))
        return known[cell]

    def lead(self, plan: Plan, task: Task) -> tuple[Party, ...]:
        return self.parties(plan, task.lead)

    def responsible(self, plan: Plan, task: Task) -> tuple[Party, ...]:
        return self.parties(plan, task.responsible)

    @cached_property
    def _agencies(self) -> dict[str, tuple[dict[str, Agency], dict[str, tuple[Party, ...]]]]:
        """By region its agencies by name, and by cell those that were asked for: a table of tasks is read several times."""
        return {}


def read(root: Path, today: date) -> Catalogue:
    """Read data/ below `root`. Raises Stop if a registry cannot be read at all."""
    return registries(root, today).over([folders.read(path, root) for path in paths(root)])


def paths(root: Path) -> list[Path]:
    """The folders of all plans."""
    plans = root / "data" / "plans"
    return sorted(p for p in plans.iterdir() if p.is_dir() and not p.name.startswith(".")) if plans.is_dir() else []


def registries(root: Path, today: date) -> Catalogue:
    """All that is not a plan. Raises Stop if a registry cannot be read at all."""
    problems: list[Problem] = []
    places: dict[tuple[str, str], tuple[str, int]] = {}
    data = root / "data"
    source = ""

    def registry(path: Path, shape, items=lambda v: v, key="id"):
        nonlocal source
        values, reading = schema.read(path, root, shape)
        problems.extend(reading.problems)
        if values is schema.FAILED:
            raise Stop(problems)
        if isinstance(values, dict):
            entry = values["source"]
            source = f"{entry['name']} {entry['version']}（{entry['license']}，数据日期 {entry['date']}）"
        places.update({(path.stem, id): (reading.file, line) for id, line in reading.lines.items()})
        return {getattr(value, key): value for value in items(values)}

    vocabulary = Vocabulary(
        regions=registry(data / "regions.yml", schema.REGIONS, lambda v: v["regions"], "code"),
        **{name: registry(data / "vocabulary" / f"{name}.yml", shape) for name, shape in _REGISTRIES.items()},
    )
    asked = {}
    if (path := data / "pairs.yml").exists():
        pairs, reading = schema.read(path, root, schema.PAIRS, empty=())
        problems.extend(reading.problems)
        if pairs and not reading.problems:
            asked = {(pair.one, pair.other): entry.line for pair, entry in zip(pairs, load(path, root), strict=True)}
    return Catalogue(vocabulary, [], today, problems, places, source, asked)
