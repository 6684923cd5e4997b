"""The coverage rule: plan text put back together equals the source, character by character.

White space does not count, nor does the page furniture that errata.yml names. Each element
must come from just the lines that it claims.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Element, Plan
from .source import Document

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


def compare(plan: Plan, document: Document) -> Iterator[Difference | WrongLines]:
    """All differences, at most MOST, then all elements that claim wrong lines if the text agrees."""
    source = list(document.characters(plan.furniture))
    data: list[tuple[str, Element, str]] = []
    for element, key, text in plan.pieces():
        data.extend((char, element, key) for char in text if not char.isspace())
    differences = list(_differences(source, data))
    yield from differences[:MOST]
    if not differences:
        yield from _wrong_lines(source, data)


def _differences(source, data) -> Iterator[Difference]:
    wanted = "".join(char for char, _ in source)
    has = "".join(char for char, _, _ in data)
    i = j = 0
    while i < len(wanted) or j < len(has):
        step = _agreement(wanted, has, i, j)
        i, j = i + step, j + step
        if i >= len(wanted) and j >= len(has):
            return
        di, dj = _resync(wanted, has, i, j)
        line = source[min(i, len(source) - 1)][1] if source else 0
        element, key = (data[min(j, len(data) - 1)][1].id, data[min(j, len(data) - 1)][2]) if data else ("", "")
        yield Difference(element, key, line, has[j : j + dj], wanted[i : i + di], wanted[max(0, i - 10) : i])
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


def _wrong_lines(source, data) -> Iterator[WrongLines]:
    spans: dict[str, tuple[Element, int, int]] = {}
    for (_, line), (_, element, _) in zip(source, data, strict=True):
        _, first, last = spans.get(element.id, (element, line, line))
        spans[element.id] = (element, min(first, line), max(last, line))
    for element, first, last in spans.values():
        if (element.lines.first, element.lines.last) != (first, last):
            yield WrongLines(element.id, str(element.lines), str(first) if first == last else f"{first}-{last}")
