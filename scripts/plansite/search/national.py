"""Which plans of the country have a token. A browser learns from it which shelves a query needs, and in which places else the words stand."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

import numpy

from ..formats.calls import call
from .digits import digits
from .text import HAN
from .words import Words

if TYPE_CHECKING:
    from .concordance import Concordance

SHARD = 1_500  # characters of a file, or down to half as many
BITS = "="  # before a set written as bits


@dataclass(frozen=True)
class Part:
    """What the plans of one shelf, 57 at most, have: tokens, single characters and words, each with the plans that have it, the n-th as bit n.
    `written` are the words of the lexicon in their texts."""

    plans: int
    sets: dict[str, int]
    written: tuple[str, ...]


def part(of: Concordance, documents: Sequence[int], words: Words) -> Part:
    """Of a concordance of the plans of a shelf; `documents` how many each has. It rests on them and the words alone."""
    every = (1 << len(documents)) - 1
    owner = [plan for plan, number in enumerate(documents) for _ in range(number)]
    sets, written = of.owners(owner), set()
    for word, plain, likely in words.likely(of):
        counted, plans, told = word in sets, 0, False  # of a token is known who has it
        for document in likely:
            plan = 1 << owner[document]
            if told and (counted or plans & plan):
                continue
            if plain in of.texts[document]:
                told = True
            elif plain not in of.others[document]:
                continue
            plans |= plan
            if told and (counted or plans == every):
                break
        if told:
            written.add(word)
        if plans and len(word) > 2 and word[0] >= HAN:
            sets[word] = plans
    return Part(len(documents), sets, tuple(sorted(written)))


@dataclass(frozen=True)
class National:
    """All parts in the order of the shelves as one, of `whole` plans. `written` are the words of the lexicon in their texts."""

    whole: int
    written: set[str]
    _rows: dict[str, int]  # token to its row of _bits
    _bits: numpy.ndarray  # the plans that have it, eight in a byte, the first as its lowest bit

    @classmethod
    def of(cls, parts: Iterable[Part]) -> National:
        """Takes the parts one by one: they need not be in memory together."""
        rows: dict[str, int] = {}
        written: set[str] = set()
        whole = 0
        found: list[tuple[int, int, numpy.ndarray, numpy.ndarray]] = []  # of each part: its first plan, how many, rows, the plans of each row
        for one in parts:
            rows.update(zip(one.sets.keys() - rows.keys(), count(len(rows))))
            written.update(one.written)
            found.append((whole, one.plans, numpy.fromiter(map(rows.__getitem__, one.sets), numpy.int32), numpy.fromiter(one.sets.values(), numpy.uint64)))
            whole += one.plans
        bits = numpy.zeros(((whole + 7) // 8, len(rows)), numpy.uint8)
        for first, size, at, plans in found:
            plans <<= first % 8
            for byte in range(first // 8, (first + size + 7) // 8):
                bits[byte, at] |= plans.astype(numpy.uint8)
                plans >>= 8
        return cls(whole, written, rows, numpy.ascontiguousarray(bits.T))

    @property
    def tokens(self) -> Collection[str]:
        return self._rows.keys()

    def plans(self, token: str) -> int:
        """Those that have it: the n-th of all as bit n."""
        return int.from_bytes(self._bits[self._rows[token]].tobytes(), "little") if token in self._rows else 0

    def files(self) -> dict[str, str]:
        """Name to script: lines of a token and the plans that have it. There are so many files as a power of two, so that it seldom is another."""
        lines = [(token, f"{token} {self._code(self.plans(token))}") for token in sorted(self._rows)]
        shards: list[list[str]] = [[] for _ in range(1 << (sum(len(line) for _, line in lines) // SHARD).bit_length())]
        for token, line in lines:
            shards[shard(token, len(shards))].append(line)
        return {f"{at}.js": call("searchSets", at, "\n".join(some)) for at, some in enumerate(shards)}

    def _code(self, plans: int) -> str:
        """A few plans as the gaps between them, many as bits."""
        if plans.bit_count() * 12 < self.whole:
            return "".join(map(digits, _gaps(plans)))
        return BITS + b64encode(plans.to_bytes((self.whole + 7) // 8, "little")).decode()


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
