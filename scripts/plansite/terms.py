"""The terms of the glossary in the texts of plans."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .model import Element, Heading
from .vocabulary import Term

_TRIED = 4  # ways that a pattern tries one after the other


class Terms:
    """Finds the terms of the glossary in texts, the longest first where they overlap.

    The same texts stand on several pages of a plan; what was found in the last ones is kept.
    """

    def __init__(self, words: dict[str, Term]):
        self._words = words
        self._pattern = re.compile(_any_of(words))
        self._in = lru_cache(maxsize=4096)(self._found)

    def __call__(self, elements: Iterable[Element | str]) -> list[Term]:
        """Each term that occurs in the elements or texts, once, in the order of its first place."""
        return list(self._of(elements).values())

    def by_heading(self, chapter: Heading, elements: Iterable[Element], most: int) -> dict[str, list[Term]]:
        """The terms of a chapter by the id of the heading that they stand below.

        A heading takes all that is below it, other headings too, unless those are more than `most` terms: then each of them takes its own.
        """
        _, found = self._below(_parted(chapter, elements), most)
        return found

    def _below(self, part: "_Part", most: int) -> tuple[dict[str, Term], dict[str, list[Term]]]:
        """All terms of a part, and those that each heading takes."""
        own = self._of(part.own)
        below = [self._below(one, most) for one in part.parts]
        every = {id: term for terms in (own, *(terms for terms, _ in below)) for id, term in terms.items()}
        if len(every) <= most or not below:
            return every, {part.heading.id: list(every.values())}
        return every, {part.heading.id: list(own.values())} | {id: terms for _, found in below for id, terms in found.items()}

    def _of(self, elements: Iterable[Element | str]) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for one in elements:
            found.update(self._in(one if isinstance(one, str) else one.text_as_read))
        return found

    def _found(self, text: str) -> dict[str, Term]:
        terms = [self._words[match[0]] for match in self._pattern.finditer(text)]
        return {term.id: term for term in terms}


@dataclass
class _Part:
    """A heading, with what stands right below it and the parts below that."""

    heading: Heading
    own: list[Element]
    parts: list["_Part"]


def _parted(chapter: Heading, elements: Iterable[Element]) -> _Part:
    """The parts of a chapter; its own heading and those of parts count as what they have."""
    open_parts = [_Part(chapter, [], [])]
    for element in elements:
        if isinstance(element, Heading):
            while len(open_parts) > 1 and open_parts[-1].heading.level >= element.level:
                open_parts.pop()
            open_parts.append(_Part(element, [], []))
            open_parts[-2].parts.append(open_parts[-1])
        open_parts[-1].own.append(element)
    return open_parts[0]


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits: those that begin alike stand together, so that each character is tried once."""
    after: dict[str, list[str]] = {}
    for word in filter(None, words):
        after.setdefault(word[0], []).append(word[1:])
    ways = [(re.escape(first), f"(?:{_any_of(rest)}){'?' * ('' in rest)}" if any(rest) else "") for first, rest in sorted(after.items())]
    begins = f"(?=[{''.join(first for first, _ in ways)}])" if len(ways) > _TRIED else ""
    return f"{begins}(?:{_quarters(ways)})" if ways else "(?!)"


def _quarters(ways: list[tuple[str, str]]) -> str:
    """A pattern for any of (first character, what follows), in order: of many, the one is looked for in quarters, because a pattern tries one after the other."""
    if len(ways) <= _TRIED:
        return "|".join(first + rest for first, rest in ways)
    size = -(-len(ways) // 4)
    parts = [ways[at: at + size] for at in range(0, len(ways), size)]
    return "|".join(f"(?=[{part[0][0]}-{part[-1][0]}])(?:{_quarters(part)})" for part in parts)
