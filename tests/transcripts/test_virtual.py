"""What a screen reader says, by a virtual one that walks through the pages."""

import itertools
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from conftest import ROOT, parsed
from test_snapshots import GOLDENS, TYPES, golden, reader

from plansite.model import squeeze

# Types that are walked as lists too, where the screen is narrow.
NARROW = ("tasks", "indicators", "compare")
# Pages as they are when there are more plans than one page may list.
MANY = {
    "many-index": "index.html", "many-districts": "districts/index.html", "many-province": "districts/province-chongqing/index.html",
    "many-survey": "compare/home-accessibility.html", "many-survey-province": "compare/province-chongqing/home-accessibility.html",
    "many-concepts": "measures/province-chongqing/index.html", "many-offers": "for/province-chongqing/hearing.html",
}
CASES = [(name, 1280) for name in (*TYPES, *MANY)] + [(name, 320) for name in NARROW]
# Long pages repeat themselves: how many lines their goldens have.
LINES = {"easy-read": 150, "text-pair": 150, "concepts": 150, "choose": 150, "full": 200, "measures": 200, "errata": 150, "glossary": 150, "many-concepts": 150}
# Of these the reader says the name and then, in pieces, the same as content.
NAMED_BY_CONTENT = {"", "link", "button", "heading", "cell", "rowheader", "columnheader"}
ENTRY = 'import { virtual } from "@guidepup/virtual-screen-reader/browser.js"; window.virtual = virtual;'
# The reader does not know that closed details hide their content, nor that noscript is not shown.
WALK = """async () => {
  for (const part of document.querySelectorAll('details:not([open]) > :not(summary), noscript')) part.hidden = true;
  await virtual.start({ container: document.body });
  const end = 'end of ' + await virtual.lastSpokenPhrase();
  for (let steps = 0; await virtual.lastSpokenPhrase() !== end; steps++) {
    if (steps > 20000) throw Error('no end');
    await virtual.next();
  }
  const spoken = await virtual.spokenPhraseLog();
  await virtual.stop();
  return spoken;
}"""
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
MARK = re.compile(r"link, ((?:校订|疑误)\d+)")


@dataclass
class Phrase:
    """A phrase and what is said before its end."""

    words: str
    inner: list["Phrase"] = field(default_factory=list)

    @property
    def role(self) -> str:
        """The role that it begins with; nothing for plain text."""
        found = re.match(r"[a-z]+(?=, |$)", self.words)
        return found[0] if found else ""

    @property
    def name(self) -> str:
        """What follows the role: name, description, states."""
        return self.words.removeprefix(self.role).removeprefix(", ")

    def walk(self) -> Iterator["Phrase"]:
        for phrase in self.inner:
            yield phrase
            yield from phrase.walk()


def nested(phrases: list[str]) -> Phrase:
    """Phrases as a tree: what is said between "list" and "end of list" is in the list."""
    open_: list[Phrase] = []
    current = Phrase("")
    ends: list[str] = []
    opens = [False] * len(phrases)
    for at in reversed(range(len(phrases))):
        if end := re.match(r"end(?: of|,) (.*)", phrases[at], re.DOTALL):
            ends.append(end[1])
        elif ends and phrases[at] == ends[-1]:
            ends.pop()
            opens[at] = True
    assert not ends, ends
    for words, opening in zip(phrases, opens, strict=True):
        if re.match(r"end(?: of|,) ", words):
            current = open_.pop()
            continue
        current.inner.append(Phrase(words))
        if opening:
            open_.append(current)
            current = current.inner[-1]
    return current


def lines(phrase: Phrase, depth: int = 0) -> Iterator[str]:
    """The transcript for people: indented, ends left out, no words twice."""
    words = re.sub(r"\s+", " ", phrase.words)
    item = re.fullmatch(r"listitem, level (\d+), position (\d+), set size (\d+)", words)
    yield "  " * depth + (f"listitem {item[2]} of {item[3]}" if item else "row" if phrase.role == "row" else words)
    for inner in phrase.inner:
        repeated = phrase.role in NAMED_BY_CONTENT and squeeze(inner.words) in squeeze(phrase.name)
        if inner.inner or inner.role or not repeated:
            yield from lines(inner, depth + 1)


@pytest.fixture(scope="module")
def spoken(browser, site, tmp_path_factory):
    """A function (url, width): the phrases of a page, from its first to its last."""
    bundle = tmp_path_factory.mktemp("bundle") / "reader.js"
    esbuild = shutil.which("esbuild", path=ROOT / "tests" / "node_modules" / ".bin")
    assert esbuild, "npm ci in tests/ (python3 scripts/test.py does it)"
    command = [esbuild, "--bundle", "--format=iife", "--log-level=warning", f"--outfile={bundle}"]
    subprocess.run(command, input=ENTRY, text=True, encoding="utf-8", cwd=ROOT / "tests", check=True)
    script = bundle.read_text(encoding="utf-8") + ";0"
    known: dict[tuple[str, int], list[str]] = {}
    with reader(browser, site) as opened:

        def walked(url: str, width: int = 1280) -> list[str]:
            if (url, width) not in known:
                page = opened(url, width)
                page.evaluate(script)
                known[url, width] = page.evaluate(WALK)
            return known[url, width]

        yield walked


@pytest.fixture(scope="module")
def at(site, request):
    """The file of a page by its name. The site of many plans is built when it is asked for."""
    return lambda name: str(site / TYPES[name] if name in TYPES else request.getfixturevalue("crowded") / MANY[name])


@pytest.mark.parametrize(("name", "width"), CASES)
def test_transcript(name, width, spoken, at):
    """The whole transcript of the home page; of others what is not the same on it."""
    document = nested(spoken(at(name), width)).inner[0]
    shell = [] if name == "index" else [re.sub(", current.*", "", "\n".join(lines(part))) for part in nested(spoken(at("index"), width)).inner[0].inner]
    parts = ["\n".join(lines(part)) for part in document.inner]
    text = "\n".join(part for part in parts if re.sub(", current.*", "", part) not in shell)
    assert "\nmain\n" in f"\n{text}"
    if name in LINES:
        text = "\n".join(text.splitlines()[: LINES[name]])
    golden(file_of(name, width), text)


def file_of(name: str, width: int) -> str:
    return f"{name}-{width}.txt" if name in NARROW else f"{name}.txt"


def test_no_golden_is_left_over():
    known = {"shell.aria.yml", *(f"{name}.aria.yml" for name in TYPES), *(file_of(*case) for case in CASES)}
    assert {path.name for path in GOLDENS.iterdir()} <= known


@pytest.mark.parametrize(("name", "width"), CASES)
def test_every_phrase_says_something(name, width, spoken, at):
    phrases = spoken(at(name), width)
    assert [words for words in phrases if INVISIBLE.search(words)] == []
    assert all(map(str.strip, phrases))
    assert {"link", "button", "img", "image", "heading", "region", "navigation", "table", "textbox", "searchbox", "radio", "checkbox"} & set(phrases) == set()


@pytest.mark.parametrize(("name", "width"), CASES)
def test_headings_are_spoken_in_order(name, width, spoken, at):
    found = [re.fullmatch(r"heading, (.+), level (\d)", words) for words in spoken(at(name), width) if words.startswith("heading")]
    levels = [int(heading[2]) for heading in found]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), levels
    shown = [node for node in parsed(at(name)).iter("h1", "h2", "h3", "h4", "h5", "h6") if not node.xpath("ancestor-or-self::*[@hidden]")]
    assert [squeeze(heading[1]) for heading in found] == [squeeze(node.text_content()) for node in shown]


@pytest.mark.parametrize("name", [*TYPES, *MANY])
def test_every_cell_is_spoken_with_its_text(name, spoken, at):
    phrases = nested(spoken(at(name))).walk()
    told = [squeeze(phrase.name) for phrase in phrases if phrase.role in ("columnheader", "rowheader", "cell")]
    assert all(told)
    assert told == [squeeze(node.text_content()) for node in parsed(at(name)).xpath("//main//table//*[self::th or self::td]")]


@pytest.mark.parametrize("name", NARROW)
def test_every_row_of_a_list_is_spoken_with_its_text(name, spoken, at):
    """Term and text in turn, none silent, as many as the page has."""
    lists = [
        after for phrase in nested(spoken(at(name), 320)).walk() for before, after in itertools.pairwise(phrase.inner)
        if after.role == "list" and before.role == "paragraph" and before.inner[-1].words.endswith("（逐行清单）")
    ]
    assert lists
    for one in lists:
        pairs = [phrase for phrase in one.walk() if phrase.role in ("term", "definition")]
        assert [phrase.role for phrase in pairs] == ["term", "definition"] * (len(pairs) // 2)
        assert all(phrase.inner for phrase in pairs)
    phrases = spoken(at(name), 320)
    assert not {"table", "row", "cell"} & {words.partition(",")[0] for words in phrases}
    assert phrases.count("definition") == len(parsed(at(name)).xpath("//main//dd[not(ancestor::details)]"))


# --- errata -------------------------------------------------------------------------------------------


def note(phrase: Phrase) -> str | None:
    """The mark of a note: a paragraph that begins with it in bold, after the row of the table that it belongs to."""
    if phrase.role != "paragraph":
        return None
    parts = itertools.dropwhile(lambda part: re.fullmatch(r"第 \d+ 行", part.words), phrase.inner)
    first = next(parts, None)
    return first.inner[0].words if first and first.role == "strong" else None


def marks_in(phrases: Iterable[Phrase]) -> list[str]:
    return [found[1] for phrase in phrases if (found := MARK.fullmatch(phrase.words))]


def unanswered(phrase: Phrase) -> Iterator[str]:
    """Marks below `phrase` whose note does not follow at once.

    Notes follow the paragraph, heading or table; in an item they follow all of its text.
    """
    for at, inner in enumerate(phrase.inner):
        table = inner.role == "region" and inner.inner[0].role == "table"
        if table or inner.role in ("paragraph", "heading"):
            notes = list(itertools.takewhile(bool, map(note, phrase.inner[at + 1 :])))
            yield from (mark for mark in marks_in(inner.walk()) if mark not in notes)
        else:
            yield from unanswered(inner)
    notes = [mark for mark in map(note, phrase.inner) if mark] if phrase.role == "listitem" else []
    yield from (mark for mark in marks_in(phrase.inner) if mark not in notes)


def test_the_note_of_an_erratum_is_spoken_right_after_its_place(spoken, documents):
    """On every page that shows one."""
    urls = [url for url, page in documents.items() if page.xpath("//a[@class='ref']")]
    assert len(urls) > 10
    for url in urls:
        phrases = spoken(url)
        links = documents[url].xpath("//a[@class='ref'][not(ancestor::div[@class='tlist'])]")
        assert [words for words in phrases if MARK.fullmatch(words)] == [f"link, {link.text}" for link in links], url
        assert list(unanswered(nested(phrases))) == [], url
