"""The search: what can be found, its index in shards, the words that people use. All made from the model.

Few plans make one shelf, which a browser searches as it is. Of many plans each shelf is made by itself, from its own plans alone, and
what is national from the brief parts that the shelves leave: what takes long can be done side by side, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..catalogue import Catalogue
from ..derived import Derived
from ..formats.calls import call
from ..model import Plan
from ..problems import Stop
from ..vocabulary import Level
from . import gazetteer, index
from .documents import Document, documents, of_plan, of_site
from .lexicon import Lexicon, Readings
from .shelves import Shelf, shelves
from .words import Words

if TYPE_CHECKING:
    from .concordance import Concordance
    from .national import Part

FOLDER = "assets/search"
SITE, SITE_SHARD = "site", 800  # the shelf of the pages without a plan: small shards, because every query of the country asks for some


@dataclass(frozen=True)
class Entry:
    """What a shelf needs of a plan. `label` is what results call it: where plans are many, with the place above it."""

    id: str
    label: str
    slug: str
    documents: tuple[Document, ...]

    @classmethod
    def of(cls, catalogue: Catalogue, plan: Plan) -> Entry:
        region = catalogue.region(plan)
        above = catalogue.vocabulary.regions.get(region.parent) if region.level is Level.COUNTY else None
        return cls(plan.id, (above.name if above else "") + catalogue.label(plan), region.slug, tuple(of_plan(catalogue, plan)))


def few(derived: Derived, root: Path, readings: Readings, whole: bool = True) -> dict[str, str]:
    """All documents on one shelf. Raises Stop if the file of synonyms is wrong; of some plans that are not the `whole` its words need not stand in any."""
    catalogue = derived.catalogue
    lexicon = Lexicon.read(root, catalogue.vocabulary)
    words = Words(lexicon.words)
    found = documents(derived)
    of = _concordance(found)
    ends = sum(one.group is not None for one in found)
    written = words.written(of, 0, ends)
    if whole and (problems := lexicon.problems(written, root)):
        raise Stop(problems)
    codes = {plan.region for plan in catalogue.current}
    regions = gazetteer.listed(catalogue.vocabulary, codes)
    made = index.shelf(found, of, labels={plan.id: (catalogue.label(plan), catalogue.region(plan).slug) for plan in catalogue.current})
    made["index.js"] += call("searchPlaces", *gazetteer.names(regions, codes))
    characters = {character for document in found for character in document.title + document.text}
    return made | lexicon.scripts(root, written | words.written(of, ends), characters, gazetteer.spoken(regions), readings)


def of_shelf(shelf: Shelf, entries: Sequence[Entry], words: Words) -> tuple[dict[str, str], Part]:
    """The files of a shelf, below FOLDER, and what the country must know of it. It rests on these plans and words alone."""
    from .national import part  # brings numpy, see _concordance

    name = f"plans/{shelf.name}"
    found = [document for entry in entries for document in entry.documents]
    of = _concordance(found)
    made = index.shelf(found, of, name, {entry.id: (entry.label, entry.slug) for entry in entries})
    return {f"{name}/{file}": text for file, text in made.items()}, part(of, [len(entry.documents) for entry in entries], words)


def of_country(
    kept: Sequence[Shelf], parts: Iterable[Part], site: Sequence[Document], root: Path, lexicon: Lexicon, words: Words, readings: Readings, whole: bool = True
) -> dict[str, str]:
    """The files that are not of a shelf of plans, below FOLDER; `parts` in the order of the shelves. Raises Stop if the file of synonyms is wrong."""
    from .national import National  # brings numpy, see _concordance

    country = National.of(parts)
    if whole and (problems := lexicon.problems(country.written, root)):
        raise Stop(problems)
    of = _concordance(site)
    codes = {region.code for shelf in kept for region in shelf.regions}
    regions = gazetteer.listed(lexicon.vocabulary, codes)
    provinces, counties = gazetteer.names(regions, codes)
    sets = country.files()
    manifest = {
        "shelves": " ".join(f"{shelf.name} {len(shelf.regions)}" for shelf in kept), "sets": len(sets),
        "ordinary": " ".join(gazetteer.ordinary(regions, codes, country.plans)),
    }
    return {
        "index.js": call("searchNational", manifest) + call("searchPlaces", provinces),
        "counties.js": call("searchCounties", counties),
        **{f"sets/{name}": text for name, text in sets.items()},
        **{f"{SITE}/{name}": text for name, text in index.shelf(site, of, SITE, shard=SITE_SHARD).items()},
        **lexicon.scripts(root, country.written | words.written(of), set("".join(country.tokens)) | set("".join(of.tokens)), gazetteer.spoken(regions), readings),
    }


def _concordance(of: Sequence[Document]) -> Concordance:
    from .concordance import Concordance  # brings numpy, which takes its time: only who makes an index waits for it

    return Concordance.of(of)


def placed(made: dict[str, str]) -> dict[str, bytes]:
    """URL to content."""
    return {f"{FOLDER}/{name}": text.encode() for name, text in made.items()}


__all__ = ["FOLDER", "SITE", "Entry", "Lexicon", "Shelf", "Words", "few", "of_country", "of_shelf", "of_site", "placed", "shelves"]
