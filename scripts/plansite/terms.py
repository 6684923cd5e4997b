"""The terms of the glossary in the texts of plans."""

from collections.abc import Iterable
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from .model import Element, Heading
from .vocabulary import Term


class Terms:
    """Finds the terms of the glossary in texts, the longest first where they overlap."""

    def __init__(self, words: dict[str, Term]):
        self._words = words
        self._automaton = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)

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
        text = "\n".join([one if isinstance(one, str) else one.text_as_read for one in elements])
        terms = map(self._words.__getitem__, dict.fromkeys(self._automaton.find_matches_as_strings(text)))
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
