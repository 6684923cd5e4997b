"""What the finder of 我能得到什么 needs: the offers of a plan as a script of its own, so that one district costs one file."""

from collections.abc import Iterable

from ..catalogue import Catalogue
from ..model import Plan
from ..offers import Entry
from .calls import call
from .gazetteer import names


def script(catalogue: Catalogue, plan: Plan, entries: Iterable[Entry]) -> str:
    """One call: offersOf(slug, names, rows). Names: short, whole. A row: plain, audiences, needs, kinds (ids), text, where, link, who does it ([sentence, link or null])."""
    at = catalogue.at(plan)
    rows = [
        [one.offer.plain, one.offer.audiences, one.offer.needs, one.offer.kinds, one.text, one.where, at.element(one.offer.at),
         [[sentence, at.element(row) if row else None] for sentence, row in one.doers]]
        for one in entries
    ]
    return call("offersOf", catalogue.region(plan).slug, names(catalogue, plan), rows)
