"""The index of a shelf: character bigrams in shards. Every text of two characters and more is found wherever it stands, as grep would.

Shards and texts are scripts, so that the search works from a file too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import add
from typing import TYPE_CHECKING

from ..formats.calls import call
from .digits import digits
from .documents import Document

if TYPE_CHECKING:
    from .concordance import Concordance

SHARD, TEXTS = 2_500, 2_000  # characters of a file of postings, of a file of texts


def shelf(documents: Sequence[Document], of: Concordance, name: str = "", labels: Mapping[str, tuple[str, str]] | None = None, shard: int = SHARD) -> dict[str, str]:
    """Name to script: the manifest, the shards with postings, the texts, and what filters need. `of` is the concordance of the documents;
    `labels`: what a group is called, and its slug.

    The scripts of a shelf with a name tell it, because a page may ask for several shelves.
    """

    def script(function: str, *values) -> str:
        return call(function, *values, *([name] if name else []))

    gaps, rows = of.gaps(), [(one.url, one.title, one.text) for one in documents]
    shards = list(_cut(list(zip(of.tokens, gaps, strict=True)), map(add, map(len, of.tokens), map(len, gaps)), shard))
    texts = list(_cut(rows, (sum(map(len, row)) for row in rows), TEXTS))
    firsts = [0]
    for rows in texts:
        firsts.append(firsts[-1] + len(rows))
    groups: list[list] = []
    for number, document in enumerate(documents):
        if not groups or groups[-1][0] != document.group:
            groups.append([document.group, number, *(labels or {}).get(document.group, ())])
    manifest = {"count": len(documents), "shards": [entries[0][0] for entries in shards], "texts": firsts[:-1], "groups": groups}
    return {
        "index.js": script("searchIndex", manifest),
        **{f"s{number}.js": script("searchShard", number, "\n".join(map(" ".join, entries))) for number, entries in enumerate(shards)},
        **{f"t{number}.js": script("searchTexts", number, rows) for number, rows in enumerate(texts)},
        "about.js": script("searchAbout", _about(documents)),
        "audiences.js": script("searchAudiences", _audiences(documents)),
    }


def _cut(entries: Sequence, sizes: Iterable[int], most: int) -> Iterator[Sequence]:
    """Stretches of entries; one ends with the entry that takes it above `most`."""
    first = total = 0
    for end, size in enumerate(sizes, 1):
        total += size
        if total > most:
            yield entries[first:end]
            first, total = end, 0
    if first < len(entries):
        yield entries[first:]


def _audiences(documents: Sequence[Document]) -> dict[str, str]:
    """For each audience the documents that give it something, as gaps."""
    found: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for id in document.audiences:
            found.setdefault(id, []).append(number)
    return {id: "".join(digits(number - before - 1) for before, number in pairwise([-1, *numbers])) for id, numbers in sorted(found.items())}


def _about(documents: Sequence[Document]) -> dict:
    """Kind and topic of each document, for filters and ranking: a digit each, and a run-length list of topics."""
    topics: list[list] = []
    for number, document in enumerate(documents):
        if not topics or topics[-1][1] != document.topic:
            topics.append([number, document.topic])
    return {"kinds": "".join(str(document.kind) for document in documents), "topics": topics}
