"""One district made into its finished files: read, checked, drawn. Nothing of another district is looked at."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from . import catalogue as catalogues
from . import downloads, folder, pages, validate
from .cache import Cache
from .catalogue import Catalogue
from .derived import Derived
from .formats import ruby
from .load import load
from .pinyin import Pinyin
from .problems import Problem
from .render import Drawing, Renderer, Site

CHECKED, DISTRICTS = "checked", "districts"
_PERIOD = re.compile(r"-\d{4}-\d{4}$")


@dataclass(frozen=True)
class District:
    """A unit of work: the plan folders of one district. `checked` and `drawn` are the keys of what they are made into."""

    name: str
    folders: tuple[Path, ...]
    checked: str
    drawn: str | None = None


def by_district(paths: list[Path]) -> dict[str, list[Path]]:
    """Folders by the name of their district, which is that of the folder without the period."""
    found: dict[str, list[Path]] = {}
    for path in paths:
        found.setdefault(_PERIOD.sub("", path.name), []).append(path)
    return found


class Workshop:
    """What is needed to make any district; made once a process."""

    def __init__(self, root: Path, today: date, site: Site | None, cache: Cache):
        self.root, self.site, self.cache = root, site, cache
        self.catalogue = catalogues.registries(root, today)

    @cached_property
    def renderer(self) -> Renderer:
        return Renderer(self.root / "overrides", self.catalogue.vocabulary, self.site)

    @cached_property
    def readings(self) -> Pinyin:
        return Pinyin(load(self.root / "data" / "vocabulary" / "pinyin.yml", self.root) or {})

    def pages(self, drawing: Drawing, found) -> dict[str, bytes]:
        """URL to content of pages, and of what they load when they are asked for readings."""
        made = {}
        for page in found:
            made[page.url] = drawing(page).encode()
            if page.pinyin:
                made[page.url.removesuffix(".html") + ".pinyin.js"] = ruby.script(drawing.content(page), self.readings.readings).encode()
        return made


def make(workshop: Workshop, district: District) -> list[Problem]:
    """Check a district and draw it if it has no errors; what was done stays in the cache. The problems are returned."""
    catalogue = workshop.catalogue.over([folder.read(path, workshop.root) for path in district.folders])
    kept = workshop.cache.get(CHECKED, district.name, district.checked)
    found = kept.value if kept else sorted({problem for one in catalogue.folders for problem in validate.of_plan(catalogue, one)})
    if kept is None:
        workshop.cache.put(CHECKED, district.name, district.checked, found, {})
    if district.drawn and all(problem.notice for problem in found):
        workshop.cache.put(DISTRICTS, district.name, district.drawn, None, files(workshop, catalogue))
    return found


def files(workshop: Workshop, catalogue: Catalogue) -> dict[str, bytes]:
    """URL to content of everything that a district has to itself."""
    derived = Derived(catalogue)
    made = {}
    for one in catalogue.folders:
        made |= downloads.of_plan(catalogue, one, derived.offers_of[one.plan.id])
    drawing = workshop.renderer.of(catalogue, {url: len(content) for url, content in made.items()})
    return made | workshop.pages(drawing, pages.of_districts(derived))
