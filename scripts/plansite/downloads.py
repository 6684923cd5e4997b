"""The files that the site offers beside its pages, by URL."""

from . import places
from .catalogue import Catalogue
from .derived import Derived
from .folder import PlanFolder
from .formats import choice, dataset, facts, finder, gazetteer, table, text

INDICATORS = "data/indicators.csv"
EVIDENCE = "data/indicators-evidence.csv"
SCHEMA = "data/plan.schema.json"
CHOICE = "assets/choice-data.js"
CHOICES = "assets/choice"
PLACES = "assets/places.js"
OFFERS = "assets/offers"
# The tables with a row for each thing that a plan says.
TABLES = {
    "measures": lambda derived: facts.concepts(derived.measures),
    "tasks": lambda derived: facts.concepts(derived.tasks),
    "agencies": lambda derived: facts.agencies(derived.agencies),
    "figures": lambda derived: facts.figures(derived.figures),
    "offers": lambda derived: facts.offers(derived.offers, derived.catalogue.vocabulary),
}


ROWS = ("indicators", *TABLES)  # of the tables of a province


def of_plan(derived: Derived, folder: PlanFolder, many: bool) -> dict[str, bytes]:
    """URL to content of what is made from one plan. The document as received is given unchanged.

    Where plans are `many` the chooser fetches a file for each that is chosen; the cells of few are one file.
    """
    catalogue, plan = derived.catalogue, folder.plan
    found = {
        places.dataset(plan, "json"): dataset.dumps(dataset.plan(catalogue, plan)),
        places.dataset(plan, "txt"): text.plan(catalogue, plan).encode(),
        places.dataset(plan, "source.txt"): (folder.path / "source.txt").read_bytes(),
    }
    if plan in catalogue.current:
        slug = catalogue.region(plan).slug
        found[f"{OFFERS}/{slug}.js"] = finder.script(catalogue, plan, derived.offers_of[plan.id]).encode()
        if many:
            found[f"{CHOICES}/{slug}.js"] = choice.script(derived).encode()
    return found


def files(derived: Derived) -> dict[str, bytes]:
    """URL to content of what lays plans side by side."""
    comparisons = derived.indicators
    found = {INDICATORS: table.shown(comparisons).encode()}
    for name, rows in TABLES.items():
        found[f"data/{name}.csv"] = facts.as_csv(rows(derived)).encode()
        found[f"data/{name}.json"] = dataset.dumps(rows(derived))
    found[EVIDENCE] = table.evidence(comparisons).encode()
    found[CHOICE] = "".join(choice.script(one) for one in derived.apart()).encode()
    return found | schema()


def schema() -> dict[str, bytes]:
    return {SCHEMA: dataset.dumps(dataset.schema())}


def of_many(catalogue: Catalogue) -> dict[str, bytes]:
    """The same where `catalogue` has cards for plans."""
    return {PLACES: gazetteer.script(catalogue, catalogue.current).encode()} | schema()


def rows(derived: Derived) -> dict[str, bytes]:
    """The rows of one district for the tables of its province, by the name of the table."""
    return {name: facts.as_csv(rows(derived)).encode() for name, rows in TABLES.items()} | {"indicators": table.evidence(derived.indicators).encode()}


def joined(parts: list[bytes]) -> bytes:
    """Tables with the same columns as one."""
    heads, bodies = zip(*(part.split(b"\r\n", 1) for part in parts if part), strict=True)
    return b"\r\n".join([heads[0], b"".join(bodies)])
