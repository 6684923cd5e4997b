"""The words that people type: synonyms, names of places, words of the plans, with their pinyin; and traditional characters.

The query is cut by these words before it is looked up, so that 残疾儿童康复救助 finds what says it in two places.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from ..derived import Derived
from ..formats.calls import call
from ..problems import Problem, Stop, relative
from .documents import KINDS, Document

Readings = Callable[[str], list[str | None]]


def synonyms(path: Path, root: Path, texts: Iterable[str]) -> dict[str, list[str]]:
    """Lines of a word that people type and the words that plans write, which may be none. Raises Stop where a plan word occurs nowhere."""
    whole = "\n".join(texts)
    found: dict[str, list[str]] = {}
    problems = []
    for number, line in enumerate(_lines(path), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        # A word alone is one of the plans: it only tells where a query is cut.
        problems += [
            Problem(relative(path, root), number, "synonym", f"“{word}”在所有规划里都没有。", "换成规划里写的词，或者删掉。")
            for word in words[1:] or words if word not in whole and word != "-"
        ]
        found.setdefault(words[0], []).extend(word for word in words[1:] if word not in found.get(words[0], []))
    if problems:
        raise Stop(problems)
    return found


def traditional(path: Path, documents: Iterable[Document]) -> str:
    """Pairs of a traditional and a simplified character, for those characters that can be found."""
    used = {character for document in documents for character in document.title + document.text}
    pairs = (line.split() for line in _lines(path) if not line.startswith("#"))
    return "".join(old + new for old, new in pairs if new in used)


def _lines(path: Path) -> list[str]:
    """The lines of a file of words; none if a project has none."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def plain(syllable: str) -> str:
    """A syllable without its tone: lǜ is lv."""
    return re.sub("[\u0300-\u0307\u0309-\u036f]", "", unicodedata.normalize("NFD", syllable)).replace("u\u0308", "v").lower()


def scripts(derived: Derived, documents: list[Document], alike: dict[str, list[str]], pairs: str, readings: Readings) -> dict[str, str]:
    """words.js and pinyin.js, a call each: searchWords({words, known, fillers, places, pairs, topics, kinds}), searchPinyin(lines).

    Words are lines of a word and what it means: first the `known` ones, which the plans write, then what people say. Fillers say
    nothing. Only known words and places have pinyin; it is asked for when letters are typed.
    """
    catalogue, vocabulary = derived.catalogue, derived.catalogue.vocabulary
    places = []
    for plan in catalogue.current:
        region = catalogue.region(plan)
        short = re.sub(r"[市区县旗州]$", "", region.name)
        above = [one.name for one in vocabulary.chain(plan.region)[:-1]]
        places.append([plan.id, catalogue.label(plan), region.slug, [region.name, short, *above, *(re.sub(r"[省市]$", "", name) for name in above)]])
    words = {word for concepts in (vocabulary.indicators, vocabulary.measures, vocabulary.tasks) for one in concepts.values() for word in (one.name, *one.aliases)}
    words |= {word for term in vocabulary.glossary.values() for word in (term.term, *term.aliases)}
    words |= {topic.name for topic in vocabulary.topics.values()} | {word for line in alike.items() for word in (line[0], *line[1])}
    whole = "\n".join(document.text for document in documents)
    fillers = sorted(word for word, means in alike.items() if means == ["-"])
    known = sorted(word for word in words if re.fullmatch(r"[\u3400-\u9fff]{2,8}", word) and word in whole and word not in fillers)
    spelled = {word: " ".join(plain(syllable or "") for syllable in readings(word)) for word in [*known, *(name for place in places for name in place[3][:2])]}
    said = [word for word in sorted(alike) if word not in spelled and word not in fillers]
    value = {
        "words": "\n".join(" ".join([word, *alike.get(word, [])]) for word in [*known, *said]), "known": len(known), "fillers": " ".join(fillers),
        "places": [[*place, [spelled[name] for name in place[3][:2]]] for place in places],
        "pairs": pairs, "topics": [[topic.id, topic.name, topic.parent or ""] for topic in vocabulary.topics.values()], "kinds": list(KINDS),
    }
    return {"words.js": call("searchWords", value), "pinyin.js": call("searchPinyin", "\n".join(spelled[word] for word in known))}
