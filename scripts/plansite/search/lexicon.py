"""The words that people type: synonyms and words of the plans, with their pinyin; and traditional characters.

The query is cut by these words before it is looked up, so that 残疾儿童康复救助 finds what says it in two places.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..formats.calls import call
from ..problems import Problem, relative
from ..vocabulary import Vocabulary

NOTHING = "-"  # means: the word says nothing
Readings = Callable[[str], list[str | None]]


@dataclass(frozen=True)
class Lexicon:
    """What stands in the vocabulary and in the file of synonyms, whatever the plans say."""

    vocabulary: Vocabulary
    lines: tuple[tuple[int, tuple[str, ...]], ...]  # number of the line, a word that people type and the words that plans write

    @classmethod
    def read(cls, root: Path, vocabulary: Vocabulary) -> "Lexicon":
        lines = ((number, tuple(line.partition("#")[0].split())) for number, line in enumerate(_lines(root, "synonyms"), 1))
        return cls(vocabulary, tuple((number, words) for number, words in lines if words))

    @cached_property
    def alike(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _, words in self.lines:
            found.setdefault(words[0], []).extend(word for word in words[1:] if word not in found.get(words[0], []))
        return found

    @cached_property
    def fillers(self) -> list[str]:
        return sorted(word for word, means in self.alike.items() if means == [NOTHING])

    @cached_property
    def words(self) -> set[str]:
        """All words, of which the plans write some."""
        concepts = (self.vocabulary.indicators, self.vocabulary.measures, self.vocabulary.tasks)
        words = {word for some in concepts for one in some.values() for word in (one.name, *one.aliases)}
        words |= {word for term in self.vocabulary.glossary.values() for word in (term.term, *term.aliases)}
        words |= {topic.name for topic in self.vocabulary.topics.values()}
        return words | {word for line in self.alike.items() for word in (line[0], *line[1])} - {NOTHING}

    def problems(self, written: Collection[str], root: Path) -> list[Problem]:
        """Words that stand for what plans write, but are `written` in none. A word alone is one of the plans: it only tells where a query is cut."""
        file = relative(root / "data" / "vocabulary" / "synonyms.txt", root)
        return [
            Problem(file, number, "synonym", f"“{word}”在所有规划里都没有。", "换成规划里写的词，或者删掉。")
            for number, words in self.lines for word in words[1:] or words if word not in written and word != NOTHING
        ]

    def scripts(self, root: Path, written: Collection[str], characters: Collection[str], places: Sequence[str], readings: Readings) -> dict[str, str]:
        """words.js, characters.js and pinyin.js, a call each: searchWords({words, known, fillers, topics}), searchCharacters(pairs)
        and searchPinyin(words, places).

        Words are lines of a word and what it means: first the `known` ones, which are `written` somewhere, then what people say. Fillers
        say nothing. Only known words and names of `places` have pinyin; it is asked for when letters are typed. Traditional characters are
        paired with those of the `characters` that can be found.
        """
        known = sorted(word for word in self.words if re.fullmatch(r"[\u3400-\u9fff]{2,8}", word) and word in written and word not in self.fillers)
        said = sorted(set(self.alike) - set(known) - set(self.fillers))
        value = {
            "words": "\n".join(" ".join([word, *self.alike.get(word, [])]) for word in [*known, *said]), "known": len(known), "fillers": " ".join(self.fillers),
            "topics": [[topic.id, topic.name, topic.parent or ""] for topic in self.vocabulary.topics.values()],
        }
        pairs = (line.split() for line in _lines(root, "traditional") if not line.startswith("#"))

        def spelled(words: Sequence[str]) -> str:
            return "\n".join(" ".join(plain(syllable or "") for syllable in readings(word)) for word in words)

        return {
            "words.js": call("searchWords", value),
            "characters.js": call("searchCharacters", "".join(old + new for old, new in pairs if new in characters)),
            "pinyin.js": call("searchPinyin", spelled(known), spelled(places)),
        }


def _lines(root: Path, name: str) -> list[str]:
    """The lines of a file of words; none if a project has none."""
    path = root / "data" / "vocabulary" / f"{name}.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def plain(syllable: str) -> str:
    """A syllable without its tone: lǜ is lv."""
    return re.sub("[\u0300-\u0307\u0309-\u036f]", "", unicodedata.normalize("NFD", syllable)).replace("u\u0308", "v").lower()
