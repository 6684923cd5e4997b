"""The list of all pages for search engines: an index and its parts. Source: sitemaps.org, protocol 0.9."""

from collections.abc import Iterable
from urllib.parse import quote
from xml.sax.saxutils import escape

INDEX = "sitemap.xml"
MOST = 10_000  # addresses of a part; the protocol allows 50,000 and 50 MB
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{1}</{0}>\n'


def sitemaps(base: str, urls: Iterable[str]) -> dict[str, bytes]:
    """Name to content. `base` is the address of the site, `urls` are the pages below it."""
    base = base.rstrip("/")
    pages = sorted(urls)
    parts = [pages[at : at + MOST] for at in range(0, len(pages), MOST)]
    found = {f"sitemap-{number}.xml": _list("urlset", "url", base, part) for number, part in enumerate(parts, 1)}
    return {INDEX: _list("sitemapindex", "sitemap", base, found)} | found


def _list(root: str, entry: str, base: str, urls: Iterable[str]) -> bytes:
    lines = "".join(f"<{entry}><loc>{escape(f'{base}/{quote(url)}')}</loc></{entry}>\n" for url in urls)
    return _HEAD.format(root, lines).encode()
