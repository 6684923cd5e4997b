"""A verbatim text as it is shown: certain errata read in, each piece with the erratum it comes from."""

import re
from dataclasses import dataclass

from .model import Element, Erratum, Plan
from .vocabulary import Term

_DASH = re.compile(r"^[—－-]{2}")


@dataclass(frozen=True)
class Piece:
    """A run of text. With an erratum it is the reading, or the doubtful words as found."""

    text: str
    erratum: Erratum | None = None


def pieces(plan: Plan, element: Element, text: str) -> list[Piece]:
    """`text`, a field of `element`, cut where errata apply. Only errata with a note mark a piece."""
    found: list[tuple[int, Erratum]] = []
    for erratum in plan.errata_at.get(element.id, ()):
        at = text.find(erratum.found)
        if at >= 0 and (erratum.noted or erratum.corrects):
            found.append((at, erratum))
    whole: list[Piece] = []
    end = 0
    for at, erratum in sorted(found, key=lambda pair: pair[0]):
        if at < end:
            continue
        whole.append(Piece(text[end:at]))
        shown = erratum.reading if erratum.corrects else erratum.found
        whole.append(Piece(shown, erratum if erratum.noted else None))
        end = at + len(erratum.found)
    whole.append(Piece(text[end:]))
    return [piece for piece in whole if piece.text]


def reading(plan: Plan, element: Element, text: str) -> str:
    """`text` with its certain errata read in, for titles and tables of contents."""
    return "".join(piece.text for piece in pieces(plan, element, text))


def notes(plan: Plan, element: Element) -> list[Erratum]:
    """The errata that have a note at this element."""
    return [erratum for erratum in plan.errata_at.get(element.id, ()) if erratum.noted]


def dash(text: str) -> str:
    """The dash that opens a paragraph of a list; it is shown but not read aloud."""
    found = _DASH.match(text)
    return found[0] if found else ""


class Linker:
    """Links each term of the glossary once a page, at its first place in running text."""

    def __init__(self, words: dict[str, Term]):
        self._words = words
        longest = sorted(words, key=lambda word: (-len(word), word))
        self._pattern = re.compile("|".join(map(re.escape, longest))) if words else None
        self._seen: set[str] = set()

    def __call__(self, text: str) -> list[tuple[str, Term | None]]:
        """`text` cut where a term stands for the first time."""
        found: list[tuple[str, Term | None]] = []
        end = 0
        for match in self._pattern.finditer(text) if self._pattern else ():
            term = self._words[match[0]]
            if term.id in self._seen:
                continue
            self._seen.add(term.id)
            found += [(text[end : match.start()], None), (match[0], term)]
            end = match.end()
        return [pair for pair in [*found, (text[end:], None)] if pair[0]]
