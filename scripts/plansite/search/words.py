"""Which words of the lexicon stand in documents."""

from collections.abc import Iterable, Iterator

from .index import END, Concordance, flat, tokens


class Words:
    """Words, each as it stands in a flat text and with its tokens."""

    def __init__(self, words: Iterable[str]):
        self._words = [(word, plain := flat(word), frozenset(bare(tokens(plain)))) for word in sorted(words)]

    def standing(self, of: Concordance) -> Iterator[tuple[str, Iterator[tuple[int, bool]]]]:
        """Each word that may stand somewhere, with the documents where it stands, and whether in the text, not only in title or plain words."""
        for word, plain, parts in self._words:
            if parts <= of.postings.keys():
                yield word, _standing(of, plain, min((of.postings[part] for part in parts), key=len, default=range(0, 8 * len(of.texts), 8)))

    def written(self, of: Concordance, first: int = 0, end: int | None = None) -> set[str]:
        """Those that stand in texts of documents, by default of all."""
        within = range(first, len(of.texts) if end is None else end)
        return {word for word, places in self.standing(of) if any(in_text and document in within for document, in_text in places)}


def _standing(of: Concordance, plain: str, likely: Iterable[int]) -> Iterator[tuple[int, bool]]:
    for posting in likely:
        document = posting >> 3
        if plain in of.texts[document]:
            yield document, True
        elif plain in of.others[document]:
            yield document, False


def bare(found: Iterable[str]) -> list[str]:
    """Tokens without the marks of the ends of runs."""
    return [token for token in found if not token.endswith(END)]
