"""The files that the site offers beside its pages, by URL."""

from . import figures, places
from .derived import Derived
from .formats import choice, dataset, facts, finder, table, text

INDICATORS = "data/indicators.csv"
EVIDENCE = "data/indicators-evidence.csv"
SCHEMA = "data/plan.schema.json"
SEARCH = "assets/search"
CHOICE = "assets/choice-data.js"
OFFERS = "assets/offers"


def files(derived: Derived) -> dict[str, bytes]:
    """URL to content. The document as received is given unchanged."""
    catalogue, comparisons = derived.catalogue, derived.indicators
    found: dict[str, bytes] = {}
    for folder in catalogue.folders:
        plan = folder.plan
        found[places.dataset(plan, "json")] = dataset.dumps(dataset.plan(catalogue, plan)).encode()
        found[places.dataset(plan, "txt")] = text.plan(catalogue, plan).encode()
        found[places.dataset(plan, "source.txt")] = (folder.path / "source.txt").read_bytes()
    found[INDICATORS] = table.shown(comparisons).encode()
    found[EVIDENCE] = table.evidence(comparisons).encode()
    for name, rows in (
        ("measures", facts.concepts(derived.measures)), ("tasks", facts.concepts(derived.tasks)), ("agencies", facts.agencies(derived.agencies)),
        ("figures", facts.figures(figures.entries(catalogue))), ("offers", facts.offers(derived.offers, catalogue.vocabulary)),
    ):
        found[f"data/{name}.csv"] = facts.as_csv(rows).encode()
        found[f"data/{name}.json"] = dataset.dumps(rows).encode()
    for plan in catalogue.current:
        region = catalogue.region(plan)
        found[f"{OFFERS}/{region.slug}.js"] = finder.script(region.slug, places.PlanPlaces(plan, region), derived.offers_of[plan.id]).encode()
    found[CHOICE] = choice.script(derived).encode()
    found[SCHEMA] = dataset.dumps(dataset.schema()).encode()
    return found
