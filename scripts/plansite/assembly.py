"""The whole site from finished parts: each district by itself, then what lays them side by side. What has not changed is not made again."""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from . import catalogue as catalogues
from . import downloads, fingerprint, folder, news, pages, statement, validate, workshop
from .cache import Cache, Product, link
from .derived import Derived
from .fingerprint import Fingerprints, key
from .pool import each
from .problems import Problem
from .render import Site
from .search import files as search_files
from .workshop import CHECKED, DISTRICTS, District, Workshop

_CODE = Path(__file__).resolve().parent
SHARED = "shared"


class Assembly:
    """One build. `site` is what mkdocs.yml says; without it data can be checked but nothing is drawn."""

    def __init__(self, root: Path, today: date, site: Site | None = None):
        self.root, self.today, self.site = root, today, site
        self.cache = Cache(root / ".cache")
        self.fingerprints = Fingerprints(root / ".cache" / "fingerprints", root)
        self.workshop = Workshop(root, today, site, self.cache)

    @cached_property
    def districts(self) -> list[District]:
        """All districts with their keys, by name."""
        read = self.fingerprints
        data = self.root / "data"
        # The registries, the rules and the tools decide what a check finds; what is drawn also follows templates, settings and the year.
        rules = key(fingerprint.tools(), read.folder(_CODE, deep=True, kinds=(".py",)), read.folder(data / "vocabulary"), read.folder(data, kinds=("regions.yml",)))
        style = key(rules, read.folder(self.root / "overrides", deep=True), self.site, self.today.year)
        found = []
        for name, paths in workshop.by_district(catalogues.paths(self.root)).items():
            content = [part for path in paths for part in (path.name, read.folder(path))]
            found.append(District(name, tuple(paths), key(rules, *content), key(style, *content) if self.site else None))
        read.save()
        return found

    def check(self) -> Iterator[Problem]:
        """All problems, as they are found; districts without errors are drawn on the way if there is a `site`."""
        registries = list(validate.of_registries(self._over([])))
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
        progress = Progress(len(todo))
        made = each(workshop.make, todo, Workshop, (self.root, self.today, self.site, self.cache), self.workshop)
        for district in self.districts:
            if district.name in kept:
                yield from kept[district.name]
            else:
                found = next(made)
                progress.step(sys.stdout if not found else None)
                yield from found
        progress.end()

    def _over(self, folders: list):
        return self.workshop.catalogue.over(folders)

    def finish(self) -> list[Problem]:
        """Make what lays districts side by side. Only after a check without errors. Raises Stop, or tells what is wrong with the news."""
        for kind in (CHECKED, DISTRICTS):
            self.cache.keep(kind, {district.name for district in self.districts})
        read = self.fingerprints
        data = self.root / "data"
        made_from = key(*(district.drawn for district in self.districts), read.folder(data), read.folder(self.root / "docs", kinds=(".md",)))
        read.save()
        entries = news.read(self.root)
        self.products = [self.cache.get(DISTRICTS, district.name, district.drawn) for district in self.districts]
        shared = self.cache.get(SHARED, SHARED, made_from)
        if shared is None:
            self.cache.put(SHARED, SHARED, made_from, None, self._shared(entries))
            shared = self.cache.get(SHARED, SHARED, made_from)
        self.products.append(shared)
        urls = {url for product in self.products for url, _ in product.files} | {path.stem + ".html" for path in (self.root / "docs").glob("*.md")}
        return news.dead_links(entries, urls, self.root)

    def _shared(self, entries: list[news.News]) -> dict[str, bytes]:
        catalogue = self._over([folder.read(path, self.root) for path in catalogues.paths(self.root)])
        derived = Derived(catalogue)
        made = downloads.files(derived) | search_files(derived, self.root, self.workshop.readings.readings)
        sizes = {url: len(content) for url, content in made.items()}
        sizes |= {url: os.path.getsize(path) for product in self.products for url, path in product.files if url.startswith("data/")}
        drawing = self.workshop.renderer.of(catalogue, sizes)
        found = [*pages.shared(derived, entries, self.workshop.readings.initial), statement.page(self.root)]
        return made | self.workshop.pages(drawing, found)

    def link(self, site: Path) -> None:
        """Put all finished files where the site is built."""
        folders = set()
        for product in self.products:
            for url, path in product.files:
                target = f"{site}/{url}"
                above = target[: target.rindex("/")]
                if above not in folders:
                    os.makedirs(above, exist_ok=True)
                    folders.add(above)
                link(path, target)


class Progress:
    """How far the work is, on one line that is written over; nothing where there is no terminal."""

    def __init__(self, total: int, said: Callable[[int, int], str] = lambda done, total: f"已完成 {done}/{total} 个地区"):
        self.total, self.done, self.said = total, 0, said
        self.shown = total >= 20 and sys.stdout.isatty()

    def step(self, _=None) -> None:
        self.done += 1
        if self.shown and (self.done % 10 == 0 or self.done == self.total):
            print(f"\r{self.said(self.done, self.total)}", end="", flush=True)

    def end(self) -> None:
        if self.shown:
            print()
