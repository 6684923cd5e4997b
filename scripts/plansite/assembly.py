"""The whole site from finished parts: each district by itself, then what lays them side by side. What has not changed is not made again."""

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from filelock import FileLock, Timeout

from . import catalogue as catalogues
from . import downloads, fingerprint, folder, news, pages, pairs, search, statement, validate
from .cache import Cache, Product, link, unpacked
from .derived import Derived
from .fingerprint import Fingerprints, key
from .formats.readings import pinyin_files
from .pool import each
from .problems import Problem
from .provinces import many
from .render import Site
from .sitemap import sitemaps
from .vocabulary import Region
from .workshop import (
    CHECKED,
    DISTRICTS,
    PAIRS,
    PROVINCES,
    SHELVES,
    District,
    Pair,
    Shelf,
    Tables,
    Workshop,
    by_district,
    chosen,
    make_district,
    make_pair,
    make_province,
    make_shelf,
)

_CODE = Path(__file__).resolve().parent
SITE = "site"


class Assembly:
    """One build. `site` is what mkdocs.yml says; without it data can be checked but nothing is drawn."""

    def __init__(self, root: Path, today: date, site: Site | None = None, only: Collection[str] = (), part: bool = False):
        """`only` these places: as a site of their own, or, if `part`, as a part of the whole that is finished elsewhere."""
        self.root, self.today, self.site = root, today, site
        # A small site of some places has other pages than the whole and must not push it out.
        folder = root / ".cache" / "preview" if only and not part else root / ".cache"
        self.lock = FileLock(folder / "lock")
        self.fingerprints = Fingerprints(folder / "fingerprints")
        self.program = key(fingerprint.tools(), self.fingerprints.folder(_CODE, deep=True, kinds=(".py",)))
        self.cache = Cache(folder, self.program)
        every = by_district(catalogues.paths(root))
        self._folders = chosen(every, catalogues.registries(root, today).vocabulary, only) if only else every
        self.whole = not only or part
        self.many = many(every if part else self._folders)
        self._means = (root, today, site, self.cache, self.many)
        self.workshop = Workshop(*self._means)

    def begin(self) -> "Assembly":
        """Only one build at a time works with a cache; another one waits."""
        self.cache.folder.mkdir(parents=True, exist_ok=True)
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            print("另一个窗口正在检查或生成，等它做完……", flush=True)
            self.lock.acquire()
        return self

    def end(self) -> None:
        self.lock.release()

    def __enter__(self) -> "Assembly":
        return self.begin()

    def __exit__(self, *_) -> None:
        self.end()

    def inputs(self) -> list[Path]:
        """The files and folders of the data that this build looks at."""
        data = self.root / "data"
        return [*sorted(data.glob("*.*")), data / "vocabulary", *(path for paths in self._folders.values() for path in paths)]

    @cached_property
    def rules(self) -> str:
        """The key of what decides what a check finds: program and registries."""
        read, data = self.fingerprints, self.root / "data"
        return key(self.program, read.folder(data / "vocabulary"), read.folder(data, kinds=("regions.yml",)))

    @cached_property
    def style(self) -> str:
        """The key of what decides how pages look: templates, settings and the year too, for plans end with a year."""
        return key(self.rules, self.fingerprints.folder(self.root / "overrides", deep=True), self.site, self.today.year, self.many)

    @cached_property
    def districts(self) -> list[District]:
        """All districts with their keys, by name."""
        read = self.fingerprints
        found = []
        for name, paths in self._folders.items():
            content = [part for path in paths for part in (path.name, read.folder(path))]
            found.append(District(name, tuple(paths), key(self.rules, *content), key(self.style, *content) if self.site else None))
        read.save()
        return found

    def check(self) -> Iterator[Problem]:
        """All problems, as they are found; districts without errors are drawn on the way if there is a `site`."""
        registries = list(validate.of_registries(self.workshop.catalogue))
        yield from registries
        sound = all(problem.notice for problem in registries)
        kept, todo = {}, []
        for district in self.districts:
            done = self.cache.get(CHECKED, district.name, district.checked)
            drawn = not (district.drawn and sound) or self.cache.get(DISTRICTS, district.name, district.drawn)
            if done and (drawn or any(not problem.notice for problem in done.value)):
                kept[district.name] = done.value
            else:
                todo.append(district if sound else District(district.name, district.folders, district.checked))
        progress = Progress(len(todo), "个地区")
        made = each(make_district, todo, Workshop, self._means, self.workshop)
        for district in self.districts:
            if district.name in kept:
                yield from kept[district.name]
            else:
                found = next(made)
                progress.step()
                yield from found
        progress.end()

    def finish(self) -> list[Problem]:
        """Make what lays districts side by side. Only after a check without errors. Raises Stop, or tells what is wrong with the news."""
        for kind in (CHECKED, DISTRICTS):
            self.cache.keep(kind, {district.name for district in self.districts})
        products = {district.name: self.cache.get(DISTRICTS, district.name, district.drawn) for district in self.districts}
        entries = news.read(self.root)
        self.products = [*products.values(), self._once(SITE, "pinyin", self.rules, lambda: pinyin_files(self.root)), *(self._nation(products, entries) if self.many else [self._few(products, entries)])]
        urls = {url for product in self.products for url in product.urls} | {path.stem + ".html" for path in (self.root / "docs").glob("*.md")}
        return news.dead_links(entries, urls, self.root) if self.whole else []

    def _once(self, kind: str, name: str, key: str, make: Callable[[], dict[str, bytes]]) -> Product:
        """A product of this process, made if it is not there."""
        if self.cache.get(kind, name, key) is None:
            self.cache.put(kind, name, key, None, make())
        return self.cache.get(kind, name, key)

    @property
    def _hand(self) -> str:
        """The key of the data that stands on pages of the site as a whole."""
        return key(self.style, self.fingerprints.folder(self.root / "data"), self.fingerprints.folder(self.root / "docs", kinds=(".md",)))

    def _few(self, products: dict[str, Product], entries: list[news.News]) -> Product:
        """All pages beside those of the districts, with all words of all plans on them."""

        def make() -> dict[str, bytes]:
            catalogue = self.workshop.catalogue.over([folder.read(path, self.root) for paths in self._folders.values() for path in paths])
            derived = Derived(catalogue)
            made = downloads.files(derived) | search.placed(search.few(derived, self.root, self.workshop.readings.readings, self.whole))
            return made | self._site(catalogue, pages.shared(derived, entries, self.workshop.readings.initial), made, products.values())

        return self._once(SITE, "whole", key(self._hand, *(district.drawn for district in self.districts)), make)

    def _nation(self, products: dict[str, Product], entries: list[news.News]) -> list[Product]:
        """The tables of each province, and what is summed up above them."""
        catalogue = self.workshop.catalogue.of_cards([card for product in products.values() for card in product.value.plans])
        provinces: dict[str, tuple[Region, list[Product]]] = {}
        names = {product.value.card.id: name for name, product in products.items()}
        for card in catalogue.current:
            region = catalogue.province(card)
            provinces.setdefault(region.code, (region, []))[1].append(names[card.id])
        keys = {district.name: district.drawn for district in self.districts}
        units = [
            Tables(region, self.style, key(self.style, *(products[name].value.said for name in found)), tuple((name, keys[name]) for name in found))
            for region, found in provinces.values()
        ]
        self._all(make_province, [unit for unit in units if self.cache.get(PROVINCES, unit.region.slug, unit.key) is None], "个省的比较")
        self.cache.keep(PROVINCES, {unit.region.slug for unit in units})
        made = [self.cache.get(PROVINCES, unit.region.slug, unit.key) for unit in units]
        texts = self._texts(catalogue, keys, names)

        def draw() -> dict[str, bytes]:
            files = downloads.of_many(catalogue)
            tallies = [(unit.region, product.value.tallies) for unit, product in zip(units, made, strict=True)]
            compared = [(region, product.value) for region, product in texts]
            found = pages.nation(catalogue, tallies, compared, entries, self.workshop.readings.initial)
            return files | self._site(catalogue, found, files, [*products.values(), *made])

        shown = key(self._hand, *(unit.key for unit in units), *(product.value.card for product in products.values()), *(product.value for _, product in texts))
        return [*made, *(product for _, product in texts), *self._search(catalogue, keys, names), self._once(SITE, "whole", shown, draw)]

    def _search(self, catalogue: catalogues.Catalogue, keys: dict[str, str], names: dict[str, str]) -> list[Product]:
        """The index of each shelf, and what leads to the shelves."""
        vocabulary = catalogue.vocabulary
        by_region = {card.region: names[card.id] for card in catalogue.current}
        units = []
        for shelf in search.shelves(vocabulary.regions.values(), by_region):
            districts = tuple((name, keys[name]) for name in (by_region[region.code] for region in shelf.regions))
            units.append(Shelf(key(self.rules, shelf, *districts), shelf, districts))
        self._all(make_shelf, [unit for unit in units if self.cache.get(SHELVES, unit.name, unit.key) is None], "份检索")
        self.cache.keep(SHELVES, {unit.name for unit in units})
        made = [self.cache.get(SHELVES, unit.name, unit.key) for unit in units]

        def country() -> dict[str, bytes]:
            site = search.of_site(vocabulary, [(agency, [agency.name]) for agency in vocabulary.agencies.values()])
            parts = (unpacked(product.read("part")) for product in made)
            return search.placed(search.of_country([unit.shelf for unit in units], parts, site, self.root, self.workshop.lexicon, self.workshop.words, self.workshop.readings.readings, self.whole))

        return [*made, self._once(SITE, "search", key(self.rules, *(unit.shelf for unit in units), *(product.value for product in made)), country)]

    def _texts(self, catalogue: catalogues.Catalogue, keys: dict[str, str], names: dict[str, str]) -> list[tuple[Region, Product]]:
        """The pairs of texts that have a page, each with its province."""
        folders = {district.name: district.folders for district in self.districts}
        units = {}
        for one, other in pairs.chosen(catalogue):
            found = names[one.id], names[other.id]
            paths = tuple(next(path for path in folders[name] if path.name == card.id) for name, card in zip(found, (one, other), strict=True))
            units[Pair("-".join(found), key(*(keys[name] for name in found)), paths)] = catalogue.province(one)
        self._all(make_pair, [unit for unit in units if self.cache.get(PAIRS, unit.name, unit.key) is None], "对规划逐句对照")
        self.cache.keep(PAIRS, {unit.name for unit in units})
        return [(region, self.cache.get(PAIRS, unit.name, unit.key)) for unit, region in units.items()]

    def _all(self, function: Callable, units: list, said: str) -> None:
        """Have all `units` made, by as many processes as there are cores."""
        progress = Progress(len(units), said)
        for _ in each(function, units, Workshop, self._means, self.workshop):
            progress.step()
        progress.end()

    def _site(self, catalogue: catalogues.Catalogue, found, made: dict[str, bytes], products: Iterable[Product]) -> dict[str, bytes]:
        sizes = {url: len(content) for url, content in made.items()}
        sizes |= {url: os.path.getsize(path) for product in products for url, path in product.paths.items() if url.startswith("data/")}
        return self.workshop.renderer.of(catalogue, sizes).files([*found, statement.page(self.root)])

    @property
    def pages(self) -> int:
        """How many pages were made from data."""
        return sum(url.endswith(".html") for product in self.products for url in product.urls)

    def link(self, site: Path) -> None:
        """Put all finished files where the site is built, and the list of all its pages."""
        folders = set()
        for product in self.products:
            for url in product.urls:
                path = product.paths[url]
                target = f"{site}/{url}"
                above = target[: target.rindex("/")]
                if above not in folders:
                    os.makedirs(above, exist_ok=True)
                    folders.add(above)
                link(path, target)
        # Without an address of the site there can be no list; mkdocs writes an empty one.
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (site / name).unlink(missing_ok=True)
        if self.site.site_url:
            urls = [url for product in self.products for url in product.urls if url.endswith(".html")]
            urls += [path.stem + ".html" for path in (self.root / "docs").glob("*.md")]
            for name, content in sitemaps(self.site.site_url, urls).items():
                (site / name).write_bytes(content)


class Progress:
    """How far the work is, on one line that is written over; nothing where there is no terminal."""

    def __init__(self, total: int, unit: str):
        self.total, self.done, self.unit = total, 0, unit
        self.shown = total >= 20 and sys.stdout.isatty()

    def step(self) -> None:
        self.done += 1
        if self.shown and (self.done % 10 == 0 or self.done == self.total):
            print(f"\r已完成 {self.done}/{self.total} {self.unit}", end="", flush=True)

    def end(self) -> None:
        if self.shown:
            print()
