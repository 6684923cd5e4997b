"""Two texts clause by clause: which say the same, which say it otherwise, which stand in one alone.

A clause is a sentence of an element. Clauses are likened by the words they share, rare words counting more
(cosine of idf over sets of words); the best pairs are taken first, each clause once. A clause left over that is
much like one already taken points at it: one plan often says in two sentences what the other says in one.
Thresholds were set on a sample judged by hand, tests/alignment.yml.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from .segment import segment

ALIKE = 0.28  # from here on two clauses of one field of topics are the same matter in other words
CERTAIN = 0.45  # from here on even of different fields
NEAR = 0.40  # from here on a clause left over belongs to one already taken
LOOSE = 0.3  # below this share of common text two paired clauses are only perhaps the same matter
TOGETHER = 0.36  # from here on clauses of several plans stand in one cluster
_SENTENCE = re.compile(r"[^。；！？]*[。；！？]?[”’）)]*")


@dataclass(frozen=True)
class Clause:
    """A sentence of the element `at`. `field` is the broad topic it stands under."""

    at: str
    text: str
    topic: str
    field: str

    @cached_property
    def words(self) -> frozenset[str]:
        """Words that carry meaning: of two characters and more, or digits."""
        return frozenset(word for word in segment(self.text) if len(word) > 1 or word.isdigit())

    @cached_property
    def folded(self) -> str:
        """The text without white space and punctuation: what is heard."""
        return fold(self.text)


def fold(text: str) -> str:
    """Letters and digits alone, with the points and signs that belong to numbers."""
    return re.sub(r"(?<!\d)[.．]|[.．](?!\d)|[^\w.．%％]", "", text)


@dataclass(frozen=True)
class Pair:
    """Two clauses that say the same matter; one of them may be missing. `near`: the other plan's clause that says it too."""

    one: Clause | None
    other: Clause | None
    near: Clause | None = None

    @cached_property
    def kind(self) -> str:
        """same, changed, loose (perhaps the same matter), merged (said within another clause of the other plan), removed or added."""
        if self.near:
            return "merged"
        if self.one is None:
            return "added"
        if self.other is None:
            return "removed"
        if self.one.folded == self.other.folded:
            return "same"
        return "changed" if shared(self.changes) >= LOOSE else "loose"

    @cached_property
    def changes(self) -> "list[Change]":
        """The one into the other; both are there."""
        return changes(self.one.text, self.other.text)


def sentences(text: str) -> Iterator[str]:
    """The sentences of `text`; joined they are the text, white space at their ends aside."""
    for found in _SENTENCE.findall(text):
        if found.strip():
            yield found.strip()


def named_sentences(name: str | None, text: str) -> list[str]:
    """The sentences of `text`; a name that is the first of them goes with the next, for alone it says little."""
    said = list(sentences(text))
    if name and len(said) > 1 and said[0].rstrip("。：: ") == name:
        said[:2] = [said[0] + said[1]]
    return said


class Likeness:
    """How alike clauses are, in a body of clauses that tells which words are rare."""

    def __init__(self, clauses: Sequence[Clause]):
        within = Counter(word for clause in clauses for word in clause.words)
        self._squares = {word: math.log(1 + len(clauses) / count) ** 2 for word, count in within.items()}

    def _norm(self, clause: Clause) -> float:
        return math.sqrt(sum(self._squares.get(word, 1) for word in sorted(clause.words))) or 1.0

    def of(self, ones: Sequence[Clause], others: Sequence[Clause]) -> Iterator[tuple[int, dict[int, float]]]:
        """For the index of each of `ones`, how alike those of `others` are that may be the same matter: 1 for the same words."""
        holding: dict[str, list[int]] = {}
        for index, clause in enumerate(others):
            for word in clause.words:
                holding.setdefault(word, []).append(index)
        norms = [self._norm(clause) for clause in others]
        for index, clause in enumerate(ones):
            shared: dict[int, float] = {}
            for word in sorted(clause.words & holding.keys()):
                square = self._squares.get(word, 1)
                for at in holding[word]:
                    shared[at] = shared.get(at, 0.0) + square
            norm = self._norm(clause)
            least = ALIKE * norm
            yield index, {at: found / (norm * norms[at]) for at, found in shared.items() if found >= least * norms[at]}

    def candidates(self, ones: Sequence[Clause], others: Sequence[Clause]) -> Iterator[tuple[float, int, int]]:
        """(likeness, index, index) of pairs that share a word and may be the same matter."""
        for index, found in self.of(ones, others):
            clause = ones[index]
            for at, alike in sorted(found.items()):
                if clause.folded == others[at].folded:
                    yield 2.0, index, at
                elif alike >= (ALIKE if clause.field == others[at].field else CERTAIN):
                    yield alike, index, at


def align(ones: Sequence[Clause], others: Sequence[Clause], likeness: Likeness | None = None) -> list[Pair]:
    """All clauses of both, each once: pairs in the order of `ones`, what only `others` have after their neighbours."""
    likeness = likeness or Likeness([*ones, *others])
    best = sorted(likeness.candidates(ones, others), key=lambda found: (-found[0], found[1], found[2]))
    paired: dict[int, int] = {}
    taken: dict[int, int] = {}
    for _, one, other in best:
        if one not in paired and other not in taken:
            paired[one], taken[other] = other, one
    near_one: dict[int, int] = {}
    near_other: dict[int, int] = {}
    for alike, one, other in best:
        if alike >= NEAR:
            near_one.setdefault(one, other)
            near_other.setdefault(other, one)
    found = []
    for index, clause in enumerate(ones):
        pair = Pair(clause, others[paired[index]]) if index in paired else Pair(clause, None, others[near_one[index]] if index in near_one else None)
        found.append((index, pair))
    for index, clause in enumerate(others):
        if index not in taken:
            before = max((taken[i] for i in range(index) if i in taken and others[i].field == clause.field), default=-1)
            found.append((before + 0.5, Pair(None, clause, ones[near_other[index]] if index in near_other else None)))
    return [pair for _, pair in sorted(found, key=lambda entry: entry[0])]


@dataclass(frozen=True)
class Change:
    """A run of words: kept (alike but for punctuation), or what the one and the other have in its place."""

    one: str
    other: str
    kept: bool


def changes(one: str, other: str) -> list[Change]:
    """`one` into `other`, by words, punctuation and white space aside; runs parted by less than three kept characters are joined."""
    left, right = segment(one), segment(other)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, [fold(word) for word in left], [fold(word) for word in right], autojunk=False).get_opcodes():
        mine, yours = "".join(left[a:b]), "".join(right[c:d])
        kept = tag == "equal" or not fold(mine) + fold(yours)
        inner = kept and found and len(fold(mine)) < 3 and not re.search(r"[，。；]", mine) and b < len(left) and d < len(right)
        if found and ((inner and not found[-1].kept) or kept == found[-1].kept):
            found[-1] = Change(found[-1].one + mine, found[-1].other + yours, found[-1].kept)
        else:
            found.append(Change(mine, yours, kept))
    return found


def shared(runs: Sequence[Change]) -> float:
    """How much of both texts is kept, from 0 to 1."""
    kept, whole = (sum(len(run.one) + len(run.other) for run in some) for some in ([run for run in runs if run.kept], runs))
    return kept / whole if whole else 1.0


@dataclass(frozen=True)
class Cluster:
    """Clauses of several texts that say the same matter, by the index of their text."""

    members: tuple[tuple[int, Clause], ...]

    @property
    def texts(self) -> list[int]:
        return sorted({index for index, _ in self.members})


def clusters(texts: Sequence[Sequence[Clause]]) -> list[Cluster]:
    """Clauses of all `texts` grouped by matter, in the order of their first place; at most one of each text in a group."""
    likeness = Likeness([clause for text in texts for clause in text])
    groups: list[dict[int, Clause]] = []
    for index, text in enumerate(texts):
        firsts = [next(iter(group.values())) for group in groups]
        best = sorted(((alike, i, g) for i, found in likeness.of(text, firsts) for g, alike in found.items()), reverse=True)
        placed: dict[int, int] = {}
        for alike, i, g in best:
            if alike >= TOGETHER and i not in placed and index not in groups[g]:
                placed[i] = g
                groups[g][index] = text[i]
        groups += [{index: clause} for i, clause in enumerate(text) if i not in placed]
    return [Cluster(tuple(sorted(group.items()))) for group in groups]
