"""The coverage rule: plan text put back together equals the source, character by character.

White space does not count, nor does the page furniture that errata.yml names. Each element
must come from just the lines that it claims.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from .model import Element, Plan
from .source import Document, without_furniture

_PROBE = 12  # characters that must agree again before a difference is taken to be over
_REACH = 400  # how far to look for that place
MOST = 20  # differences told at once; after so many the rest says little


@dataclass(frozen=True)
class Difference:
    """The data has `has` where the source, from `line` on, has `wants`; `element` is where in the data."""

    element: str
    key: str
    line: int
    has: str
    wants: str
    context: str


@dataclass(frozen=True)
class WrongLines:
    element: str
    claims: str
    found: str


class _Run:
    """Texts one behind the other without white space; those from `origins` begin at the places in `starts`."""

    def __init__(self, texts: Iterable[tuple[object, str]]):
        bare = [(origin, found) for origin, text in texts if (found := "".join(text.split()))]
        self.origins = [origin for origin, _ in bare]
        *self.starts, _ = accumulate((len(found) for _, found in bare), initial=0)
        self.text = "".join(found for _, found in bare)

    def origin(self, at: int):
        """Where the character at `at` comes from, the last one if there is none."""
        return self.origins[bisect_right(self.starts, at) - 1]


def compare(plan: Plan, document: Document) -> Iterator[Difference | WrongLines]:
    """All differences, at most MOST, then all elements that claim wrong lines if the text agrees."""
    source = _Run(enumerate(without_furniture(document.lines, plan.furniture), 1))
    data = _Run(((element, key), text) for element, key, text in plan.pieces)
    if source.text == data.text:
        yield from _wrong_lines(source, data)
    else:
        yield from islice(_differences(source, data), MOST)


def _differences(source: _Run, data: _Run) -> Iterator[Difference]:
    wanted, has = source.text, data.text
    i = j = 0
    while i < len(wanted) or j < len(has):
        step = _agreement(wanted, has, i, j)
        i, j = i + step, j + step
        if i >= len(wanted) and j >= len(has):
            return
        di, dj = _resync(wanted, has, i, j)
        element, key = (data.origin(j)[0].id, data.origin(j)[1]) if has else ("", "")
        yield Difference(element, key, source.origin(i) if wanted else 0, has[j : j + dj], wanted[i : i + di], wanted[max(0, i - 10) : i])
        i, j = i + di, j + dj


def _agreement(a: str, b: str, i: int, j: int) -> int:
    """How many characters agree from a[i] and b[j] on."""
    step = 0
    size = 4096
    while size:
        if a[i + step : i + step + size] == b[j + step : j + step + size] and i + step + size <= min(len(a), len(b) + i - j):
            step += size
        else:
            size //= 2
    return step


def _resync(a: str, b: str, i: int, j: int) -> tuple[int, int]:
    """The least (di, dj) after which the texts agree for _PROBE characters, else to the ends."""
    # The end of both texts counts as agreement too.
    for total in range(1, _REACH):
        for di in range(total + 1):
            x, y = i + di, j + total - di
            if x > len(a) or y > len(b):
                continue
            probe = a[x : x + _PROBE]
            if probe == b[y : y + _PROBE] and (len(probe) == _PROBE or (x + len(probe) == len(a) and y + len(probe) == len(b))):
                return di, total - di
    return len(a) - i, len(b) - j


def _wrong_lines(source: _Run, data: _Run) -> Iterator[WrongLines]:
    spans: dict[str, tuple[Element, int, int]] = {}
    for (element, _), (start, end) in zip(data.origins, pairwise([*data.starts, len(data.text)]), strict=True):
        _, first, _ = spans.get(element.id, (element, source.origin(start), 0))
        spans[element.id] = (element, first, source.origin(end - 1))
    for element, first, last in spans.values():
        if (element.lines.first, element.lines.last) != (first, last):
            yield WrongLines(element.id, str(element.lines), str(first) if first == last else f"{first}-{last}")
