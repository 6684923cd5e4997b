"""Canonical indicators across plans: one function gives the cells that tables, sentences and data show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from . import prose
from .catalogue import Catalogue
from .model import Absence, Box, Element, Heading, Indicator, Item, Match, Plan, Quantity, Task
from .vocabulary import Concept
from .words import count


@dataclass(frozen=True)
class Evidence:
    """The verbatim words behind a figure: `at` is the element in the plan, `place` says where it is."""

    plan: Plan
    at: str
    quote: str
    place: str


@dataclass(frozen=True)
class Cell:
    """What one plan says of one canonical indicator.

    `match` is how far the plan's own wording is the canonical one; `listed` tells a row of the
    indicator table from a figure found in the text.
    """

    plan: Plan
    place: str
    quantity: Quantity
    unit: str | None = None
    match: Match = Match.NONE
    note: str | None = None
    nature: str | None = None
    evidence: Evidence | None = None
    listed: bool = False
    baseline: Quantity | None = None

    @property
    def words(self) -> str:
        return self.quantity.words(self.unit)

    @property
    def absent(self) -> bool:
        return self.quantity.absence is not None

    @property
    def comparable(self) -> bool:
        """Whether its number may stand beside the numbers of others."""
        return self.match is Match.SAME and self.quantity.value is not None

    @property
    def sentence(self) -> str:
        """The cell as a sentence: "江津区：85%，约束性指标。" """
        parts = [self.words]
        if self.nature:
            parts.append(f"{self.nature}指标")
        if self.evidence and not self.listed and not self.absent:
            parts.append("不在指标表里")
        text = f"{self.place}：{'，'.join(parts)}。"
        return text + (self.note or "")


@dataclass(frozen=True)
class Comparison:
    """One canonical indicator over plans in administrative order."""

    concept: Concept
    cells: tuple[Cell, ...]

    def within(self, plans: Sequence[Plan]) -> "Comparison":
        """The same over some of the plans."""
        return Comparison(self.concept, tuple(cell for cell in self.cells if cell.plan in plans))

    @cached_property
    def summary(self) -> list[str]:
        """How many set it, the range of what is comparable, what is not and why, who has none."""
        return list(self._summary())

    def _summary(self) -> Iterator[str]:
        total = count(len(self.cells))
        stated = [cell for cell in self.cells if not cell.absent]
        if not stated:
            yield f"{total}地都没有定这项目标。"
        else:
            which = "都" if len(stated) == len(self.cells) else f"里有{count(len(stated))}地"
            yield f"{total}地{which}定了目标：{_grouped(stated)}。"
        numbers = [cell for cell in stated if cell.comparable]
        if len(numbers) > 1:
            if len({cell.words for cell in numbers}) == 1:
                yield f"能直接比的{count(len(numbers))}地，目标相同。"
            else:
                ordered = sorted(numbers, key=lambda cell: (cell.quantity.value, cell.quantity.op == ">"))
                yield f"能直接比的{count(len(numbers))}地，数值从{_spaced(ordered[0].words)}到{_spaced(ordered[-1].words)}。"
        apart = [cell for cell in stated if cell.match is not Match.SAME]
        for cell in apart:
            yield f"{cell.place}不能和别处直接比：{cell.note}"
        for absence in (Absence.NOT_QUANTIFIED, Absence.NOT_MENTIONED, Absence.NOT_APPLICABLE, Absence.ANNEX_UNPUBLISHED, Absence.NOT_ENTERED):
            places = [cell.place for cell in self.cells if cell.quantity.absence is absence]
            if places:
                yield f"{'、'.join(places)}{_ABSENCE_SENTENCES[absence]}。"


_ABSENCE_SENTENCES = {
    Absence.NOT_QUANTIFIED: "提到这件事，没有定数",
    Absence.NOT_MENTIONED: "没有提到",
    Absence.NOT_APPLICABLE: "不适用",
    Absence.ANNEX_UNPUBLISHED: "的附件没有公开",
    Absence.NOT_ENTERED: "的规划还没有核对这一项",
}


def indicator(catalogue: Catalogue, concept: Concept, plans: list[Plan]) -> Comparison:
    return Comparison(concept, tuple(_cell(catalogue, concept, plan) for plan in plans))


def indicators(catalogue: Catalogue, plans: list[Plan] | None = None) -> list[Comparison]:
    """All canonical indicators over `plans`, by default the newest of each region."""
    plans = catalogue.current if plans is None else plans
    return [indicator(catalogue, concept, plans) for concept in catalogue.vocabulary.indicators.values()]


def _cell(catalogue: Catalogue, concept: Concept, plan: Plan) -> Cell:
    place = catalogue.label(plan)
    for row in plan.indicators:
        if row.concept == concept.id:
            baseline = None if isinstance(row.baseline, Absence) else row.quantity("baseline")
            nature = None if isinstance(row.nature, Absence) else row.nature
            return Cell(plan, place, row.quantity(), row.unit, row.match, row.note, nature, row_evidence(plan, row), True, baseline)
    for mention in plan.mentions:
        if mention.concept == concept.id:
            evidence = Evidence(plan, mention.at, mention.quote, place_of(plan, mention.at))
            return Cell(plan, place, mention.quantity(), mention.unit, mention.match, mention.note, None, evidence)
    if concept.id in plan.not_mentioned:
        return Cell(plan, place, Quantity("", absence=Absence.NOT_MENTIONED))
    if concept.id in plan.not_applicable:
        return Cell(plan, place, Quantity("", absence=Absence.NOT_APPLICABLE))
    return Cell(plan, place, Quantity("", absence=Absence.NOT_ENTERED))


def row_evidence(plan: Plan, row) -> Evidence:
    """The verbatim row of a source table, its cells parted by a wide space."""
    cells = [text for key, text in row.fields() if key != "number"]
    return Evidence(plan, row.id, "　".join(cells), place_of(plan, row.id))


def place_of(plan: Plan, at: str) -> str:
    """Where an element stands, in words: "专栏1 第10项，来源文本第 119 行", "第三章 第一节 5．社会优待，来源…"."""
    said = plan.places_said
    if at not in said:
        element = plan.elements[at]
        said[at] = f"{_spot(plan, element)}，来源文本{element.lines.words}"
    return said[at]


def _spot(plan: Plan, element: Element) -> str:
    if isinstance(element, Item):
        box, ordinal = plan.box_of[element.id], element.ordinal
        group = next((g.label for g in box.groups if g.id == element.group), "")
        return f"{box.mark} {group}{' ' if group else ''}{f'第 {ordinal} 项' if ordinal else '一段'}"
    if isinstance(element, Task):
        return f"任务分工表 第 {element.ordinal} 行"
    if isinstance(element, Indicator) and plan.indicator_box:
        return f"{plan.indicator_box.mark} 第 {element.ordinal} 行"
    return heading_path(plan, element.id) or "通知和前言"


def heading_path(plan: Plan, at: str) -> str:
    """The headings over an element as one line: the numbers of the upper ones and the last whole. Empty where there are none."""
    *above, last = plan.headings_above(at) or [None]
    if last is None:
        return ""
    return " ".join([*(prose.reading(plan, heading, heading.number) for heading in above if heading.number), prose.label(plan, last)])


def headings(plan: Plan) -> list[tuple[str, str, str]]:
    """(topic, words, id) of the headings and boxes that have a topic; a heading within others is told with their numbers."""
    found = []
    for block in plan.blocks():
        if isinstance(block, Heading) and block.topic:
            found.append((block.topic, heading_path(plan, block.id), block.id))
        elif isinstance(block, Box) and block.topic:
            found.append((block.topic, f"{block.mark} {prose.reading(plan, block, block.title)}", block.id))
    return found


def under(headings: list[tuple[str, str, str]], topics: set[str]) -> list[tuple[str, str]]:
    """(words, id) of those headings that have one of `topics`."""
    return [(words, at) for topic, words, at in headings if topic in topics]


def _spaced(words: str) -> str:
    return f" {words}" if words[:1].isdigit() else words


def _grouped(cells: list[Cell]) -> str:
    """"江津区、资阳市是 85%，武隆区不低于 85%": places with the same words stand together."""
    groups: dict[str, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(cell.words, []).append(cell)
    return "，".join(f"{'、'.join(cell.place for cell in same)}{_said(same[0])}" for same in groups.values())


def _said(cell: Cell) -> str:
    """A figure behind the name of a place: 是 85%, 高于 95%, 写“应改尽改”."""
    if cell.quantity.value is None:
        return f"写“{cell.words}”"
    return f"是 {cell.words}" if cell.words[:1].isdigit() else cell.words
