"""Which plans of the country have a token. A browser learns from it which shelves a query needs, and in which places else the words stand."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..formats.calls import call
from .digits import digits
from .index import HAN, Concordance
from .words import Words, bare

BITS = "="  # before a set written as bits


@dataclass(frozen=True)
class Part:
    """What the plans of one shelf have: tokens, single characters and words, each with the plans that have it, the n-th as bit n.
    `written` are the words of the lexicon in their texts."""

    plans: int
    sets: dict[str, int]
    written: frozenset[str]


def part(of: Concordance, documents: Sequence[int], words: Words) -> Part:
    """Of a concordance of the plans of a shelf; `documents` how many each has. It rests on them and the words alone."""
    every = (1 << len(documents)) - 1
    bits = [1 << plan for plan, number in enumerate(documents) for _ in range(number)]
    sets: dict[str, int] = {}
    for token in bare(of.postings):
        plans = 0
        for posting in of.postings[token]:
            plans |= bits[posting >> 3]
        sets[token] = plans
        if token[:1] >= HAN:
            for character in token:
                sets[character] = sets.get(character, 0) | plans
    written = set()
    for word, places in words.standing(of):
        plans = 0
        for document, in_text in places:
            plans |= bits[document]
            if in_text:
                written.add(word)
            if plans == every and word in written:
                break
        if plans and len(word) > 2 and word[0] >= HAN:
            sets[word] = plans
    return Part(len(documents), sets, frozenset(written))


@dataclass(frozen=True)
class National:
    """All parts in the order of the shelves as one: a set of plans is a number with a bit for each."""

    plans: int
    sets: dict[str, int]
    written: set[str]

    @classmethod
    def of(cls, parts: Iterable[Part]) -> "National":
        """Takes the parts one by one: they need not be in memory together."""
        first, sets, written = 0, {}, set()
        for one in parts:
            for token, plans in one.sets.items():
                sets[token] = sets.get(token, 0) | plans << first
            first += one.plans
            written |= one.written
        return cls(first, sets, written)

    @property
    def shards(self) -> int:
        """A power of two: it changes only when the plans have doubled."""
        return 2 << (self.plans - 1).bit_length()

    def files(self) -> dict[str, str]:
        """Name to script: the sets in shards, each token in the one that its characters give."""
        shards: list[list[str]] = [[] for _ in range(self.shards)]
        for token in sorted(self.sets):
            shards[shard(token, len(shards))].append(f"{token} {self._code(self.sets[token])}")
        return {f"{at}.js": call("searchSets", at, "\n".join(lines)) for at, lines in enumerate(shards)}

    def _code(self, plans: int) -> str:
        """A few plans as the gaps between them, many as bits."""
        if plans.bit_count() * 12 < self.plans:
            return "".join(digits(gap) for gap in _gaps(plans))
        return BITS + b64encode(plans.to_bytes((self.plans + 7) // 8, "little")).decode()


def _gaps(plans: int) -> Iterator[int]:
    while plans:
        gap = (plans & -plans).bit_length() - 1
        yield gap
        plans >>= gap + 1


def shard(token: str, shards: int) -> int:
    """The number of the shard of a token. The browser does the same sum."""
    number = 0
    for character in token:
        number = (number * 31 + ord(character)) % shards
    return number
