"""Where everything stands on the site: the URL of each page and the anchor of each element."""

import posixpath
from functools import cached_property, lru_cache

from .model import PARTS, Box, Element, Heading, Plan
from .vocabulary import Agency, Concept, Label, Region, Topic

HOME = "index.html"
DISTRICTS = "districts/index.html"
COMPARE = "compare/index.html"
MEASURES = "measures/index.html"
TASKS = "tasks/index.html"
FIGURES = "figures/index.html"
AGENCIES = "agencies/index.html"
TOPICS = "topics/index.html"
TEXTS = "compare/texts/index.html"
CHOOSE = "choose.html"
FOR = "for/index.html"
METHOD = "method.html"
DATA = "data/index.html"
HELP = "help.html"
ABOUT = "about.html"


def district(region: Region) -> str:
    return f"districts/{region.slug}/index.html"


def in_province(url: str, province: Region) -> str:
    """The part of a page that is about one province: districts/province-sichuan/index.html, measures/province-sichuan/job-training.html."""
    folder, slash, name = url.rpartition("/")
    return f"{folder}{slash}province-{province.slug}/{name}"


def indicator(concept: Concept) -> str:
    return f"compare/{concept.id}.html"


def concept(kind: str, concept: Concept) -> str:
    """A canonical measure or task; `kind` is measures or tasks."""
    return f"{kind}/{concept.id}.html"


def agency(agency: Agency) -> str:
    return f"agencies/{agency.id}.html"


def offers(kind: str, label: Label) -> str:
    """Offers for an audience or a need; `kind` is audiences or needs."""
    return f"for/{'need-' if kind == 'needs' else ''}{label.id}.html"


def topic(topic: Topic) -> str:
    return f"topics/{topic.id}.html"


def text_pair(one: Region, other: Region) -> str:
    return f"compare/texts/{one.slug}-{other.slug}.html"


def dataset(plan: Plan, extension: str) -> str:
    return f"data/plans/{plan.id}.{extension}"


def relative(target: str, base: str) -> str:
    """`target` as a link from the page `base`; both are paths below the site's root."""
    path, hash, anchor = target.partition("#")
    if not path or path == base:
        return f"#{anchor}" if hash else posixpath.basename(base)
    return _from(base.rpartition("/")[0], path) + hash + anchor


@lru_cache(maxsize=4096)
def _from(folder: str, path: str) -> str:
    """The way from a folder to a page, which many links of the pages in it go. As posixpath.relpath, which asks where we are."""
    here, there = folder.split("/") if folder else [], path.split("/")
    shared = len(posixpath.commonprefix([here, there[:-1]]))
    return "../" * (len(here) - shared) + "/".join(there[shared:])


class PlanPlaces:
    """The pages of one plan and on which of them each element stands."""

    def __init__(self, plan: Plan, region: Region):
        self.plan = plan
        self.base = f"districts/{region.slug}/{plan.period.slug}"

    def page(self, name: str) -> str:
        return f"{self.base}/{name}.html"

    def audience(self, label: Label) -> str:
        """What the plan gives to an audience."""
        return self.page(f"for-{label.id}")

    def chapter(self, heading: Heading) -> str:
        """chapter-3.html, after the id of the chapter's heading."""
        return self.page(f"chapter-{heading.id.removeprefix('c')}")

    @cached_property
    def _pages(self) -> dict[str, str]:
        found: dict[str, str] = {}
        preface, tasks = self.page("preface"), self.page("tasks")
        current = preface
        for part in PARTS:
            current = tasks if part == "annex" else preface
            for block in self.plan.parts.get(part, ()):
                if part == "plan" and isinstance(block, Heading) and block.level == 1:
                    current = self.chapter(block)
                for element in _within(self.plan, block):
                    found[element.id] = current
        return found

    def element(self, id: str) -> str:
        """The link target of an element: the page where it stands in the text, and its anchor."""
        return f"{self._pages[id]}#{id}"


def _within(plan: Plan, block) -> list[Element]:
    found = [block]
    if isinstance(block, Box):
        found += block.contents()
        if block.table:
            found += [block.table, *plan.rows(block.table)]
    elif hasattr(block, "columns"):
        found += plan.rows(block)
    return found
