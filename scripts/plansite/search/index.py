"""The index of a shelf: character bigrams in shards. Every text of two characters and more is found wherever it stands, as grep would.

Shards and texts are scripts, so that the search works from a file too.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from operator import add

from ..formats.calls import call
from .digits import SMALL, digits
from .documents import HEADING, INDICATOR, Document

SHARD, TEXTS = 2_500, 2_000  # characters of a file of postings, of a file of texts
END = "$"  # stands behind the last character of a run, so that a single character is complete
MEAN = 87.679  # the middle length of a text and its title, given so that an impact rests on nothing but its document
TITLE, PLAIN = 3.0, 0.5  # our plain words count less than the plan's own
ALONE = {HEADING: 0.5, INDICATOR: 0.7}  # a heading leads to clauses that say more, and the title of an indicator is its text: they count less
HAN = "\u3400"  # the first Han character
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9.%]+")
_SPACE = re.compile(r"\s+")


def normal(text: str) -> str:
    """Full width to half width, capitals to small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def flat(text: str) -> str:
    """Normal, without white space: within a text it does not part what stands around it."""
    return _SPACE.sub("", normal(text))


def tokens(text: str) -> list[str]:
    """Bigrams of Han characters; words of letters and digits whole. The text is flat."""
    found: list[str] = []
    for run in _RUN.findall(text):
        if run[0] < HAN:
            found.append(run.strip("."))
        else:
            found += map(add, run, run[1:] + END)
    return found


@dataclass(frozen=True)
class Concordance:
    """Where the tokens of documents stand. `postings`: for each its documents in order, each as eight times its number with an impact
    of 0 to 7. `texts` and `others`, titles and plain words, are those of each document, flat."""

    postings: dict[str, list[int]]
    texts: list[str]
    others: list[str]


def concordance(documents: Iterable[Document]) -> Concordance:
    read = cache(lambda text: (plain := flat(text), Counter(tokens(plain))))  # titles come again and again
    postings: defaultdict[str, list[int]] = defaultdict(list)
    found = Concordance(postings, [], [])
    for number, one in enumerate(documents):
        text, of = read(one.text)
        found.texts.append(text)
        if one.kind in ALONE:
            counts = {token: ALONE[one.kind] * count for token, count in of.items()}
            found.others.append("")
        else:
            (title, of_title), (plain, of_plain) = read(one.title), read(one.plain)
            counts = dict(of)
            for weight, other in ((TITLE, of_title), (PLAIN, of_plain)):
                for token, count in other.items():
                    counts[token] = counts.get(token, 0) + weight * count
            found.others.append(f"{title}\n{plain}")
        norm = 1.2 * (0.35 + 0.65 * (len(one.text) + 20) / MEAN)
        impacts = {count: number << 3 | min(7, round(7 * count / (count + norm))) for count in set(counts.values())}
        for token, count in counts.items():
            postings[token].append(impacts[count])
    return found


def shelf(documents: Sequence[Document], of: Concordance, name: str = "", labels: Mapping[str, tuple[str, str]] | None = None, shard: int = SHARD) -> dict[str, str]:
    """Name to script: the manifest, the shards with postings, the texts, and what filters need. `of` is the concordance of the documents;
    `labels`: what a group is called, and its slug.

    The scripts of a shelf with a name tell it, because a page may ask for several shelves.
    """

    def script(function: str, *values) -> str:
        return call(function, *values, *([name] if name else []))

    shards = list(_cut(((token, _gaps(of.postings[token])) for token in sorted(of.postings)), lambda entry: len(entry[0]) + len(entry[1]), shard))
    texts = list(_cut([(one.url, one.title, one.text) for one in documents], lambda row: sum(map(len, row)), TEXTS))
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


def _cut(entries: Iterable, size: Callable, most: int) -> Iterator[list]:
    """Stretches of entries; one ends with the entry that takes it above `most`."""
    stretch: list = []
    total = 0
    for entry in entries:
        stretch.append(entry)
        total += size(entry)
        if total > most:
            yield stretch
            stretch, total = [], 0
    if stretch:
        yield stretch


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


def _gaps(numbers: list[int]) -> str:
    """Numbers of documents with an impact each, as the gaps between the documents."""
    at, found = 0, []
    for number in numbers:
        gap = number - at
        found.append(SMALL[gap] if gap < len(SMALL) else digits(gap))
        at = (number | 7) + 1
    return "".join(found)
