"""What pages are put together from: the components of components.html, and here those within a line, of which a page has hundreds.

Components are made once for all pages of a folder, from each of which a link is the same. One that is wrapped in `once` there is drawn once for
the same things: an offer stands on several pages of its plan, and so does a clause.
"""

import posixpath
import weakref
from collections.abc import Callable, Iterable

from markupsafe import Markup

from . import places
from .model import Certainty, Element, Heading, Plan
from .prose import dash, pieces

_MOST = 4096  # drawings of one component that are kept; no plan has as many, and a page over all plans draws none twice
_NOTHING = Markup()
_HUSHED = Markup('<span aria-hidden="true">{}</span>{}')
_READ = Markup('<span class="read">{}</span>')
_NOTE = Markup('<a class="ref" href="#note-{}">{}{}</a>')


class Components:
    """Gives the components of a folder; `make` makes them, with the variables that they see."""

    def __init__(self, make: Callable):
        self._make = make
        self._ever: dict[str, _Once] = {}
        self._once: list[_Once] = []  # of the folder
        self._folder: str | None = None
        self._drawing: Callable = lambda: None

    def __call__(self, url: str, drawing):
        """The components for a page at `url` of a drawing.

        Macros hold themselves and what they see: a plan would stay until unused objects are looked for. So they see the drawing only as long as it is there.
        """
        folder = posixpath.dirname(url)
        if folder != self._folder or drawing is not self._drawing():
            for one in self._once:
                one.forget()
            self._once.clear()
            self._folder, self._drawing = folder, weakref.ref(drawing)
            seen, base = weakref.proxy(drawing), f"{folder}/"
            self._made = self._make(
                href=lambda target: places.relative(target, base), element_at=lambda plan, at: seen.element_at(plan, at), catalogue=weakref.proxy(drawing.catalogue),
                once=self._once_here, ever=self._once_ever,
            )
        return self._made

    def _once_here(self, draw: Callable) -> "_Once":
        self._once.append(_Once(draw))
        return self._once[-1]

    def _once_ever(self, draw: Callable) -> "_Once":
        return self._ever.setdefault(draw.name, _Once(draw))


class _Once:
    """A component that keeps what it has drawn, by the identity of its arguments."""

    def __init__(self, draw: Callable):
        self._draw = draw
        self._drawn: dict[tuple[int, ...], tuple[tuple, Markup]] = {}

    def forget(self) -> None:
        self._drawn.clear()

    def each(self, found: Iterable) -> Markup:
        """It for each of them, one behind the other."""
        return Markup("".join([self(one) for one in found]))

    def __call__(self, *things) -> Markup:
        key = tuple(map(id, things))
        if kept := self._drawn.get(key):
            return kept[1]
        if len(self._drawn) >= _MOST:
            self._drawn.clear()
        # The things are kept as well, so that no other can get the identity of one.
        drawn = self._draw(*things)
        self._drawn[key] = things, drawn
        return drawn


def prose(text: str, plan: Plan, element: Element, links: bool = True) -> str:
    """`text`, a verbatim field of an element, with its errata: certain ones read in, each followed by a link to its note.

    Headings have no links, which would be spoken as part of their names; their notes follow at once.
    """
    if element.id not in plan.errata_at:
        return _hushed(text)
    shown: list[str] = []
    for piece in pieces(plan, element, text):
        if erratum := piece.erratum:
            shown.append(_READ.format(piece.text))
            if links:
                shown.append(_NOTE.format(erratum.id, "校订" if erratum.certainty is Certainty.CERTAIN else "疑误", erratum.number))
        else:
            shown.append(piece.text if shown else _hushed(piece.text))
    return _joined(shown)


def heading_words(heading: Heading, plan: Plan) -> str:
    """The name of a heading: its number and its words."""
    number = heading.number or ""
    gap = "　" if number.endswith(("章", "节")) else ""
    return _joined([prose(number, plan, heading, False), gap, prose(heading.heading, plan, heading, False)])


def quoted(text: str) -> str:
    """Words of a plan as evidence."""
    return "“" + _hushed(text) + "”"


def _joined(parts: list[str]) -> str:
    """One behind the other; texts without a mark stay text, to be escaped with what they stand in."""
    return _NOTHING.join(parts) if any(isinstance(part, Markup) for part in parts) else "".join(parts)


def _hushed(text: str) -> str:
    """The dash that opens a paragraph of a list is not read aloud."""
    mark = dash(text)
    return _HUSHED.format(mark, text[len(mark):]) if mark and mark != text else text
