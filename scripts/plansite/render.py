"""Pages to HTML: our own Jinja environment, escaping everything, failing on what is undefined.

The result is the content of <main>; the shell around it is the theme's (overrides/base.html).
"""

from pathlib import Path

import jinja2

from . import compare, places, prose, words
from .catalogue import Catalogue
from .model import Absence, Box, Certainty, Entry, Fact, Heading, Match, Paragraph, Plan, Table
from .pages import Page

_KINDS = {Heading: "heading", Paragraph: "paragraph", Entry: "entry", Box: "box", Table: "table"}
FURNITURE_WORDS = {
    "page_number": "页码", "web": "网页上的东西", "markdown": "转换留下的标记", "stamp": "印章和收文字样", "layout": "版面痕迹",
}
ERRATUM_WORDS = {
    "lost": "少字", "doubled": "重复", "wrong": "错字", "punctuation": "标点", "spacing": "多余的空格", "numbering": "编号",
    "split": "换页断开", "contradiction": "前后不一", "wording": "措辞", "misplaced": "位置",
}


def environment(folder: Path) -> jinja2.Environment:
    """The environment over the content templates in `folder`."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"],
    )
    made.filters |= {"count": words.count, "day": words.day, "size": words.size, "dash": prose.dash, "has_ended": lambda period, today: period.ended(today)}
    made.tests |= {
        "absence": lambda value: isinstance(value, Absence), "fact": lambda value: isinstance(value, Fact),
        "certain": lambda erratum: erratum.certainty is Certainty.CERTAIN, "same": lambda match: match is Match.SAME,
    }
    made.globals |= {
        "pieces": prose.pieces, "notes": prose.notes, "label": prose.label, "place_of": compare.place_of,
        "kind": lambda block: _KINDS[type(block)], "places": places, "row_evidence": compare.row_evidence,
        "furniture_words": FURNITURE_WORDS, "erratum_words": ERRATUM_WORDS,
    }
    return made


class Renderer:
    """Draws the pages of one catalogue. `sizes` are the bytes of downloads by URL."""

    def __init__(self, catalogue: Catalogue, templates: Path, sizes: dict[str, int]):
        self.catalogue, self.sizes = catalogue, sizes
        self.terms = prose.Terms(catalogue.vocabulary.words)
        self.environment = environment(templates)
        self.environment.filters["label_of"] = catalogue.label
        self._places: dict[str, places.PlanPlaces] = {}

    def _at(self, plan: Plan) -> places.PlanPlaces:
        if plan.id not in self._places:
            self._places[plan.id] = places.PlanPlaces(plan, self.catalogue.region(plan))
        return self._places[plan.id]

    def _element_at(self, plan: Plan, at: str) -> str:
        """Where an element of a plan stands on the site."""
        return self._at(plan).element(at)

    def __call__(self, page: Page) -> str:
        """The inner HTML of <main>."""

        def href(target: str) -> str:
            return places.relative(target, page.url)

        return self.environment.get_template(page.template).render(
            page=page, catalogue=self.catalogue, href=href, element_at=self._element_at, at_of=self._at, terms_in=self.terms, file_size=lambda url: words.size(self.sizes[url]), **page.context
        )
