"""A country for tests: the real plans once more in other places."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from conftest import ROOT

from plansite import search
from plansite.catalogue import Catalogue
from plansite.derived import Derived
from plansite.folder import PlanFolder
from plansite.model import Plan
from plansite.search.documents import Document, of_site
from plansite.search.lexicon import Readings
from plansite.search.shelves import MOST


def country(catalogue: Catalogue, elsewhere: dict[str, Plan]) -> Catalogue:
    """The catalogue with more plans: of a region, by its code, what another says. Nobody has mapped them."""
    regions = catalogue.vocabulary.regions
    more = [
        PlanFolder(ROOT, ROOT, replace(plan, region=code, folder=f"{regions[code].slug}-{plan.period.slug}", measure_mapping=None, task_mapping=None))
        for code, plan in elsewhere.items()
    ]
    return replace(catalogue, folders=[*catalogue.folders, *more])


def spread(catalogue: Catalogue, number: int) -> Catalogue:
    """A country of so many plans, evenly over the registry."""
    plans, taken = catalogue.current, {plan.region for plan in catalogue.current}
    codes = [code for code in catalogue.vocabulary.regions if code not in taken]
    more = number - len(plans)
    return country(catalogue, {codes[at * len(codes) // more]: plans[at % len(plans)] for at in range(more)})


def without_plans(catalogue: Catalogue) -> list[Document]:
    """What can be found beside the plans."""
    return of_site(catalogue.vocabulary, [(record.agency, record.names) for record in Derived(catalogue).agencies])


def indexed(catalogue: Catalogue, site: Sequence[Document], root: Path, readings: Readings, most: int = MOST) -> dict[str, str]:
    """The files of the search of a country, below its folder, with `most` plans a shelf; `site` are the documents without a plan."""
    lexicon = search.Lexicon.read(root, catalogue.vocabulary)
    words = search.Words(lexicon.words)
    plans = {plan.region: plan for plan in catalogue.current}
    kept = search.shelves(catalogue.vocabulary.regions.values(), plans.keys(), most)
    made, parts = {}, []
    for shelf in kept:
        of, one = search.of_shelf(shelf, [search.Entry.of(catalogue, plans[region.code]) for region in shelf.regions], words)
        made |= of
        parts.append(one)
    return made | search.of_country(kept, parts, site, root, lexicon, words, readings)
