"""Where the tokens of documents stand. By numpy: with lists this took a quarter of a national build."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy

from .digits import ALPHABET
from .documents import HEADING, INDICATOR, Document
from .text import END, HAN, LAST_HAN, WORDS, word

MEAN = 87.679  # the middle length of a text and its title, given so that an impact rests on nothing but its document
WEIGHTS = 1.0, 3.0, 0.5  # of a text, a title, our plain words: these count less than the plan's own
ALONE = {HEADING: 0.5, INDICATOR: 0.7}  # a heading leads to clauses that say more, and the title of an indicator is its text: they count less
_PART = "\0"  # between texts; none has it
# A place where a token stands is a number: its token, the document, which of its fields.
_DOCUMENT, _TOKEN = 2, 24
_FIELDS, _DOCUMENTS = (1 << _DOCUMENT) - 1, (1 << _TOKEN) - (1 << _DOCUMENT)


@dataclass(frozen=True)
class Concordance:
    """`tokens` in order. `postings` are those of the first token, then of the second, each from its of `starts` on: its documents in order,
    each as eight times its number with an impact of 0 to 7. `texts` and `others`, titles and plain words, are those of each document, flat."""

    tokens: list[str]
    starts: numpy.ndarray
    postings: numpy.ndarray
    texts: list[str]
    others: list[str]

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Concordance:
        size = len(documents)
        fields = [one.text for one in documents]
        fields += ["" if one.kind in ALONE else one.title for one in documents]
        fields += ["" if one.kind in ALONE else one.plain for one in documents]
        fields = _flat(_PART.join(fields)).split(_PART)
        tokens, places = _places(fields, size)
        firsts = _firsts(places >> _DOCUMENT)
        counts = numpy.add.reduceat(numpy.array(WEIGHTS)[places & _FIELDS], firsts)
        places = places[firsts]
        number = (places & _DOCUMENTS) >> _DOCUMENT
        counts *= numpy.array([ALONE.get(one.kind, 1.0) for one in documents])[number]
        norms = numpy.array([1.2 * (0.35 + 0.65 * (len(one.text) + 20) / MEAN) for one in documents])[number]
        impacts = numpy.minimum(7, numpy.rint(7 * counts / (counts + norms))).astype(numpy.int64)
        others = [f"{title}\n{plain}" for title, plain in zip(fields[size: 2 * size], fields[2 * size:], strict=True)]
        return cls(tokens, _firsts(places >> _TOKEN), number << 3 | impacts, fields[:size], others)

    @cached_property
    def at(self) -> dict[str, int]:
        """The number of each token."""
        return {token: number for number, token in enumerate(self.tokens)}

    @cached_property
    def _bounds(self) -> list[int]:
        """Where the postings of each token begin, and where the last ones end."""
        return [*self.starts.tolist(), len(self.postings)]

    def frequency(self, token: str) -> int:
        """In how many documents it is."""
        number = self.at[token]
        return self._bounds[number + 1] - self._bounds[number]

    def documents(self, token: str) -> list[int]:
        number = self.at[token]
        return (self.postings[self._bounds[number]: self._bounds[number + 1]] >> 3).tolist()

    def gaps(self) -> list[str]:
        """Of each token its postings, as the gaps between the documents."""
        before = numpy.empty_like(self.postings)
        before[1:] = (self.postings[:-1] | 7) + 1
        before[self.starts] = 0
        written, at = _digits(self.postings - before)
        return [written[start:end] for start, end in pairwise([*at[self.starts].tolist(), len(written)])]

    def owners(self, of: Sequence[int]) -> dict[str, int]:
        """Of each token and each single character the plans that have it, the n-th as bit n; `of` has the plan of each document, one of 63."""
        bits = (1 << numpy.array(of, numpy.int64))[self.postings >> 3]
        plans = numpy.bitwise_or.reduceat(bits, self.starts)
        found = {token: one for token, one in zip(self.tokens, plans.tolist(), strict=True) if not token.endswith(END)}
        # Each character is the first of some token, if only of the end of a run.
        han = next((number for number, token in enumerate(self.tokens) if token[:1] >= HAN), len(self.tokens))
        characters = [token[0] for token in self.tokens[han:]]
        starts = _firsts(numpy.array([ord(character) for character in characters], numpy.int64))
        for start, one in zip(starts.tolist(), numpy.bitwise_or.reduceat(plans[han:], starts).tolist(), strict=True):
            found[characters[start]] = one
        return found


def _flat(text: str) -> str:
    """As text.flat, for much at once: what has another form is a few characters of many thousands."""
    for character in numpy.flatnonzero(numpy.bincount(_codes(text))).tolist():
        if (plain := unicodedata.normalize("NFKC", chr(character))) != chr(character):
            text = text.replace(chr(character), plain)
    if not unicodedata.is_normalized("NFKC", text):  # characters that join with their neighbours
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.lower().split())


def _digits(numbers: numpy.ndarray) -> tuple[str, numpy.ndarray]:
    """The numbers as digits.digits writes them, one behind the other, and where each begins."""
    sizes = sum((numbers >> bits > 0 for bits in range(5, 64, 5)), numpy.ones_like(numbers))
    alphabet = numpy.frombuffer(ALPHABET.encode(), numpy.uint8)
    last = numpy.cumsum(sizes) - 1
    written = numpy.empty(sizes.sum(), numpy.uint8)
    at, left = last, numbers
    written[at] = alphabet[left & 31]
    while (left := left >> 5).any():
        more = numpy.flatnonzero(left)
        at, left = at[more] - 1, left[more]
        written[at] = alphabet[32 | left & 31]
    return written.tobytes().decode("ascii"), last + 1 - sizes


def _codes(text: str) -> numpy.ndarray:
    return numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(numpy.int64)


def _places(fields: Sequence[str], documents: int) -> tuple[list[str], numpy.ndarray]:
    """The tokens in order, and each place where one stands, in order. `fields` are those of all documents, one kind after the other."""
    runs = [(number, word(run)) for number, text in enumerate(fields) for run in WORDS.findall(text)]
    words = sorted({name for _, name in runs})
    rank = {name: number for number, name in enumerate(words)}
    codes = _codes(_PART.join(fields) + _PART)
    first = numpy.flatnonzero((codes >= ord(HAN)) & (codes <= ord(LAST_HAN)))
    second = codes[first + 1]
    pairs = codes[first] << 16 | numpy.where((second >= ord(HAN)) & (second <= ord(LAST_HAN)), second, ord(END))
    # Any pair is greater than the number of any word.
    token = numpy.concatenate([numpy.array([rank[name] for _, name in runs], numpy.int64), pairs])
    number = numpy.concatenate([numpy.array([number for number, _ in runs], numpy.int64), numpy.cumsum(codes == ord(_PART))[first]])
    field, document = numpy.divmod(number, documents)
    places = token << _TOKEN | document << _DOCUMENT | field
    places.sort()
    pairs.sort()
    pairs = pairs[_firsts(pairs)]
    halves = numpy.stack([pairs >> 16, pairs & 0xFFFF], 1).astype("<u2").tobytes().decode("utf-16-le")
    return [*words, *(halves[at: at + 2] for at in range(0, len(halves), 2))], places


def _firsts(ordered: numpy.ndarray) -> numpy.ndarray:
    """Where each value stands first."""
    new = numpy.ones(len(ordered), bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return numpy.flatnonzero(new)
