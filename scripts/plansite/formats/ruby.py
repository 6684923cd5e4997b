"""Readings of a page's text, as a script that the page loads when a reader asks for pinyin."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

from .calls import call

_HAN = re.compile(r"[\u3400-\u9fff]+")


class _Texts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data):
        self.found.append(data)


def script(html: str, readings: Callable[[str], list[str | None]]) -> str:
    """A call of planPinyin with every run of Han characters in `html` and its syllables.

    Runs are cut where the page's text nodes are, so that the page finds each again.
    """
    parser = _Texts()
    parser.feed(html)
    runs: dict[str, str] = {}
    for text in parser.found:
        new = [match for match in _HAN.finditer(text) if match[0] not in runs]
        if not new:
            continue
        syllables = readings(text)
        for match in new:
            runs[match[0]] = " ".join(syllables[match.start() : match.end()])
    return call("planPinyin", dict(sorted(runs.items())))
