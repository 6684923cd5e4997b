"""The whole site from finished parts: each district by itself, then what lays them side by side. What has not changed is not made again."""

import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path

from filelock import FileLock, Timeout

from . import catalogue as catalogues
from . import downloads, fingerprint, folder, news, pages, pairs, search, statement, validate
from .cache import Cache, Product
from .catalogue import Catalogue
from .derived import Derived
from .districts import by_district, chosen
from .fingerprint import Fingerprints, key
from .links import lay, mirror
from .pool import Pool, calm
from .problems import Problem, sound
from .provinces import many, provinces
from .shell import Site
from .sitemap import sitemaps
from .vocabulary import Region
from .workshop import SITE, Country, Dictionary, District, Pair, Shelf, Tables, Unit, Workshop, work

_CODE = Path(__file__).resolve().parent
_LISTS = "sitemap.xml", "sitemap.xml.gz"  # which mkdocs makes of its own pages


class Assembly:
    """One build: `check`, then `finish`, then `join` or `mirror`. `site` is what mkdocs.yml says; without it data can be checked but nothing is drawn."""

    def __init__(self, root: Path, today: date, site: Site | None = None, only: Collection[str] = (), part: bool = False):
        """`only` these places: as a site of their own, or, if `part`, as a part of the whole that is finished elsewhere."""
        self.root, self.today, self.site = root, today, site
        # A small site of some places has other pages than the whole and must not push it out.
        folder = root / ".cache" / "preview" if only and not part else root / ".cache"
        self.lock = FileLock(folder / "lock")
        self.fingerprints = Fingerprints(folder / "fingerprints")
        self.program = key(fingerprint.tools(), self.fingerprints.folder(_CODE, deep=True, kinds=(".py",)))
        self.cache = Cache(folder, self.program)
        registries = catalogues.registries(root, today)
        self._all = catalogues.paths(root)
        every = by_district(self._all)
        self._folders = chosen(every, registries.vocabulary, only) if only else every
        self.whole = not only or part
        self.many = many(every if part else self._folders)
        means = (root, today, site, self.cache, self.many)
        self.workshop = Workshop(*means, registries)
        self.pool = Pool(self.workshop, Workshop, means)
        self.districts: list[District] = []  # which `check` finds
        self._drawn: dict[str, Product] = {}

    def begin(self) -> "Assembly":
        """Only one build at a time works with a cache; another one waits."""
        calm()
        self.cache.folder.mkdir(parents=True, exist_ok=True)
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            print("另一个窗口正在检查或生成，等它做完……", flush=True)
            self.lock.acquire()
        return self

    def end(self) -> None:
        self.pool.close()
        self.lock.release()

    def __enter__(self) -> "Assembly":
        return self.begin()

    def __exit__(self, *_) -> None:
        self.end()

    def inputs(self) -> list[Path]:
        """The files and folders of the data that this build looks at."""
        data = self.root / "data"
        return [*sorted(data.glob("*.*")), data / "vocabulary", *(path for paths in self._folders.values() for path in paths)]

    @property
    def places(self) -> list[str]:
        """The names of the districts."""
        return list(self._folders)

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
    def hand(self) -> str:
        """The key of the data that stands on pages of the site as a whole."""
        return key(self.style, self.fingerprints.folder(self.root / "data"), self.fingerprints.folder(self.root / "docs", kinds=(".md",)))

    @cached_property
    def by_mkdocs(self) -> str:
        """The key of what decides how mkdocs makes the hand-written pages."""
        read = self.fingerprints
        hook, settings = (read.file(path).hex() for path in (_CODE.parent / "hooks.py", self.root / "mkdocs.yml"))
        return key(self.style, read.folder(self.root / "docs", deep=True), hook, settings)

    def hand_made(self) -> Product | None:
        """What mkdocs made the last time, if it would make the same."""
        return self.cache.get(SITE, "mkdocs", self.by_mkdocs)

    def keep_hand_made(self, folder: Path) -> Product:
        files = {path.relative_to(folder).as_posix(): str(path) for path in sorted(folder.rglob("*")) if path.is_file()}
        return self.cache.put(SITE, "mkdocs", self.by_mkdocs, None, files)

    def _keyed(self) -> Iterator[District]:
        """All districts with their keys, by name; for these their files are read."""
        rules, style = self.rules, self.style if self.site else None
        for name, paths in self._folders.items():
            content = [part for path in paths for part in (path.name, self.fingerprints.folder(path))]
            yield District(name, tuple(paths), key(rules, *content), key(style, *content) if style else None)
        self.fingerprints.save()

    def check(self) -> Iterator[Problem]:
        """All problems, as they are found; districts without errors are drawn on the way if there is a `site`."""
        registries = list(validate.of_registries(self.workshop.catalogue, {path.name for path in self._all}))
        yield from registries
        draw = sound(registries)
        self.districts.clear()
        kept: dict[str, list[Problem]] = {}
        todo: list[District] = []

        def missing() -> Iterator[District]:
            for district in self._keyed():
                self.districts.append(district)
                done = self.cache.get(District.CHECKED, district.name, district.checked)
                if drawn := district.drawn and draw and self.cache.get(District.DRAWN, district.name, district.drawn):
                    self._drawn[district.name] = drawn
                if done and (drawn or not (district.drawn and draw) or not sound(done.value)):
                    kept[district.name] = done.value
                else:
                    todo.append(district if draw else District(district.name, district.folders, district.checked))
                    yield todo[-1]

        made = self.pool.each(work, missing(), len(self.places))
        progress = Progress(len(todo), "个地区")
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
        for kind in (District.CHECKED, District.DRAWN):
            self.cache.keep(kind, self._folders)
        drawn = {district: self._drawn.get(district.name) or self.cache.made(District.DRAWN, district.name) for district in self.districts}
        entries = news.read(self.root)
        self.products = [*drawn.values(), *(self._of_many(drawn, entries) if self.many else self._of_few(drawn, entries))]
        return news.dead_links(entries, {*self.urls, *self.hand_written}, self.root) if self.whole else []

    @cached_property
    def urls(self) -> list[str]:
        """Of all that is made from data."""
        return [url for product in self.products for url in product.urls]

    @cached_property
    def hand_written(self) -> list[str]:
        """The pages that mkdocs makes."""
        return [f"{path.stem}.html" for path in (self.root / "docs").glob("*.md")]

    @property
    def pages(self) -> list[str]:
        return [url for url in (*self.urls, *self.hand_written) if url.endswith(".html")]

    def _of_few(self, drawn: dict[District, Product], entries: list[news.News]) -> list[Product]:
        """All that is beside the districts, with all words of all plans on it."""
        dictionary = self._soon(Dictionary(self.rules))

        def make() -> dict[str, bytes]:
            catalogue = self.workshop.catalogue.over([folder.read(path, self.root) for paths in self._folders.values() for path in paths])
            derived = Derived(catalogue)
            made = downloads.files(derived) | search.placed(search.few(derived, self.root, self.workshop.readings.readings, self.whole))
            return made | self._site(catalogue, pages.shared(derived, entries, self.workshop.readings.initial), made, drawn.values())

        return [self._here("whole", key(self.hand, *(district.drawn for district in drawn)), make), dictionary()]

    def _of_many(self, drawn: dict[District, Product], entries: list[news.News]) -> list[Product]:
        """The tables of each province, the search, and what is summed up above them."""
        catalogue = self.workshop.catalogue.of_cards([card for product in drawn.values() for card in product.value.plans])
        at = {product.value.card.id: district for district, product in drawn.items()}
        tables, shelves, texts = self._tables(catalogue, at, drawn), self._shelves(catalogue, at), self._texts(catalogue, at)
        for kind, units in ((Tables.kind, tables), (Shelf.kind, shelves), (Pair.kind, texts)):
            self.cache.keep(kind, {unit.name for unit in units})
        made = self._begun([Dictionary(self.rules), *shelves, *texts], "份检索")()
        of_provinces = self._begun(tables, "个省的比较")
        # Made while this process draws: behind the tables where many are made elsewhere, beside them where it makes a few itself.
        country = self._soon(Country(key(self.rules, self.whole, *(unit.shelf for unit in shelves), *(made[unit].value for unit in shelves)), tuple(shelves), self.whole))
        made |= of_provinces()

        def draw() -> dict[str, bytes]:
            files = downloads.of_many(catalogue)
            tallies = [(unit.region, made[unit].value.tallies) for unit in tables]
            compared = [(region, made[unit].value) for unit, region in texts.items()]
            found = pages.nation(catalogue, tallies, compared, entries, self.workshop.readings.initial)
            return files | self._site(catalogue, found, files, [*drawn.values(), *(made[unit] for unit in tables)])

        shown = (product.value.card for product in drawn.values())
        return [*made.values(), self._here("whole", key(self.hand, *(unit.key for unit in tables), *shown, *(made[unit].value for unit in texts)), draw), country()]

    def _tables(self, catalogue: Catalogue, at: dict[str, District], drawn: dict[District, Product]) -> list[Tables]:
        found = []
        for province in provinces(catalogue.vocabulary, catalogue.current):
            districts = [at[plan.id] for plan in province.plans]
            said = (drawn[district].value.said for district in districts)
            found.append(Tables(province.province, self.style, key(self.style, *said), tuple(district.name for district in districts)))
        return found

    def _shelves(self, catalogue: Catalogue, at: dict[str, District]) -> list[Shelf]:
        by_region = {card.region: at[card.id] for card in catalogue.current}
        found = []
        for shelf in search.shelves(catalogue.vocabulary.regions.values(), by_region):
            districts = [by_region[region.code] for region in shelf.regions]
            found.append(Shelf(key(self.rules, shelf, *(district.drawn for district in districts)), shelf, tuple(district.name for district in districts)))
        return found

    def _texts(self, catalogue: Catalogue, at: dict[str, District]) -> dict[Pair, Region]:
        """The pairs of texts that have a page, each with its province."""
        found = {}
        for one, other in pairs.chosen(catalogue):
            districts = at[one.id], at[other.id]
            paths = tuple(next(path for path in district.folders if path.name == card.id) for district, card in zip(districts, (one, other), strict=True))
            found[Pair("-".join(district.name for district in districts), key(*(district.drawn for district in districts)), paths)] = catalogue.province(one)
        return found

    def _begun(self, units: Sequence[Unit], said: str) -> Callable[[], dict[Unit, Product]]:
        """The products of `units`; what is not there is made by as many processes as there are cores. Calling waits for them."""
        found = {unit: self.cache.get(unit.kind, unit.name, unit.key) for unit in units}
        missing = [unit for unit, product in found.items() if product is None]
        made = self.pool.each(work, missing, len(missing))

        def wait() -> dict[Unit, Product]:
            progress = Progress(len(missing), said)
            for _ in made:
                progress.step()
            progress.end()
            return found | {unit: self.cache.made(unit.kind, unit.name) for unit in missing}

        return wait

    def _soon(self, unit: Unit) -> Callable[[], Product]:
        """The product of a unit that is made, if it has to be, while this process goes on; calling waits for it."""
        if product := self.cache.get(unit.kind, unit.name, unit.key):
            return lambda: product
        done = self.pool.soon(work, unit)

        def wait() -> Product:
            done()
            return self.cache.made(unit.kind, unit.name)

        return wait

    def _here(self, name: str, key: str, make: Callable[[], dict[str, bytes]]) -> Product:
        """A product of the site as a whole, of this process."""
        return self.cache.get(SITE, name, key) or self.cache.put(SITE, name, key, None, make())

    def _site(self, catalogue: Catalogue, found, made: dict[str, bytes], products: Collection[Product]) -> dict[str, bytes]:
        sizes = {url: len(content) for url, content in made.items()}
        sizes |= {url: os.path.getsize(path) for product in products for url, path in product.paths.items() if url.startswith("data/")}
        return self.workshop.renderer.of(catalogue, sizes).files([*found, statement.page(self.root)])

    def join(self, site: Path) -> None:
        """Put all finished files to what mkdocs made."""
        lay(site, self._files(self.products))
        self._list(site)

    def mirror(self, site: Path, hand_made: Product) -> None:
        """Have a folder hold the whole site."""
        mirror(site, self._files([*self.products, hand_made]))
        self._list(site)

    def _files(self, products: Collection[Product]) -> dict[str, str]:
        return {url: product.paths[url] for product in products for url in product.urls if url not in _LISTS}

    def _list(self, site: Path) -> None:
        """The list of all pages."""
        # Without an address of the site there can be no list; mkdocs writes an empty one.
        for name in _LISTS:
            (site / name).unlink(missing_ok=True)
        if self.site.site_url:
            for name, content in sitemaps(self.site.site_url, self.pages).items():
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
