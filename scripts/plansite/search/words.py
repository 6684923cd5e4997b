"""Which words of the lexicon stand in documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .text import bare, flat, tokens

if TYPE_CHECKING:
    from .concordance import Concordance


class Words:
    """Words, each as it stands in a flat text and with its tokens."""

    def __init__(self, words: Iterable[str]):
        self._words = [(word, plain := flat(word), frozenset(bare(tokens(plain)))) for word in sorted(words)]

    def likely(self, of: Concordance) -> Iterator[tuple[str, str, Iterable[int]]]:
        """Each word that may stand somewhere, as it does in a flat text, with the documents where it may."""
        for word, plain, parts in self._words:
            if parts <= of.at.keys():
                rarest = min(parts, key=of.frequency, default=None)
                yield word, plain, of.documents(rarest) if rarest else range(len(of.texts))

    def written(self, of: Concordance, first: int = 0, end: int | None = None) -> set[str]:
        """Those that stand in texts of documents, by default of all."""
        within = range(first, len(of.texts) if end is None else end)
        return {word for word, plain, likely in self.likely(of) if any(document in within and plain in of.texts[document] for document in likely)}
