"""Pages to HTML: the content by our own Jinja environment, which escapes everything, and around it the shell."""

import operator
import re
from collections.abc import Iterable
from pathlib import Path

import jinja2
from jinja2.compiler import CodeGenerator, optimizeconst
from markupsafe import Markup, escape

from . import compare, components, fingerprint, places, prose, words
from .catalogue import Catalogue
from .model import Absence, Box, Certainty, Entry, Fact, Heading, Match, Paragraph, Period, Plan, Table
from .pages import Page
from .shell import Shell, Site
from .terms import Terms
from .vocabulary import Vocabulary

_MARKS = re.compile("[&<>'\"]")
_KINDS = {Heading: "heading", Paragraph: "paragraph", Entry: "entry", Box: "box", Table: "table"}
FURNITURE_WORDS = {
    "page_number": "页码", "web": "网页上的东西", "markdown": "转换留下的标记", "stamp": "印章和收文字样", "layout": "版面痕迹",
}
ERRATUM_WORDS = {
    "lost": "少字", "doubled": "重复", "wrong": "错字", "punctuation": "标点", "spacing": "多余的空格", "numbering": "编号",
    "split": "换页断开", "contradiction": "前后不一", "wording": "措辞", "misplaced": "位置",
}


class _Loader(jinja2.FileSystemLoader):
    """Loads templates that escape by a function and call macros by a class of ours."""

    def load(self, environment, name, globals=None):
        template = super().load(environment, name, globals)
        template.root_render_func.__globals__.update(escape=_escape, Macro=_Macro)
        return template


def _escape(value):
    """markupsafe.escape, which copies nothing that needs no escaping: what is safe already, and text without marks of HTML, of what a page shows nearly all."""
    kind = type(value)
    return value if kind is Markup or (kind is str and not _MARKS.search(value)) else escape(value)


class _Macro(jinja2.runtime.Macro):
    """Called without names, as ours nearly always are, it begins at once."""

    def __call__(self, *arguments, **named):
        left = len(self.arguments) - len(arguments)
        if named or self.caller or self.catch_varargs or self.catch_kwargs or left < 0:
            return super().__call__(*arguments, **named)
        return str.__new__(Markup, self._func(*arguments, *[jinja2.runtime.missing] * left))


class _Direct(CodeGenerator):
    """Has a template ask for an attribute or an item, and call, as Python does: by way of the environment and the context that takes up to ten times
    as long, and the pages of a plan do so thousands of times. Nothing in our templates asks a dict for an attribute, or is called with the context."""

    @optimizeconst
    def visit_Getattr(self, node: jinja2.nodes.Getattr, frame) -> None:
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    @optimizeconst
    def visit_Getitem(self, node: jinja2.nodes.Getitem, frame) -> None:
        if not isinstance(node.arg, jinja2.nodes.Const):
            return super().visit_Getitem(node, frame)
        self.write("(")
        self.visit(node.node, frame)
        self.write(f")[{node.arg.value!r}]")

    @optimizeconst
    def visit_Call(self, node: jinja2.nodes.Call, frame, forward_caller: bool = False) -> None:
        self.write("context.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class _Context(jinja2.runtime.Context):
    call = staticmethod(operator.call)


class Compiled(jinja2.BytecodeCache):
    """Compiled templates kept in a folder; what is damaged, or made `by` another program, is as if it were not there."""

    def __init__(self, folder: Path, by: str):
        self.folder, self.by = folder, by

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if found := fingerprint.load(self.folder / bucket.key, self.by):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        fingerprint.save(self.folder / bucket.key, bucket.bytecode_to_string(), self.by)


def environment(folder: Path, compiled: Compiled | None = None) -> jinja2.Environment:
    """The environment over the content templates in `folder`."""
    made = jinja2.Environment(
        loader=_Loader(folder), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.do"], auto_reload=False, bytecode_cache=compiled,
    )
    made.context_class, made.code_generator_class = _Context, _Direct
    made.filters |= {
        "count": words.count, "day": words.day, "size": words.size, "dash": prose.dash, "span": Period.spanning, "kind": lambda block: _KINDS[type(block)],
        "plain": lambda found: [entry.offer.plain for entry in found], "sentences": lambda found: [entry.sentence for entry in found], "prose": components.prose, "quoted": components.quoted, "heading_words": components.heading_words,
    }
    made.tests |= {
        "absence": lambda value: isinstance(value, Absence), "fact": lambda value: isinstance(value, Fact),
        "certain": lambda erratum: erratum.certainty is Certainty.CERTAIN, "same": lambda match: match is Match.SAME,
    }
    made.globals |= {
        "notes": prose.notes, "label": prose.label, "place_of": compare.place_of, "places": places,
        "row_evidence": compare.row_evidence, "furniture_words": FURNITURE_WORDS, "erratum_words": ERRATUM_WORDS, "zip": zip,
    }
    return made


class Renderer:
    """Draws pages by the templates below `overrides`; made once for many catalogues of the same registries."""

    def __init__(self, overrides: Path, vocabulary: Vocabulary, site: Site, compiled: Compiled | None = None):
        self.terms = Terms(vocabulary.words)
        self.environment = environment(overrides / "content", compiled)
        self.components = components.Components(lambda **variables: self.environment.get_template("components.html").make_module(variables))
        self.shell = Shell(overrides, site, compiled)

    def of(self, catalogue: Catalogue, sizes: dict[str, int]) -> "Drawing":
        """Draws the pages of one catalogue. `sizes` are the bytes of downloads by URL."""
        self.environment.filters["label_of"] = catalogue.label
        return Drawing(self, catalogue, sizes)


class Drawing:
    def __init__(self, renderer: Renderer, catalogue: Catalogue, sizes: dict[str, int]):
        self.renderer, self.catalogue, self.sizes = renderer, catalogue, sizes

    def element_at(self, plan: Plan, at: str) -> str:
        """Where an element of a plan stands on the site."""
        return self.catalogue.at(plan).element(at)

    def content(self, page: Page) -> str:
        """The inner HTML of <main>."""

        def href(target: str) -> str:
            return places.relative(target, page.url)

        def ui():
            return self.renderer.components(page.url, self)

        return self.renderer.environment.get_template(page.template).render(
            page=page, components=ui, catalogue=self.catalogue, href=href, element_at=self.element_at, at_of=self.catalogue.at, terms_in=self.renderer.terms,
            file_size=lambda url: words.size(self.sizes[url]), **page.context,
        )

    def files(self, found: Iterable[Page]) -> dict[str, bytes]:
        """URL to content of pages."""
        return {page.url: self(page).encode() for page in found}

    def __call__(self, page: Page) -> str:
        """The whole page."""
        return self.renderer.shell(page, self.content(page))
