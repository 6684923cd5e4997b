"""The shell around the content of a page: overrides/base.html, which mkdocs draws around the hand-written pages."""

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import jinja2

from . import places
from .load import load
from .pages import NAVIGATION, Page

_KEPT = 256  # lines of contents; a plan has some thirty, each in two states or three


@dataclass(frozen=True)
class Site:
    """What mkdocs.yml says of the site as a whole."""

    site_name: str
    site_description: str
    site_url: str | None = None

    @classmethod
    def read(cls, root: Path) -> "Site":
        found = load(root / "mkdocs.yml", root)
        return cls(str(found["site_name"]), str(found["site_description"]), found.get("site_url"))


class Shell:
    """`overrides` is the folder of the templates, `compiled` where they are kept."""

    def __init__(self, overrides: Path, site: Site, compiled: jinja2.BytecodeCache | None):
        self._site = site
        # As a template of the theme it escapes by itself.
        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(overrides), undefined=jinja2.StrictUndefined, auto_reload=False, bytecode_cache=compiled)
        environment.filters["url"] = _url
        environment.globals |= {"config": site, "navigation": NAVIGATION}
        self._page, self._base = environment.get_template("page.html"), environment.get_template("base.html")
        self._menu = {url for _, _, url in NAVIGATION}
        self._drawn: tuple = ()  # folder and section of the last page, and what they have around them
        self._chapter = lru_cache(_KEPT)(environment.get_template("chapters.html").module.chapter)

    def __call__(self, page: Page, content: str) -> str:
        """The whole page."""
        header, footer = self._around(page)
        shown = SimpleNamespace(
            meta=_meta(page, self._chapters(page)), title=page.title, content=content, is_data=True, file=SimpleNamespace(dest_uri=page.url),
            canonical_url=f"{self._site.site_url.rstrip('/')}/{page.url}" if self._site.site_url else None,
        )
        return self._page.render(page=shown, header=header, footer=footer)

    def _chapters(self, page: Page) -> str:
        """The contents of the plan that a page belongs to: on its pages nearly the same."""
        labels = {label for _, label in page.contents}
        return "\n".join(self._chapter(label, places.relative(url, page.url), here, label in labels) for label, url, here in page.chapters)

    def _around(self, page: Page) -> tuple[str, str]:
        """Header and footer: from all pages of a folder links are the same, but from those that stand in the menu themselves."""
        of = posixpath.dirname(page.url), page.section, page.url if page.url in self._menu else ""
        if not self._drawn or self._drawn[0] != of:
            context = self._base.new_context({"page": SimpleNamespace(file=SimpleNamespace(dest_uri=page.url)), "current": page.section})
            self._drawn = of, tuple("".join(self._base.blocks[name](context)) for name in ("header", "footer"))
        return self._drawn[1]


def _meta(page: Page, chapters: str) -> dict:
    return {
        "document_title": page.document_title, "description": page.description, "section": page.section, "crumbs": page.crumbs,
        "contents": page.contents, "chapters": chapters, "pinyin": page.pinyin,
    }


@jinja2.pass_context
def _url(context: jinja2.runtime.Context, target: str) -> str:
    return places.relative(target, context["page"].file.dest_uri)
