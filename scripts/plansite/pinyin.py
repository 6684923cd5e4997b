"""Pinyin readings of texts, with given readings for what the dictionary gets wrong."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

_HAN = re.compile(r"[〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

# A character's own reading, and the syllables of words of two and more characters.
CHARACTERS: dict[str, str] = {chr(code): found.split(",")[0] for code, found in pinyin_dict.items() if _HAN.match(chr(code))}
WORDS: dict[str, list[str]] = {word: [syllables[0] for syllables in found] for word, found in phrases_dict.items()}


def _sizes() -> dict[str, list[int]]:
    """How long the words are that begin with a character, the longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word in WORDS:
        found[word[0]].add(len(word))
    return {first: sorted(sizes, reverse=True) for first, sizes in found.items()}


_SIZES = _sizes()


class Pinyin:
    """Readings by `overrides`, words to syllables with tone marks, and by the dictionary of pypinyin for the rest.

    From left to right the dictionary's longest word is read, else the character by itself. docs/assets/pinyin.js does the same.
    A word of `overrides` may hold digits and the like; only its Han characters take syllables.
    Where words overlap, the longest decides; of two equally long, the one given later.
    """

    def __init__(self, overrides: Mapping[str, str]):
        self.given = [(word, self._syllables(word, overrides[word])) for word in sorted(overrides, key=len)]

    @staticmethod
    def _syllables(word: str, reading: str) -> list[str | None]:
        """For each character of a word its syllable, or None if it is not a Han character."""
        syllables = reading.split()
        places = [place for place, character in enumerate(word) if _HAN.match(character)]
        if not places or len(places) != len(syllables):
            raise ValueError(f"{word}: {len(places)} characters, {len(syllables)} syllables")
        at = dict(zip(places, syllables, strict=True))
        return [at.get(place) for place in range(len(word))]

    def initial(self, text: str) -> str:
        """The letter under which a text is found: 最低 under Z, C5 under C."""
        text = text.lstrip("“《")
        first = self.readings(text)[0] or text[0]
        return unicodedata.normalize("NFD", first)[0].upper()

    def readings(self, text: str) -> list[str | None]:
        """For each character of `text` its syllable, or None if it is not a Han character or has no reading."""
        found: list[str | None] = []
        while (at := len(found)) < len(text):
            word = next((text[at : at + size] for size in _SIZES.get(text[at], ()) if text[at : at + size] in WORDS), None)
            found += WORDS[word] if word else [CHARACTERS.get(text[at])]
        # Laid over the dictionary's readings, so that a word does not cut the context of its neighbours.
        for word, syllables in self.given:
            at = text.find(word)
            while at >= 0:
                found[at : at + len(word)] = [new or old for new, old in zip(syllables, found[at : at + len(word)], strict=True)]
                at = text.find(word, at + 1)
        return found
