"""What the plans give to whom: each offer with its plain sentence, the plan's own words, where they stand and who is to do it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import prose
from .agencies import duty_words
from .catalogue import Catalogue
from .compare import place_of
from .measures import item_text
from .model import Duty, Item, Offer, Plan, Role
from .vocabulary import Label, written

EVERYONE = "everyone"
Given = dict[str, dict[str, int]]  # audiences and needs: the number of offers by id
_ROLES = list(Role)


@dataclass(frozen=True)
class Entry:
    """An offer of a district. `text` are the words of the plan, certain errata read in unless they are a quotation.

    `audiences` and `kinds` are its words for them in one line.

    `doers` tell who is to do it: sentences, each with the id of the row of the table of tasks that it rests on, or None where
    it rests on the offer's own words. None at all where the plan does not say.
    """

    plan: Plan
    place: str
    offer: Offer
    text: str
    where: str
    doers: tuple[tuple[str, str | None], ...]
    audiences: str
    kinds: str


def entries(catalogue: Catalogue, plan: Plan) -> list[Entry]:
    """The offers of one plan in the order of its file."""
    found, place = [], catalogue.label(plan)
    # A body that does one thing at a place and is named there in another is one that does: it comes last.
    duties: dict[str, dict[str, Duty]] = {}
    for duty in sorted(plan.duties, key=lambda duty: -_ROLES.index(duty.role)):
        duties.setdefault(duty.at, {})[duty.written] = duty
    in_table = {id: _in_table(catalogue, plan, id) for id in dict.fromkeys(id for offer in plan.offers for id in offer.tasks)}
    for offer in plan.offers:
        element = plan.elements[offer.at]
        text = offer.quote or (item_text(plan, element) if isinstance(element, Item) else prose.reading(plan, element, element.text_as_read))
        doers = *((in_table[id], id) for id in offer.tasks), *((sentence, None) for sentence in _in_text(offer, duties.get(offer.at, {})))
        audiences, kinds = _names(catalogue.vocabulary.audiences, offer.audiences), _names(catalogue.vocabulary.kinds, offer.kinds)
        found.append(Entry(plan, place, offer, text, place_of(plan, offer.at), doers, audiences, kinds))
    return found


def _names(registry: dict[str, Label], ids: Iterable[str]) -> str:
    return "、".join(registry[id].name for id in ids)


def _in_table(catalogue: Catalogue, plan: Plan, id: str) -> str:
    """Who is to do it by a row of the table of tasks."""
    task = plan.elements[id]
    who = [f"{role}是{names}" for role, names in (("牵头单位", written(catalogue.lead(plan, task))), ("责任单位", written(catalogue.responsible(plan, task)))) if names]
    return f"任务分工表第 {task.ordinal} 项：{'，'.join(who)}。"


def _in_text(offer: Offer, duties: dict[str, Duty]) -> Iterator[str]:
    """Who is to do it by the words there; `duties` are those at the place of the offer, by the name of the body."""
    groups: dict[str, list[str]] = {}
    for name in offer.who:
        groups.setdefault(duty_words(duties[name]), []).append(name)
    for words, names in groups.items():
        yield f"原文这里写的单位，{words}：{'、'.join(names)}。"


def by(catalogue: Catalogue, kind: str, found: Iterable[Entry]) -> list[tuple[Label, list[Entry]]]:
    """(label, entries) for each audience, need or kind that has some: an entry stands under each of its own. `kind` is the registry's name."""
    groups: dict[str, list[Entry]] = {}
    for entry in found:
        for id in getattr(entry.offer, kind):
            groups.setdefault(id, []).append(entry)
    return [(label, groups[id]) for id, label in getattr(catalogue.vocabulary, kind).items() if id in groups]


def given(plan: Plan) -> Given:
    """How many offers of a plan are for each audience, and for each need."""
    return {kind: dict(Counter(id for offer in plan.offers for id in getattr(offer, kind))) for kind in ("audiences", "needs")}
