"""Which plans of the country have a token. A browser learns from it which shelves a query needs, and in which places else the words stand."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from struct import Struct
from typing import TYPE_CHECKING

from ..formats.calls import call
from .digits import digits
from .text import HAN
from .words import Words

if TYPE_CHECKING:
    from .concordance import Concordance

SHARD = 1_500  # characters of a file, or down to half as many
BITS = "="  # before a set written as bits
_PAIR = Struct("<HI")


@dataclass(frozen=True)
class Part:
    """What the plans of one shelf have: tokens, single characters and words, each with the plans that have it, the n-th as bit n.
    `written` are the words of the lexicon in their texts."""

    plans: int
    sets: dict[str, int]
    written: tuple[str, ...]


def part(of: Concordance, documents: Sequence[int], words: Words) -> Part:
    """Of a concordance of the plans of a shelf; `documents` how many each has. It rests on them and the words alone."""
    every = (1 << len(documents)) - 1
    owner = [plan for plan, number in enumerate(documents) for _ in range(number)]
    sets = of.owners(owner)
    written = set()
    for word, places in words.standing(of):
        counted, plans = word in sets, 0  # of a token is known who has it
        for document, in_text in places:
            plans |= 1 << owner[document]
            if in_text:
                written.add(word)
            if (counted or plans == every) and word in written:
                break
        if plans and len(word) > 2 and word[0] >= HAN:
            sets[word] = plans
    return Part(len(documents), sets, tuple(sorted(written)))


@dataclass(frozen=True)
class National:
    """All parts in the order of the shelves as one."""

    sizes: list[int]  # plans of each shelf
    written: set[str]
    _pairs: dict[str, bytearray]  # token to (shelf, its plans): most tokens are rare, and this is short for them

    @classmethod
    def of(cls, parts: Iterable[Part]) -> National:
        """Takes the parts one by one: they need not be in memory together."""
        made = cls([], set(), {})
        pairs = made._pairs
        for shelf, one in enumerate(parts):
            made.sizes.append(one.plans)
            made.written.update(one.written)
            packed = {plans: _PAIR.pack(shelf, plans) for plans in set(one.sets.values())}
            for token, plans in one.sets.items():
                if token in pairs:
                    pairs[token] += packed[plans]
                else:
                    pairs[token] = bytearray(packed[plans])
        return made

    @property
    def tokens(self) -> Collection[str]:
        return self._pairs.keys()

    def plans(self, token: str) -> int:
        """Those that have it: the n-th of all as bit n."""
        found = 0
        for shelf, plans in _PAIR.iter_unpack(self._pairs.get(token, b"")):
            found |= plans << self._firsts[shelf]
        return found

    @cached_property
    def _firsts(self) -> list[int]:
        return [0, *accumulate(self.sizes)]

    def files(self) -> dict[str, str]:
        """Name to script: lines of a token and the plans that have it. There are so many files as a power of two, so that it seldom is another."""
        lines = [(token, f"{token} {self._code(self.plans(token))}") for token in sorted(self._pairs)]
        shards: list[list[str]] = [[] for _ in range(1 << (sum(len(line) for _, line in lines) // SHARD).bit_length())]
        for token, line in lines:
            shards[shard(token, len(shards))].append(line)
        return {f"{at}.js": call("searchSets", at, "\n".join(some)) for at, some in enumerate(shards)}

    def _code(self, plans: int) -> str:
        """A few plans as the gaps between them, many as bits."""
        whole = self._firsts[-1]
        if plans.bit_count() * 12 < whole:
            return "".join(digits(gap) for gap in _gaps(plans))
        return BITS + b64encode(plans.to_bytes((whole + 7) // 8, "little")).decode()


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
