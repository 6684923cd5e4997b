"""The pages of a built site as Markdown, so that other generators can be given the same content."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Protocol

from lxml import html

_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_STRONG = {"b", "strong"}
# What a page only works with, and the list of rows that says again what the table before it says.
_LEFT_OUT = {"script", "noscript", "form", "input", "select", "button", "label", "svg"}
_AGAIN = "tlist"
_BLOCKS = {*_HEADINGS, "p", "ul", "ol", "dl", "div", "section", "table", "details", "summary", "pre", "dt", "dd", "fieldset", "legend", "li", "main"}
_ESCAPED = re.compile(r"([\\`*_\[\]<>|#])")
_PARSER = html.HTMLParser(encoding="utf-8")


class Taker(Protocol):
    def take(self, path: Path, text: str) -> None:
        """Keep one page; `path` is where it would stand, relative."""


def escape(text: str) -> str:
    """Text as Markdown that means nothing else."""
    return _ESCAPED.sub(r"\\\1", text)


def page(content: bytes) -> str | None:
    """What stands in a page's <main> as Markdown with its title before it; None where a page has none."""
    document = html.document_fromstring(content, parser=_PARSER)
    main = document.find(".//main")
    if main is None:
        return None
    title = " ".join((document.findtext(".//title") or "").split())
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n" + "\n\n".join(_blocks(main)) + "\n"


def _blocks(element) -> Iterator[str]:
    """The blocks of an element; words between them are paragraphs."""
    run = [escape(element.text or "")]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph(run)
            yield from _block(child)
            run = [escape(child.tail or "")]
        else:
            run += [_word(child), escape(child.tail or "")]
    yield from _paragraph(run)


def _paragraph(run: list[str]) -> Iterator[str]:
    if text := " ".join("".join(run).split()):
        yield text


def _block(element) -> Iterator[str]:
    tag = element.tag
    if element.get("class") == _AGAIN:
        return
    if tag in _HEADINGS:
        yield f"{_HEADINGS[tag]} {_line(element)}"
    elif tag == "summary":
        yield f"**{_line(element)}**"
    elif tag in ("ul", "ol"):
        yield _list(element, "1.  " if tag == "ol" else "-   ")
    elif tag == "dl":
        yield _terms(element)
    elif tag == "table":
        yield from _table(element)
    elif tag == "pre":
        yield "```\n" + element.text_content().strip("\n") + "\n```"
    else:
        yield from _blocks(element)


def _list(element, mark: str) -> str:
    # Python-Markdown wants four spaces before what belongs to an item.
    return "\n".join(mark + re.sub(r"\n(?!\n)", "\n    ", "\n\n".join(_blocks(item))) for item in element.iterchildren("li"))


def _terms(element) -> str:
    rows: list[str] = []
    for part in element.iter("dt", "dd"):
        if part.tag == "dt":
            rows.append(f"-   **{_line(part)}**：")
        elif rows:
            rows[-1] += _line(part)
    return "\n".join(rows)


def _table(element) -> Iterator[str]:
    if (caption := element.find("caption")) is not None:
        yield f"**{_line(caption)}**"
    rows = ["| " + " | ".join(map(_line, row)) + " |" for row in element.iter("tr")]
    if rows:
        columns = len(next(element.iter("tr")))
        yield "\n".join([rows[0], "|" + " --- |" * columns, *rows[1:]])


def _line(element) -> str:
    """All words of an element in one line."""
    return " ".join(_words(element).split())


def _words(element) -> str:
    return escape(element.text or "") + "".join(_word(child) + escape(child.tail or "") for child in element)


def _word(element) -> str:
    if element.tag in _LEFT_OUT or not isinstance(element.tag, str):
        return ""
    words = _words(element)
    if element.tag == "a" and element.get("href") and words.strip():
        return f"[{words.strip()}]({element.get('href')})"
    if element.tag in _STRONG and words.strip():
        return f"**{words.strip()}**"
    if element.tag in _BLOCKS:
        return f" {words} "
    return words


def write(site: Path, takers: Sequence[Taker]) -> int:
    """Hand every page of `site` as Markdown to `takers`; how many there were."""
    urls = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if path != site / "404.html")
    with Pool(os.cpu_count()) as pool:
        return sum(pool.imap_unordered(partial(_hand, site, takers), urls, chunksize=64))


def _hand(site: Path, takers: Sequence[Taker], url: str) -> bool:
    text = page((site / url).read_bytes())
    for taker in takers if text else ():
        taker.take(Path(url).with_suffix(".md"), text)
    return bool(text)
