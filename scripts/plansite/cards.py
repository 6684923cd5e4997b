"""What the rest of the site needs to know of a plan: a card for the lists, and in a few words what it says of each matter that can be compared."""

from dataclasses import dataclass
from typing import NamedTuple

from . import compare, hotlines, offers
from .derived import Derived
from .formats.choice import stated
from .formats.table import cell_words
from .hotlines import Mentioned
from .measures import Overview, unmapped
from .model import Absence, Fact, FigureKind, Match, Plan
from .model.plan import Period
from .offers import Given
from .places import PlanPlaces


@dataclass(frozen=True)
class Card:
    """A plan in lists. Its fields are called as those of the plan itself, so that both can stand in a list."""

    id: str
    region: str
    period: Period
    draft: bool
    title: Fact
    signed: Fact | Absence
    easy_summary: bool
    given: Given
    mentioned: tuple[Mentioned, ...]  # help lines
    numbers: dict[str, int]  # of figures by kind, of what was set aside, of what is not mapped

    @classmethod
    def of(cls, derived: Derived, plan: Plan) -> "Card":
        numbers = {kind.value: sum(figure.kind is kind for figure in plan.figures) for kind in FigureKind}
        numbers |= {"set_aside": len(plan.set_aside), "unmapped": sum(one[0] is plan for one in unmapped(derived.catalogue))}
        mentioned = tuple(hotlines.of_plan(derived.catalogue, plan))
        return cls(plan.id, plan.region, plan.period, plan.draft, plan.title, plan.signed, bool(plan.easy_summary), offers.given(plan), mentioned, numbers)


class Said(NamedTuple):
    """What a plan says of one matter, and where. `number` is there where it may be compared: value, whether it is more than that, its words."""

    words: str
    stated: bool = False
    near: bool = False
    url: str | None = None
    number: tuple[float, bool, str] | None = None

    __repr__ = tuple.__repr__  # from which it is told whether a page shows the same as the last time: it is asked for by the hundred thousand


Says = dict[str, dict[str, Said]]  # by kind of matter, then by its id in the registry


def says(derived: Derived) -> Says:
    """What the one current plan of a district says of everything. What is not there is not written."""
    (plan,) = derived.catalogue.current
    at = derived.catalogue.at(plan)
    return {
        "indicators": {one.concept.id: _figure(one.cells[0], at) for one in derived.indicators},
        "measures": {one.concept.id: _stance(one, at) for one in derived.measures},
        "tasks": {one.concept.id: _stance(one, at) for one in derived.tasks},
        "agencies": {one.agency.id: Said(one.summary[0].partition("：")[2].rstrip("。"), True, url=at.element(one.parts[0].at)) for one in derived.agencies},
        "topics": {id: Said(f"{words}{f'等 {number} 处' if number > 1 else ''}", True, url=at.element(first)) for id, words, first, number in _topics(derived, plan)},
        "figures": {"": Said(f"{len(derived.commitments)} 个", True, url=at.page("figures"))} if derived.commitments else {},
    }


def _figure(cell, at: PlanPlaces) -> Said:
    number = (float(cell.quantity.value), cell.quantity.op == ">", cell.words) if cell.comparable else None
    return Said(cell_words(cell), not cell.absent and cell.match is Match.SAME, not cell.absent and cell.match is not Match.SAME, at.element(cell.evidence.at) if cell.evidence else None, number)


def _stance(overview: Overview, at: PlanPlaces) -> Said:
    words, first = stated(overview)
    same = bool(first) and overview.stances[0].same
    return Said(words, same, bool(first) and not same, at.element(first.at) if first else None)


def _topics(derived: Derived, plan: Plan):
    vocabulary, headings = derived.catalogue.vocabulary, derived.headings[plan.id]
    for id in vocabulary.topics:
        if found := compare.under(headings, vocabulary.within(id)):
            yield id, *found[0], len(found)
