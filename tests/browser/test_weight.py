"""What a page costs: bytes as a server sends them, requests, fonts, and nothing that jumps while it loads."""

import gzip
import time
from urllib.parse import unquote, urlsplit

import pytest
from browsing import WIDTHS, urls

BYTES = 60 * 1024
REQUESTS = 8
# The icon is asked for by the browser itself, which tells nobody.
LINKED = "[...document.querySelectorAll('link[rel~=icon]')].map(one => one.href)"
WATCH = """window.shifts = [];
new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({type: 'layout-shift', buffered: true});"""
SHIFTS = """() => shifts.map(one => [one.value, ...one.sources.map(source => source.node && (source.node.outerHTML || source.node.data || '').slice(0, 90))])"""


@pytest.fixture(scope="module")
def chapter(site) -> str:
    """The heaviest chapter."""
    return max((url for url in urls(site) if "/chapter-" in url), key=lambda url: (site / url).stat().st_size)


def loaded(page, address: str) -> list:
    """Open a page, go through it to its end, and give back all requests that this took."""
    requests = []
    page.on("request", lambda request: requests.append(request))
    page.goto(address, wait_until="networkidle")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    return requests


def test_a_chapter_is_light(chapter, paged, server, site):
    page = paged()
    requests = loaded(page, server + chapter)
    addresses = {request.url for request in requests} | set(page.evaluate(LINKED))
    assert all(address.startswith(server) for address in addresses), addresses
    sizes = {address: len(gzip.compress((site / unquote(urlsplit(address).path[1:])).read_bytes(), 9)) for address in addresses}
    assert sum(sizes.values()) <= BYTES, sizes
    assert len(addresses) <= REQUESTS and len(requests) <= REQUESTS, sizes


def test_no_web_fonts(chapter, paged, server):
    page = paged()
    assert not [request.url for request in loaded(page, server + chapter) if request.resource_type == "font"]
    assert page.evaluate("document.fonts.size") == 0


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("late", ["", "css", "js"])
def test_nothing_jumps(late, width, chapter, paged, server):
    """Also where the style sheets or the scripts come late."""
    page = paged(width)
    page.add_init_script(WATCH)
    if late:
        page.route(f"**/*.{late}", lambda route: (time.sleep(.3), route.continue_()))
    loaded(page, server + chapter)
    assert page.evaluate(SHIFTS) == []


def test_this_judges(paged, tmp_path):
    """A page that jumps is found."""
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=zh><title>坏</title><p id=a></p><p style='height:200px;background:#ccc'>乙</p>"
        "<script>setTimeout(() => { a.style.height = '300px' }, 100)</script></html>", encoding="utf-8")
    page = paged()
    page.add_init_script(WATCH)
    loaded(page, (tmp_path / "bad.html").as_uri())
    assert page.evaluate(SHIFTS)
