"""What the plans give to whom: each offer with its plain sentence, the plan's own words and where they stand."""

from dataclasses import dataclass

from . import prose
from .catalogue import Catalogue
from .compare import place_of
from .measures import item_text
from .model import Item, Offer, Plan


@dataclass(frozen=True)
class Entry:
    """An offer of a district. `text` are the words of the plan, certain errata read in unless they are a quotation."""

    plan: Plan
    place: str
    offer: Offer
    text: str
    where: str


def entries(catalogue: Catalogue, plan: Plan) -> list[Entry]:
    """The offers of one plan in the order of its file."""
    found = []
    for offer in plan.offers:
        element = plan.elements[offer.at]
        text = offer.quote or (item_text(plan, element) if isinstance(element, Item) else prose.reading(plan, element, element.text_as_read))
        found.append(Entry(plan, catalogue.label(plan), offer, text, place_of(plan, offer.at)))
    return found


def by_need(catalogue: Catalogue, found: list[Entry]) -> list[tuple]:
    """(need, entries): an entry stands under each of its needs."""
    return [(need, inner) for need in catalogue.vocabulary.needs.values() if (inner := [entry for entry in found if need.id in entry.offer.needs])]
