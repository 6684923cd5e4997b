"""The files that the site offers beside its pages, by URL."""

from . import places
from .catalogue import Catalogue
from .compare import Comparison
from .formats import dataset, search, table, text

INDICATORS = "data/indicators.csv"
EVIDENCE = "data/indicators-evidence.csv"
SCHEMA = "data/plan.schema.json"
SEARCH = "assets/search-data.js"


def files(catalogue: Catalogue, comparisons: list[Comparison]) -> dict[str, bytes]:
    """URL to content. The document as received is given unchanged."""
    found: dict[str, bytes] = {}
    for folder in catalogue.folders:
        plan = folder.plan
        found[places.dataset(plan, "json")] = dataset.dumps(dataset.plan(catalogue, plan)).encode()
        found[places.dataset(plan, "txt")] = text.plan(catalogue, plan).encode()
        found[places.dataset(plan, "source.txt")] = (folder.path / "source.txt").read_bytes()
    found[INDICATORS] = table.shown(comparisons).encode()
    found[EVIDENCE] = table.evidence(comparisons).encode()
    found[SCHEMA] = dataset.dumps(dataset.schema()).encode()
    found[SEARCH] = search.script(catalogue).encode()
    return found
