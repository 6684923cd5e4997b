"""The units of work: a district made into its finished files, a province made from its districts, a pair of texts. Each looks at nothing else."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from . import cards, downloads, fingerprint, folder, pages, pairs, places, search, validate
from . import catalogue as catalogues
from .cache import INNER, Cache, packed, unpacked
from .cards import Card
from .derived import Derived
from .load import load
from .pages import compare, survey
from .pinyin import Pinyin
from .problems import Problem, Stop, sound
from .render import Renderer, Site
from .vocabulary import Region, Vocabulary

CHECKED, DISTRICTS, PROVINCES, PAIRS, SHELVES = "checked", "districts", "provinces", "pairs", "shelves"
_PERIOD = re.compile(r"-\d{4}-\d{4}$")


@dataclass(frozen=True)
class District:
    """The plan folders of one district. `checked` and `drawn` are the keys of what is made of them."""

    name: str
    folders: tuple[Path, ...]
    checked: str
    drawn: str | None = None


@dataclass(frozen=True)
class Made:
    """What is known of a drawn district: its current plan, all its plans, and what `says` rests on."""

    card: Card
    plans: tuple[Card, ...]
    said: str


@dataclass(frozen=True)
class Tables:
    """The tables of a province: its districts, in administrative order, as (name, key). `style` is the key of all that decides how pages look."""

    region: Region
    style: str
    key: str
    districts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shelf:
    """Neighbouring districts with one index for the search, as (name, key)."""

    key: str
    shelf: search.Shelf
    districts: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return self.shelf.name


@dataclass(frozen=True)
class Pair:
    """Two districts whose current plans are compared sentence by sentence."""

    name: str
    key: str
    folders: tuple[Path, Path]


@dataclass(frozen=True)
class Counted:
    """What the nation needs of a province, and the key of each of its pages."""

    tallies: survey.Tallies
    keys: dict[str, str]


def by_district(paths: list[Path]) -> dict[str, list[Path]]:
    """Folders by the name of their district, which is that of the folder without the period."""
    found: dict[str, list[Path]] = {}
    for path in paths:
        found.setdefault(_PERIOD.sub("", path.name), []).append(path)
    return found


def chosen(districts: dict[str, list[Path]], vocabulary: Vocabulary, only: Collection[str]) -> dict[str, list[Path]]:
    """The districts that are, or lie in, a place of `only`: names, slugs or codes. Raises Stop where one of them has no plan."""
    by_slug = {region.slug: region for region in vocabulary.regions.values()}
    found: dict[str, list[Path]] = {}
    missing = set(only)
    for name, paths in districts.items():
        if name in by_slug:
            places = {word for region in vocabulary.chain(by_slug[name].code) for word in (region.name, region.slug, region.code)} & set(only)
            missing -= places
            if places:
                found[name] = paths
    if missing:
        raise Stop(Problem(f"--only {'、'.join(sorted(missing))}", 0, "region", "没有这个地方的规划。", "写省、市、区县的全名或六位代码，例如 --only 四川省 --only 江津区。"))
    return found


class Workshop:
    """What is needed to make any unit; made once a process."""

    def __init__(self, root: Path, today: date, site: Site | None, cache: Cache, many: bool):
        self.root, self.site, self.cache, self.many = root, site, cache, many
        self.catalogue = catalogues.registries(root, today)

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.root / "overrides", self.catalogue.vocabulary, self.site)

    @cached_property
    def lexicon(self) -> search.Lexicon:
        return search.Lexicon.read(self.root, self.catalogue.vocabulary)

    @cached_property
    def words(self) -> search.Words:
        return search.Words(self.lexicon.words)

    @cached_property
    def readings(self) -> Pinyin:
        return Pinyin(load(self.root / "data" / "vocabulary" / "pinyin.yml", self.root) or {})


def make_district(workshop: Workshop, district: District) -> list[Problem]:
    """Check a district and draw it if it has no errors; what was done stays in the cache. The problems are returned."""
    catalogue = workshop.catalogue.over([folder.read(path, workshop.root) for path in district.folders])
    kept = workshop.cache.get(CHECKED, district.name, district.checked)
    found = kept.value if kept else sorted({problem for one in catalogue.folders for problem in validate.of_plan(catalogue, one)})
    if kept is None:
        workshop.cache.put(CHECKED, district.name, district.checked, found, {})
    if district.drawn and sound(found):
        derived = Derived(catalogue)
        said = cards.says(derived)
        (current,) = catalogue.current
        plans = tuple(Card.of(derived, plan) for plan in catalogue.plans)
        made = Made(next(card for card in plans if card.id == current.id), plans, fingerprint.key(plans, said))
        inner = {f"{INNER}says": packed(said)}
        if workshop.many:
            inner[f"{INNER}search"] = packed(search.Entry.of(catalogue, current))
        workshop.cache.put(DISTRICTS, district.name, district.drawn, made, district_files(workshop, derived) | inner)
    return found


def district_files(workshop: Workshop, derived: Derived) -> dict[str, bytes]:
    """URL to content of everything that a district has to itself."""
    catalogue, made = derived.catalogue, {}
    for one in catalogue.folders:
        made |= downloads.of_plan(catalogue, one, derived.offers_of[one.plan.id], workshop.many)
    rows = {f"{INNER}{name}": content for name, content in downloads.rows(derived).items()}
    drawing = workshop.renderer.of(catalogue, {url: len(content) for url, content in made.items()})
    return made | rows | drawing.files(pages.of_districts(derived))


def make_province(workshop: Workshop, province: Tables) -> None:
    """Draw the tables of a province again as far as what they show has changed."""
    cache = workshop.cache
    products = [cache.get(DISTRICTS, name, key) for name, key in province.districts]
    plans = [(product.value.card, unpacked(product.read("says"))) for product in products]
    files: dict[str, bytes | str] = {}
    for name in ("indicators", *downloads.TABLES):
        files[places.in_province(f"data/{name}.csv", province.region)] = downloads.joined([product.read(name) for product in products])
    drawing = workshop.renderer.of(workshop.catalogue, {})
    keys = {}
    _, old = cache.last(PROVINCES, province.region.slug)
    for page in survey.province_pages(workshop.catalogue, province.region, plans):
        keys[page.url] = key = fingerprint.key(province.style, page)
        files[page.url] = old.paths[page.url] if old and old.value.keys.get(page.url) == key else drawing(page).encode()
    tallies = survey.tallies(workshop.catalogue.vocabulary, [said for _, said in plans])
    cache.put(PROVINCES, province.region.slug, province.key, Counted(tallies, keys), files)


def make_shelf(workshop: Workshop, unit: Shelf) -> None:
    """The index of a shelf, and as an inner file what the whole country must know of it; its key is kept."""
    cache = workshop.cache
    entries = [unpacked(cache.get(DISTRICTS, name, key).read("search")) for name, key in unit.districts]
    made, part = search.of_shelf(unit.shelf, entries, workshop.words)
    known = fingerprint.key(sorted(part.sets.items()), sorted(part.written))
    cache.put(SHELVES, unit.name, unit.key, known, search.placed(made) | {f"{INNER}part": packed(part)})


def make_pair(workshop: Workshop, pair: Pair) -> None:
    """Compare two texts. What is kept is how the pair is called, where its page is, and what it comes to."""
    catalogue = workshop.catalogue.over([folder.read(path, workshop.root) for path in pair.folders])
    one, other = (folder.plan for folder in catalogue.folders)
    (text,) = pairs.compare(catalogue, [(one, other)])
    page = compare.text_pair(catalogue, text)
    workshop.cache.put(PAIRS, pair.name, pair.key, ("和".join(text.names), page.url, text.sentence()), workshop.renderer.of(catalogue, {}).files([page]))
