"""Which plans of the country have a token. A browser learns from it which shelves a query needs, and in which places else the words stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from ..formats.calls import call
from .digits import digits, number
from .index import HAN, Concordance
from .words import Words, bare

ALL = "*"  # all plans of a shelf


@dataclass(frozen=True)
class Part:
    """What the plans of one shelf have: `sets` are tokens, single characters and words, each with the plans that have it: the digits
    of a number whose bit n is the n-th plan, or ALL. `written` are the words of the lexicon in their texts."""

    sets: dict[str, str]
    written: frozenset[str]


def part(of: Concordance, plans: Sequence[int], words: Words) -> Part:
    """Of a concordance of the plans of a shelf; `plans` are their numbers of documents. It rests on them and the words alone."""
    whole = (1 << len(plans)) - 1
    bits = [1 << plan for plan, documents in enumerate(plans) for _ in range(documents)]
    masks: dict[str, int] = {}
    for token in bare(of.postings):
        mask = 0
        for posting in of.postings[token]:
            mask |= bits[posting >> 3]
        masks[token] = mask
        if token[:1] >= HAN:
            for character in token:
                masks[character] = masks.get(character, 0) | mask
    written = set()
    for word, places in words.standing(of):
        mask = 0
        for document, in_text in places:
            mask |= bits[document]
            if in_text:
                written.add(word)
            if mask == whole and word in written:
                break
        if mask and len(word) > 2 and word[0] >= HAN:
            masks[word] = mask
    coded = {mask: ALL if mask == whole else digits(mask) for mask in set(masks.values())}
    return Part({token: coded[mask] for token, mask in masks.items()}, frozenset(written))


@dataclass
class National:
    """All parts in the order of the shelves; `_rows` has for each token its last shelf, then gaps between shelves and plans, by turns."""

    sizes: Sequence[int]  # plans of each shelf
    written: set[str] = field(default_factory=set)
    _rows: dict[str, list] = field(default_factory=dict)

    @classmethod
    def of(cls, sizes: Sequence[int], parts: Iterable[Part]) -> "National":
        """Takes the parts one by one: they need not be in memory together."""
        made = cls(sizes)
        rows, gaps = made._rows, [digits(gap) for gap in range(len(sizes))]
        for shelf, one in enumerate(parts):
            made.written |= one.written
            for token, plans in one.sets.items():
                row = rows.get(token)
                if row is None:
                    rows[token] = [shelf, gaps[shelf], plans]
                else:
                    row += (gaps[shelf - row[0] - 1], plans)
                    row[0] = shelf
        return made

    @property
    def characters(self) -> set[str]:
        return {token for token in self._rows if len(token) == 1}

    def plans(self, token: str) -> int:
        """The plans that have it as bits of a number, in the order of all shelves."""
        found, shelf = 0, -1
        row = self._rows.get(token, [0])
        for gap, plans in zip(row[1::2], row[2::2], strict=True):
            shelf += number(gap) + 1
            found |= ((1 << self.sizes[shelf]) - 1 if plans == ALL else number(plans)) << self._firsts[shelf]
        return found

    @cached_property
    def _firsts(self) -> list[int]:
        return [0, *accumulate(self.sizes)]

    @property
    def shards(self) -> int:
        """A power of two: it changes only when the plans have doubled."""
        return 1 << (sum(self.sizes) - 1).bit_length()

    def files(self) -> dict[str, str]:
        """Name to script: the sets in shards, each token in the one that its characters give."""
        shards: list[list[str]] = [[] for _ in range(self.shards)]
        for token in sorted(self._rows):
            shards[shard(token, len(shards))].append(f"{token} {''.join(self._rows[token][1:])}")
        return {f"{at}.js": call("searchSets", at, "\n".join(lines)) for at, lines in enumerate(shards)}


def shard(token: str, shards: int) -> int:
    """The number of the shard of a token. The browser does the same sum."""
    sum_ = 0
    for character in token:
        sum_ = (sum_ * 31 + ord(character)) % shards
    return sum_
