"""The dictionary of readings as scripts, for readers who ask for pinyin. It is the same for any plans.

It is whole, because any word may matter: also one that reads as its characters do keeps these from its neighbours.
docs/assets/pinyin.js reads it; of the tables it loads the first, and the next ones only where a text has rarer characters.
"""

from collections import Counter, defaultdict
from pathlib import Path

from ..load import load
from ..pinyin import CHARACTERS, WORDS, Pinyin
from .calls import call

FOLDER = "assets/pinyin"
# A character's number is written as one code; digits, which come before, are free for readings.
_FIRST = ord("9") + 1


def _encodes(character: str, encoding: str) -> bytes:
    try:
        return character.encode(encoding)
    except UnicodeEncodeError:
        return b""


def _level(character: str) -> int:
    """How rare a character is: 0 and 1 the two levels of GB 2312, common and less common ones; 2 GBK; 3 all others."""
    if character == "〇":  # common in years, but no character of GB 2312
        return 0
    if code := _encodes(character, "gb2312"):
        return int(code >= b"\xd8")
    return 2 if _encodes(character, "gbk") else 3


def _lines(words: list[tuple[list[int], str]]) -> str:
    """Words of one size, as the numbers of their characters and the readings that these take: a line for each first character.

    That character is not written, and the second one as its distance from that of the word before. In front of a word stand
    digits if a character of it takes another reading than its own, without the zeros at the end.
    """
    found, first, second = [], 0, 0
    for numbers, which in sorted(words):
        if numbers[0] > first:
            found.append("\n" * (numbers[0] - first))
            first, second = numbers[0], 0
        found += which.rstrip("0"), chr(_FIRST + numbers[1] - second), *(chr(_FIRST + number) for number in numbers[2:])
        second = numbers[1]
    return "".join(found)


class _Tables:
    """Characters are numbered through all tables, those of most words first: low codes take fewer bytes."""

    def __init__(self):
        uses = Counter(character for word in WORDS for character in word)
        self.levels = {character: _level(character) for character in CHARACTERS}
        self.characters = sorted(CHARACTERS, key=lambda character: (self.levels[character], -uses[character], character))
        self.syllables = {character: {own: "0"} for character, own in CHARACTERS.items()}
        self.words: defaultdict[tuple[int, int], list[tuple[list[int], str]]] = defaultdict(list)
        number = {character: number for number, character in enumerate(self.characters)}
        for word, syllables in WORDS.items():
            numbers = [number[character] for character in word]
            readings = [self.syllables[character] for character in word]
            which = "".join(known.setdefault(syllable, str(len(known))) for known, syllable in zip(readings, syllables, strict=True))
            self.words[self.levels[self.characters[max(numbers)]], len(word)].append((numbers, which))

    def table(self, level: int) -> dict[str, object]:
        """`characters`; `syllables`, of each its own and the others; `words` of two, three ... characters, the rarest of them of this level."""
        own = [character for character in self.characters if self.levels[character] == level]
        longest = max((size for rarest, size in self.words if rarest == level), default=0)
        return {
            "characters": "".join(own), "syllables": " ".join(",".join(self.syllables[character]) for character in own),
            "words": [_lines(self.words.get((level, size), [])) for size in range(2, longest + 1)],
        }


def pinyin_files(root: Path) -> dict[str, bytes]:
    """URL to content of the tables; `more` tells how many follow. The first has the words given in data/vocabulary/pinyin.yml too."""
    tables = _Tables()
    last = max(tables.levels.values())
    pinyin = Pinyin(load(root / "data" / "vocabulary" / "pinyin.yml", root) or {})
    given = [[word, " ".join(syllable or "" for syllable in syllables)] for word, syllables in pinyin.given]
    return {
        f"{FOLDER}/{level + 1}.js": call("planPinyin", tables.table(level) | {"given": given if level == 0 else [], "more": last - level}).encode()
        for level in range(last + 1)
    }
