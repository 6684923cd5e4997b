"""Pinyin readings of texts, with given readings for what the dictionary gets wrong."""

import re
import unicodedata
from collections.abc import Mapping

from pypinyin import Style, lazy_pinyin

_HAN = re.compile(r"[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_RUN = re.compile(_HAN.pattern + "+")


def _unknown(characters: str) -> list[str]:
    """Characters without a reading, kept apart so that syllables and characters stay in step."""
    return [""] * len(characters)


def _spell(run: str) -> list[str | None]:
    """The readings of Han characters that stand together; None where the dictionary has none."""
    syllables = lazy_pinyin(run, style=Style.TONE, errors=_unknown)
    if len(syllables) != len(run):
        raise ValueError(f"{len(run)} characters, {len(syllables)} syllables: {run}")
    return [syllable or None for syllable in syllables]


class Pinyin:
    """Readings by `overrides`, words to syllables with tone marks, and by pypinyin for the rest.

    A word of `overrides` may hold digits and the like; only its Han characters take syllables.
    Where words overlap, the longest decides; of two equally long, the one given later.
    """

    def __init__(self, overrides: Mapping[str, str]):
        self._words = [(word, self._syllables(word, overrides[word])) for word in sorted(overrides, key=len)]

    @staticmethod
    def _syllables(word: str, reading: str) -> list[tuple[int, str]]:
        """The syllables of a word, each with the place of its character."""
        places = [match.start() for match in _HAN.finditer(word)]
        syllables = reading.split()
        if not places or len(places) != len(syllables):
            raise ValueError(f"{word}: {len(places)} characters, {len(syllables)} syllables")
        return list(zip(places, syllables, strict=True))

    def initial(self, text: str) -> str:
        """The letter under which a text is found: 最低 under Z, C5 under C."""
        text = text.lstrip("“《")
        first = self.readings(text)[0] or text[0]
        return unicodedata.normalize("NFD", first)[0].upper()

    def readings(self, text: str) -> list[str | None]:
        """For each character of `text` its syllable, or None if it is not a Han character."""
        found: list[str | None] = [None] * len(text)
        for run in _RUN.finditer(text):
            found[run.start() : run.end()] = _spell(run[0])
        # Laid over the dictionary's readings, so that a word does not cut the context of its neighbours.
        for word, syllables in self._words:
            at = text.find(word)
            while at >= 0:
                for place, syllable in syllables:
                    found[at + place] = syllable
                at = text.find(word, at + 1)
        return found
