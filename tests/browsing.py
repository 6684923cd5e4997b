"""How tests open pages: Debian's Chromium by Playwright, pages from the disk, the engines that judge them."""

import functools
import os
import re
import shutil
from collections.abc import Iterable
from urllib.parse import quote

import pytest
from conftest import ROOT

MODULES = ROOT / "tests" / "node_modules"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]
# Without this a page from the disk may not read its own style sheets; axe judges orientation locks by them.
READ_STYLES = "--allow-file-access-from-files"
WIDTHS = (1280, 320)
# The search has said something. While one page leaves for the next there may be no status line yet.
READY = "document.getElementById('found')?.textContent"
# One page of each type.
TYPES = [
    "index.html", "districts/index.html", "districts/ziyang/index.html", "districts/banan/2021-2025/preface.html",
    "districts/ziyang/2021-2025/chapter-3.html", "districts/wulong/2021-2025/tasks.html", "districts/changyi/2021-2025/full.html",
    "districts/ziyang/2021-2025/indicators.html", "districts/ziyang/2021-2025/measures.html", "districts/banan/2021-2025/errata.html",
    "compare/index.html", "compare/home-accessibility.html", "measures/index.html", "measures/device-subsidy.html", "tasks/index.html",
    "tasks/poverty-monitoring.html", "figures/index.html", "districts/wulong/2021-2025/figures.html", "agencies/index.html",
    "agencies/housing-construction.html", "topics/index.html", "topics/housing.html", "compare/texts/index.html",
    "compare/texts/jiangjin-wulong.html", "choose.html", "method.html",
    "for/index.html", "for/hearing.html", "districts/wulong/2021-2025/easy-read.html", "districts/wulong/2021-2025/for-hearing.html", "data/index.html", "guide.html", "search.html", "settings.html", "help.html",
    "glossary.html", "accessibility.html", "404.html",
]
# What is the same on every page; it takes half the time of a small page.
SHELL = [[".top"], [".menu"], [".foot"]]
# All rules, AAA and best practices too, but those that are `off`, or `only` some: [rule, element, what to do] of each violation.
RUN_AXE = """async ([only, without, off]) => {
  const rules = {};
  for (const rule of axe.getRules()) rules[rule.ruleId] = {enabled: !off.includes(rule.ruleId)};
  const options = only ? {runOnly: only} : {rules};
  const found = await axe.run(without ? {exclude: without} : document, {...options, resultTypes: ['violations']});
  return found.violations.flatMap(v => v.nodes.map(n => [v.id, n.target.join(' '), n.failureSummary.slice(0, 160)]));
}"""


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "python3 scripts/test.py sets up chromium"
    return found


def shell() -> str:
    """Chromium without its windows: the same engine, and a page costs a quarter. It reads no profile."""
    found = shutil.which("chromium-headless-shell")
    assert found, "python3 scripts/test.py sets up chromium-headless-shell"
    return found


@functools.cache
def engine(path: str) -> str:
    """The source of a script of tests/node_modules."""
    assert (MODULES / path).is_file(), "python3 scripts/test.py sets up tests/node_modules"
    return (MODULES / path).read_text(encoding="utf-8") + ";0"


def violations(page, only: list[str] | None = None, without: list[list[str]] | None = None, off: Iterable[str] = ()) -> list[list[str]]:
    """What axe finds on the page as it stands, by `only` some rules or all that are not `off`, `without` some parts of it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(engine("axe-core/axe.min.js"))
    return page.evaluate(RUN_AXE, [only, without, list(off)])


def opened(browser, site, url, width=1280, **options):
    """A page of the built site in a context of its own; `requested` and `faults` are collected."""
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN", **options).new_page()
    page.requested = []
    page.faults = []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(f"file://{site}/{url}")
    return page


def announcements(browser, site, query: str) -> list[str]:
    """What the status line of the search says for a query, one after the other."""
    page = opened(browser, site, "search.html")
    page.add_init_script("""addEventListener('DOMContentLoaded', () => { window.said = [];
      new MutationObserver(() => said.push(document.getElementById('found').textContent)).observe(document.getElementById('found'), {childList: true}); });""")
    page.goto(f"file://{site}/search.html?q={quote(query)}")
    page.wait_for_function(READY)
    page.wait_for_timeout(200)
    said = page.evaluate("said")
    page.context.close()
    return said


def urls(site) -> list[str]:
    """Every page."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def varied(site) -> list[str]:
    """Every page that differs from others by more than its data: of the pages a concept, agency, topic, audience or pair of texts
    only those of TYPES. With PLANSITE_ALL=1 all pages are: then nothing is left to turns."""
    alike = re.compile(r"(measures|tasks|agencies|topics|for|compare)/|.*/for-")
    return [url for url in urls(site) if os.environ.get("PLANSITE_ALL") or url in TYPES or not alike.match(url)]


def single(site) -> list[str]:
    """The same, of the pages of plans too only those of TYPES."""
    return [url for url in varied(site) if os.environ.get("PLANSITE_ALL") or url in TYPES or not re.match(r"districts/[^/]+/\d", url)]


def visit(page, site, url: str) -> None:
    """Open a page from the disk; the addresses of 404.html, which begin at the server's root, lead there too."""
    if url.endswith("404.html"):
        outside = re.compile(rf"^file://(?!{re.escape(site.as_uri().removeprefix('file://'))}/)")
        page.route(outside, lambda route: route.fulfill(path=site / "assets" / route.request.url.rpartition("/assets/")[2]))
    page.goto((site / url).as_uri(), wait_until="load")
    if url.endswith("404.html"):
        page.unroute_all(behavior="wait")


def turn(site, always: Iterable[str], part: int, parts: int = 4) -> list[str]:
    """The pages that are `always` judged, and of the others the ones whose turn it is.

    The parts together are all pages, so that in one run each page is judged at least once.
    """
    always = set(always)
    rest = [url for url in urls(site) if url not in always]
    return sorted(always | set(rest[part::parts]))


def halves(names: list[str]) -> list[list[str]]:
    """Pages in two parts of about the same work, so that two workers can share them."""
    return [names[0::2], names[1::2]]


def nothing(found: list) -> None:
    """Fail with all that was found, one a line."""
    if found:
        pytest.fail("\n".join([f"{len(found)} found", *map(repr, found)]), pytrace=False)
