"""Roles and names as the browser gives them: one shell on all pages, small pages whole.

Also what the tests of this folder share: a reader of pages, and goldens. UPDATE_GOLDENS=1 writes the goldens.
"""

import difflib
import os
import re
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

import pytest
from browsing import varied, visit

GOLDENS = Path(__file__).parent / "golden"
# One page of each type, by the name of its golden.
TYPES = {
    "index": "index.html", "districts": "districts/index.html", "district": "districts/ziyang/index.html",
    "preface": "districts/banan/2021-2025/preface.html", "chapter": "districts/banan/2021-2025/chapter-2.html",
    "tasks": "districts/wulong/2021-2025/tasks.html", "full": "districts/changyi/2021-2025/full.html",
    "indicators": "districts/ziyang/2021-2025/indicators.html", "measures": "districts/ziyang/2021-2025/measures.html",
    "errata": "districts/banan/2021-2025/errata.html", "compare": "compare/index.html",
    "concepts": "measures/index.html", "concept": "measures/device-subsidy.html", "task-concept": "tasks/poverty-monitoring.html",
    "plan-figures": "districts/wulong/2021-2025/figures.html", "agencies": "agencies/index.html", "agency": "agencies/housing-construction.html",
    "topics": "topics/index.html", "topic": "topics/housing.html", "texts": "compare/texts/index.html",
    "text-pair": "compare/texts/jiangjin-wulong.html", "choose": "choose.html", "method": "method.html",
    "offers": "for/index.html", "offers-of": "for/hearing.html", "easy-read": "districts/wulong/2021-2025/easy-read.html",
    "indicator": "compare/home-accessibility.html", "data": "data/index.html", "about": "about.html",
    "search": "search.html", "settings": "settings.html", "glossary": "glossary.html", "help": "help.html", "404": "404.html",
}
SMALL = 60  # lines; a bigger snapshot says less than the transcript of the page


@contextmanager
def reader(browser, site: Path):
    """A function (url, width) that opens a page of the site from the disk."""
    pages = {}

    def opened(url: str, width: int = 1280):
        if width not in pages:
            pages[width] = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN").new_page()
        visit(pages[width], site, url)
        return pages[width]

    yield opened
    for page in pages.values():
        page.context.close()


def golden(name: str, text: str) -> None:
    """Compare `text` with the file `name`. Sizes of downloads are left out: they follow the data."""
    text = re.sub(r"\d+ (KB|字节)", r"… \1", text).rstrip() + "\n"
    path = GOLDENS / name
    if os.environ.get("UPDATE_GOLDENS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.exists(), f"{name} is not there: UPDATE_GOLDENS=1 makes it"
    known = path.read_text(encoding="utf-8")
    changes = difflib.unified_diff(known.splitlines(), text.splitlines(), name, "now", lineterm="", n=2)
    assert known == text, "\n".join(changes) + "\nIf this is meant: UPDATE_GOLDENS=1"


@pytest.fixture(scope="module")
def read(browser, site):
    with reader(browser, site) as opened:
        yield opened


@pytest.fixture(scope="module")
def landmarks(read, site) -> dict[str, dict[str, str]]:
    """The parts of each page as snapshots, by URL and by their first line; links from the site's root."""
    found = {}
    for url in varied(site):
        snapshot = read(url).locator("body").aria_snapshot()
        snapshot = re.sub(r'(?<=/url: )"?([^#"\n][^"\n]*)"?', partial(_from_root, url), snapshot)
        found[url] = {part.splitlines()[0]: part for part in re.split(r"\n(?=- )", snapshot)}
    return found


def _from_root(url: str, link: re.Match) -> str:
    return urljoin(f"/{url}", link[1])


def test_the_shell_is_the_same_on_all_pages(landmarks):
    """Header, site navigation and footer have the same names, order and targets everywhere."""
    shell = {name: part for name, part in landmarks["index.html"].items() if name != "- main:"}
    assert [*shell][:: len(shell) - 1] == ["- banner:", "- contentinfo:"]
    for url, parts in landmarks.items():
        assert {name: part for name, part in parts.items() if name in shell} == shell, url
        assert [name for name in parts if name in shell] == list(shell), url
        assert {name.split()[1].rstrip(":") for name in parts} == {"banner", "navigation", "main", "contentinfo"}, (url, "words outside of landmarks")
    golden("shell.aria.yml", "\n".join(shell.values()))


def test_small_pages(landmarks):
    """The content of small page types whole; big ones have no golden here."""
    for name, url in TYPES.items():
        text = landmarks[url]["- main:"]
        path = GOLDENS / f"{name}.aria.yml"
        if len(text.splitlines()) < SMALL:
            golden(path.name, text)
        elif os.environ.get("UPDATE_GOLDENS"):
            path.unlink(missing_ok=True)
        else:
            assert not path.exists(), f"{path.name}: the page is not small any more; UPDATE_GOLDENS=1 removes it"


# What style sheets draw before and behind visible elements without an alternative: content: "＋", not "＋" / "".
DRAWN = """() => [...document.body.querySelectorAll('*')].filter(e => e.checkVisibility()).flatMap(e =>
  ['::before', '::after'].map(p => getComputedStyle(e, p).content).filter(c => /^"[^"]+"$/.test(c)))"""


def test_icons_of_style_sheets_are_not_spoken(read):
    drawn = {name: set(read(url).evaluate(DRAWN)) for name, url in TYPES.items()}
    assert {name: found for name, found in drawn.items() if found} == {}
