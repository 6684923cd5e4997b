"""The files that the site offers beside its pages, by URL."""

from . import figures, places
from .catalogue import Catalogue
from .derived import Derived
from .folder import PlanFolder
from .formats import choice, dataset, facts, finder, table, text
from .offers import Entry

INDICATORS = "data/indicators.csv"
EVIDENCE = "data/indicators-evidence.csv"
SCHEMA = "data/plan.schema.json"
SEARCH = "assets/search"
CHOICE = "assets/choice-data.js"
OFFERS = "assets/offers"


def of_plan(catalogue: Catalogue, folder: PlanFolder, offered: list[Entry]) -> dict[str, bytes]:
    """URL to content of what is made from one plan. The document as received is given unchanged."""
    plan = folder.plan
    found = {
        places.dataset(plan, "json"): dataset.dumps(dataset.plan(catalogue, plan)).encode(),
        places.dataset(plan, "txt"): text.plan(catalogue, plan).encode(),
        places.dataset(plan, "source.txt"): (folder.path / "source.txt").read_bytes(),
    }
    if plan in catalogue.current:
        region = catalogue.region(plan)
        found[f"{OFFERS}/{region.slug}.js"] = finder.script(region.slug, places.PlanPlaces(plan, region), offered).encode()
    return found


def files(derived: Derived) -> dict[str, bytes]:
    """URL to content of what lays plans side by side."""
    catalogue, comparisons = derived.catalogue, derived.indicators
    found = {INDICATORS: table.shown(comparisons).encode(), EVIDENCE: table.evidence(comparisons).encode()}
    for name, rows in (
        ("measures", facts.concepts(derived.measures)), ("tasks", facts.concepts(derived.tasks)), ("agencies", facts.agencies(derived.agencies)),
        ("figures", facts.figures(figures.entries(catalogue))), ("offers", facts.offers(derived.offers, catalogue.vocabulary)),
    ):
        found[f"data/{name}.csv"] = facts.as_csv(rows).encode()
        found[f"data/{name}.json"] = dataset.dumps(rows).encode()
    found[CHOICE] = choice.script(derived).encode()
    found[SCHEMA] = dataset.dumps(dataset.schema()).encode()
    return found
