"""The components of pages (components.html), made once for all pages of a folder: whatever they link to is as far from each of them.

A component that is wrapped in `once` there is drawn once for the same things: an offer stands on several pages of its plan, and so does a
clause. The templates of pages get them by `{% set ui = components() %}`.
"""

import posixpath
from collections.abc import Callable

import jinja2
from markupsafe import Markup

from . import places, prose

_MOST = 4096  # drawings that are kept; a plan has fewer, and a page with all plans needs none twice


class Components:
    def __init__(self, environment: jinja2.Environment):
        self._environment = environment
        self._folder: str | None = None

    @jinja2.pass_context
    def __call__(self, context: jinja2.runtime.Context):
        """The components for the page that is being drawn."""
        folder, catalogue = posixpath.dirname(context["page"].url), context["catalogue"]
        if folder != self._folder or catalogue is not self._catalogue:
            self._folder, self._catalogue = folder, catalogue
            self._made = self._environment.get_template("components.html").make_module({
                "href": lambda target: places.relative(target, f"{folder}/"), "catalogue": catalogue, "element_at": context["element_at"], "once": _Once,
            })
        return self._made


class _Once:
    """A component that remembers what it has drawn, by the identity of its arguments."""

    def __init__(self, draw: Callable):
        self._draw = draw
        self._drawn: dict[tuple[int, ...], tuple] = {}

    def __call__(self, *things):
        key = tuple(map(id, things))
        if key not in self._drawn:
            if len(self._drawn) >= _MOST:
                self._drawn.clear()
            # Kept with the drawing, so that no other thing can get the same identity.
            self._drawn[key] = things, self._draw(*things)
        return self._drawn[key][1]


def hush_dash(text: str) -> str:
    """`text`, the dash that opens it hidden from those who listen."""
    mark = prose.dash(text)
    return Markup('<span aria-hidden="true">{}</span>{}').format(mark, text[len(mark):]) if mark else text
