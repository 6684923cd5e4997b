"""A verbatim text as it is shown: certain errata read in, each piece with the erratum it comes from."""

import re
from dataclasses import dataclass

from .model import Element, Erratum, Heading, Plan

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
    return "".join(piece.text for piece in pieces(plan, element, text)) if element.id in plan.errata_at else text


def label(plan: Plan, heading: Heading) -> str:
    """A heading's number and title as one line, certain errata read in."""
    number = reading(plan, heading, heading.number) if heading.number else ""
    gap = "　" if number[-1:] in "章节" and number else ""
    return f"{number}{gap}{reading(plan, heading, heading.heading).rstrip('。：:')}"


def notes(plan: Plan, element: Element) -> list[Erratum]:
    """The errata that have a note at this element."""
    return [erratum for erratum in plan.errata_at.get(element.id, ()) if erratum.noted]


def dash(text: str) -> str:
    """The dash that opens a paragraph of a list; it is shown but not read aloud."""
    found = _DASH.match(text)
    return found[0] if found else ""
