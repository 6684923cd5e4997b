"""The units of work, each made into finished files from what it names and nothing else: a district, the tables of a province, a shelf of the search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from . import cards, downloads, fingerprint, folder, pages, pairs, places, search, validate
from . import catalogue as catalogues
from .cache import INNER, Cache, digest, packed, unpacked
from .cards import Card
from .catalogue import Catalogue
from .derived import Derived
from .load import load
from .pages import compare, survey
from .problems import Problem, sound
from .render import Compiled, Renderer
from .shell import Site
from .vocabulary import Region

if TYPE_CHECKING:
    from .pinyin import Pinyin

SITE = "site"


class Workshop:
    """What is needed to make any unit; made once a process. `many`: whether there are more plans than one page may list."""

    def __init__(self, root: Path, today: date, site: Site | None, cache: Cache, many: bool, catalogue: Catalogue | None = None):
        self.root, self.site, self.cache, self.many = root, site, cache, many
        self.catalogue = catalogue or catalogues.registries(root, today)

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.root / "overrides", self.catalogue.vocabulary, self.site, Compiled(self.cache.folder / "templates", self.cache.by))

    @cached_property
    def lexicon(self) -> search.Lexicon:
        return search.Lexicon.read(self.root, self.catalogue.vocabulary)

    @cached_property
    def words(self) -> search.Words:
        return search.Words(self.lexicon.words)

    @cached_property
    def readings(self) -> Pinyin:
        from .pinyin import Pinyin  # the dictionary takes its time to load: only who reads aloud waits for it

        return Pinyin(load(self.root / "data" / "vocabulary" / "pinyin.yml", self.root) or {})


def work(workshop: Workshop, unit: Unit):
    """Make a unit: what comes of it stays in the cache, of its kind, under its name and key."""
    return unit.make(workshop)


@dataclass(frozen=True)
class District:
    """The plan folders of one district. `checked` and `drawn` are the keys of what is made of them."""

    CHECKED, DRAWN = "checked", "districts"

    name: str
    folders: tuple[Path, ...]
    checked: str
    drawn: str | None = None

    def make(self, workshop: Workshop) -> list[Problem]:
        """Check the district, and draw it if it has no errors. The problems are returned too."""
        cache = workshop.cache
        catalogue = workshop.catalogue.over([folder.read(path, workshop.root) for path in self.folders])
        kept = cache.get(self.CHECKED, self.name, self.checked)
        found = kept.value if kept else sorted({problem for one in catalogue.folders for problem in validate.of_plan(catalogue, one)})
        if kept is None:
            cache.put(self.CHECKED, self.name, self.checked, found, {})
        if self.drawn and sound(found):
            derived = Derived(catalogue)
            said = cards.says(derived)
            (current,) = catalogue.current
            plans = tuple(Card.of(derived, plan) for plan in catalogue.plans)
            made = Made(next(card for card in plans if card.id == current.id), plans, fingerprint.key(plans, said))
            inner = {}
            if workshop.many:
                inner = {f"{INNER}tables": packed((said, downloads.rows(derived))), f"{INNER}search": packed(search.Entry.of(catalogue, current))}
            cache.put(self.DRAWN, self.name, self.drawn, made, _of_district(workshop, derived) | inner)
        return found


@dataclass(frozen=True)
class Made:
    """What is known of a drawn district: its current plan, all its plans, and what `says` rests on."""

    card: Card
    plans: tuple[Card, ...]
    said: str


def _of_district(workshop: Workshop, derived: Derived) -> dict[str, bytes]:
    """URL to content of everything that a district has to itself."""
    catalogue, made = derived.catalogue, {}
    for one in catalogue.folders:
        made |= downloads.of_plan(derived, one, workshop.many)
    drawing = workshop.renderer.of(catalogue, {url: len(content) for url, content in made.items()})
    return made | drawing.files(pages.of_districts(derived))


@dataclass(frozen=True)
class Tables:
    """The tables of a province. `districts` are their names in administrative order; `style` is the key of all that decides how pages look."""

    kind = "provinces"

    region: Region
    style: str
    key: str
    districts: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.region.slug

    def make(self, workshop: Workshop) -> None:
        """Draw again as far as what is shown has changed."""
        cache = workshop.cache
        products = [cache.made(District.DRAWN, name) for name in self.districts]
        inner = [unpacked(product.read("tables")) for product in products]
        plans = [(product.value.card, said) for product, (said, _) in zip(products, inner, strict=True)]
        files: dict[str, bytes | str] = {}
        for name in downloads.ROWS:
            files[places.in_province(f"data/{name}.csv", self.region)] = downloads.joined([rows[name] for _, rows in inner])
        drawing = workshop.renderer.of(workshop.catalogue, {})
        keys = {}
        _, old = cache.last(self.kind, self.name)
        for page in survey.province_pages(workshop.catalogue, self.region, plans):
            keys[page.url] = key = fingerprint.key(self.style, page)
            files[page.url] = old.paths[page.url] if old and old.value.keys.get(page.url) == key else drawing(page).encode()
        tallies = survey.tallies(workshop.catalogue.vocabulary, [said for _, said in plans])
        cache.put(self.kind, self.name, self.key, Counted(tallies, keys), files)


@dataclass(frozen=True)
class Counted:
    """What the nation needs of a province, and the key of each of its pages."""

    tallies: survey.Tallies
    keys: dict[str, str]


@dataclass(frozen=True)
class Shelf:
    """Neighbouring districts, by name, with one index for the search."""

    kind = "shelves"

    key: str
    shelf: search.Shelf
    districts: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.shelf.name

    def make(self, workshop: Workshop) -> None:
        """The index, and as an inner file what the whole country must know of it; its key is kept."""
        cache = workshop.cache
        entries = [unpacked(cache.made(District.DRAWN, name).read("search")) for name in self.districts]
        made, part = search.of_shelf(self.shelf, entries, workshop.words)
        content = packed(part)
        cache.put(self.kind, self.name, self.key, digest(content), search.placed(made) | {f"{INNER}part": content})


@dataclass(frozen=True)
class Pair:
    """Two districts whose current plans are compared sentence by sentence."""

    kind = "pairs"

    name: str
    key: str
    folders: tuple[Path, Path]

    def make(self, workshop: Workshop) -> None:
        """What is kept is how the pair is called, where its page is, and what it comes to."""
        catalogue = workshop.catalogue.over([folder.read(path, workshop.root) for path in self.folders])
        one, other = (folder.plan for folder in catalogue.folders)
        (text,) = pairs.compare(catalogue, [(one, other)])
        page = compare.text_pair(catalogue, text)
        workshop.cache.put(self.kind, self.name, self.key, ("和".join(text.names), page.url, text.sentence()), workshop.renderer.of(catalogue, {}).files([page]))


@dataclass(frozen=True)
class Dictionary:
    """How characters and words are read aloud: the same for any plans."""

    kind, name = SITE, "pinyin"

    key: str

    def make(self, workshop: Workshop) -> None:
        from .formats.readings import pinyin_files

        workshop.cache.put(self.kind, self.name, self.key, None, pinyin_files(workshop.root))


@dataclass(frozen=True)
class Country:
    """What leads to the shelves of the search. `whole`: the words of the lexicon must stand in some plan."""

    kind, name = SITE, "search"

    key: str
    shelves: tuple[Shelf, ...]
    whole: bool

    def make(self, workshop: Workshop) -> None:
        """Raises Stop if the file of synonyms is wrong."""
        vocabulary = workshop.catalogue.vocabulary
        site = search.of_site(vocabulary, [(agency, [agency.name]) for agency in vocabulary.agencies.values()])
        parts = (unpacked(workshop.cache.made(unit.kind, unit.name).read("part")) for unit in self.shelves)
        made = search.of_country([unit.shelf for unit in self.shelves], parts, site, workshop.root, workshop.lexicon, workshop.words, workshop.readings.readings, self.whole)
        workshop.cache.put(self.kind, self.name, self.key, None, search.placed(made))


Unit = District | Tables | Shelf | Pair | Dictionary | Country
