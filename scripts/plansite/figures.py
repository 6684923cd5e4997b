"""The numbers of the plans, one by one, each in its sentence: what is promised, and apart from it what was done before."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .catalogue import Catalogue
from .compare import place_of
from .model import Figure, FigureKind, Plan
from .words import count, counted


@dataclass(frozen=True)
class Entry:
    """A figure with the district. `stands` are (element, words for where it is): a plan may say it in text, box and task."""

    plan: Plan
    place: str
    figure: Figure
    stands: tuple[tuple[str, str], ...]

    @property
    def sentence(self) -> str:
        """The row of a table to be heard: district, what is counted, figure, note, the plan's own words."""
        return f"{self.place}，{self.figure.what}：{self.figure.words}。{self.figure.note or ''}原文：“{self.figure.quote}”"


def entries(catalogue: Catalogue, kinds: Iterable[FigureKind] = tuple(FigureKind), plans: list[Plan] | None = None) -> list[Entry]:
    """Figures of `kinds`, one kind after the other, in the order of topics, then of what they count, then of districts."""
    kinds, kind_order = set(kinds), {kind: index for index, kind in enumerate(FigureKind)}
    order = {id: index for index, id in enumerate(catalogue.vocabulary.topics)}
    found = [entry for plan in (catalogue.current if plans is None else plans) for entry in _of(catalogue, plan, kinds)]
    first: dict[tuple, int] = {}
    for index, entry in enumerate(found):
        first.setdefault(_matter(entry), index)
    return sorted(found, key=lambda entry: (kind_order[entry.figure.kind], order[entry.figure.topic], first[_matter(entry)]))


def _matter(entry: Entry) -> tuple:
    return entry.figure.kind, entry.figure.topic, entry.figure.what


def _of(catalogue: Catalogue, plan: Plan, kinds: set) -> Iterator[Entry]:
    """The figures of one plan; the same figure of the same thing is one entry with all its places."""
    groups: dict[tuple, list[Figure]] = {}
    for figure in plan.figures:
        if figure.kind in kinds:
            groups.setdefault((figure.kind, figure.topic, figure.what, figure.words, figure.note), []).append(figure)
    for same in groups.values():
        yield Entry(plan, catalogue.label(plan), same[0], tuple((figure.at, place_of(plan, figure.at)) for figure in same))


def by_topic(catalogue: Catalogue, found: list[Entry]) -> list[tuple[str, list[Entry]]]:
    """(topic, its entries) for the topics that have some."""
    groups: dict[str, list[Entry]] = {}
    for entry in found:
        groups.setdefault(entry.figure.topic, []).append(entry)
    return [(id, groups[id]) for id in catalogue.vocabulary.topics if id in groups]


def summary(catalogue: Catalogue, found: list[Entry]) -> str:
    """五地共有 120 个数字承诺：昌邑区（讨论稿）23 个，…"""
    counts = {catalogue.label(plan): sum(entry.plan is plan for entry in found) for plan in catalogue.current}
    entered = {label: number for label, number in counts.items() if number}
    said = "，".join(counted(label, number, "个") for label, number in entered.items())
    return f"{count(len(entered))}地共有 {len(found)} 个：{said}。" if found else "还没有整理。"
