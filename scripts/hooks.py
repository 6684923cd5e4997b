"""The MkDocs adapter, and the only module that imports mkdocs.

It reads the data, draws every page and hands pages and files to the build.
"""

import sys
import unicodedata
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

sys.path.insert(0, str(Path(__file__).resolve().parent))

from plansite import cli, downloads, news, pages, problems, statement
from plansite.derived import Derived
from plansite.formats import ruby
from plansite.load import load
from plansite.pinyin import Pinyin
from plansite.render import Renderer
from plansite.search import files as search_files

_SECTIONS = {"about.html": "about", "guide.html": "about", "data-fields.html": "data"}


def initial(readings: Pinyin, text: str) -> str:
    """The letter under which a term is found: 最低 under Z, C5 under C."""
    text = text.lstrip("“《")
    first = readings.readings(text)[0] or text[0]
    return unicodedata.normalize("NFD", first)[0].upper()


def pinyin_url(page: pages.Page) -> str:
    return page.url.removesuffix(".html") + ".pinyin.js"


class DataPage(MkDocsPage):
    """A page drawn from data: it has no Markdown, its HTML is ready."""

    is_data = True

    def __init__(self, page: pages.Page, html: str, file: File, config):
        super().__init__(page.title, file, config)
        self._html = html
        self._meta = {
            "template": "main.html", "document_title": page.document_title, "description": page.description,
            "section": page.section, "crumbs": page.crumbs, "contents": page.contents, "chapters": page.chapters,
            "pinyin": pinyin_url(page) if page.pinyin else None,
        }

    def read_source(self, config):
        self.markdown = ""
        self.meta = self._meta

    def render(self, config, files):
        self.content = self._html
        self.toc = TableOfContents([])


def on_config(config):
    config.extra["navigation"] = pages.NAVIGATION
    return config


def on_files(files, config):
    """Add what is made from the data; keep out what the theme would copy and no page uses."""
    root = Path(config.config_file_path).parent
    try:
        catalogue, found = cli.checked(root)
        if any(not problem.notice for problem in found):
            raise problems.Stop(found)
        derived = Derived(catalogue)
        offered = downloads.files(derived)
        entries = news.read(root)
        readings = Pinyin(load(root / "data" / "vocabulary" / "pinyin.yml", root) or {})
        offered |= search_files(derived, root, readings.readings)
        made = [*pages.site(derived, entries, lambda text: initial(readings, text)), statement.page(root)]
        if dead := news.dead_links(entries, {page.url for page in made} | {file.dest_uri for file in files}, root):
            raise problems.Stop(dead)
    except problems.Stop as stop:
        raise PluginError("数据有错误，没有生成网站。\n" + problems.report(stop.problems)) from None
    draw = Renderer(catalogue, root / "overrides" / "content", {url: len(content) for url, content in offered.items()})
    for file in list(files):
        if file.dest_uri.startswith("assets/") and not Path(file.abs_src_path).is_relative_to(config.docs_dir):
            files.remove(file)
    for page in made:
        file = File.generated(config, page.url.removesuffix(".html") + ".md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
        html = draw(page)
        file.page = DataPage(page, html, file, config)
        files.append(file)
        if page.pinyin:
            files.append(File.generated(config, pinyin_url(page), content=ruby.script(html, readings.readings)))
    for url, content in offered.items():
        files.append(File.generated(config, url, content=content))
    return files


def on_page_context(context, page, config, nav):
    """What the shell shows of a hand-written page: section, way back, contents."""
    if not isinstance(page, DataPage):
        page.meta.setdefault("section", _SECTIONS.get(page.file.dest_uri, ""))
        page.meta.setdefault("crumbs", (("首页", "index.html"), (page.title, None)))
        page.meta.setdefault("contents", [(item.id, item.title) for top in page.toc for item in top.children])
    return context
