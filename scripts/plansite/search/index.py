"""An index of character bigrams in shards. Every text of two characters and more is found wherever it stands, as grep would.

Shards and texts are scripts, so that the search works from a file too. All numbers are in base 36.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..formats.calls import call
from .documents import HEADING, INDICATOR, Document

SHARD, TEXTS = 6_000, 2_000  # characters of a file of postings, of a file of texts
END = "$"  # stands behind the last character of a run, so that a single character is complete
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9.%]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


PLAIN = 0.5  # our plain words count less than the plan's own
# A heading leads to clauses that say more, and the title of an indicator is its text: they count less.
WEIGHTS = {HEADING: lambda one: ((0.5, one.text),), INDICATOR: lambda one: ((0.7, one.text),)}


def normal(text: str) -> str:
    """Full width to half width, capitals to small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def tokens(text: str) -> Iterator[str]:
    """Bigrams of Han characters; words of letters and digits whole. White space within a text does not part it."""
    for run in _RUN.findall(re.sub(r"\s+", "", normal(text))):
        if run[0] < "\u3400":
            yield run.strip(".")
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
            yield run[-1] + END


def files(documents: Sequence[Document]) -> dict[str, str]:
    """Name to script: the manifest, the shards with postings, the texts."""
    postings = _postings(documents)
    found: dict[str, str] = {}
    starts: list[str] = []
    shard: dict[str, str] = {}
    size = 0
    for token in sorted(postings):
        if not shard or size > SHARD:
            if shard:
                found[f"s{len(starts) - 1}.js"] = call("searchShard", len(starts) - 1, shard)
            starts.append(token)
            shard, size = {}, 0
        shard[token] = postings[token]
        size += len(token) + len(postings[token]) + 6
    found[f"s{len(starts) - 1}.js"] = call("searchShard", len(starts) - 1, shard)
    firsts: list[int] = []
    rows: list[list[str]] = []
    size = 0
    for number, document in enumerate(documents):
        if not rows or size > TEXTS:
            if rows:
                found[f"t{len(firsts) - 1}.js"] = call("searchTexts", len(firsts) - 1, rows)
            firsts.append(number)
            rows, size = [], 0
        rows.append([document.url, document.title, document.text])
        size += len(document.url) + len(document.title) + len(document.text)
    found[f"t{len(firsts) - 1}.js"] = call("searchTexts", len(firsts) - 1, rows)
    groups: list[list] = []
    for number, document in enumerate(documents):
        if not groups or groups[-1][0] != document.group:
            groups.append([document.group, number])
    manifest = {"count": len(documents), "shards": starts, "texts": firsts, "groups": groups}
    found["index.js"] = call("searchIndex", manifest)
    found["about.js"] = call("searchAbout", about(documents))
    found["audiences.js"] = call("searchAudiences", audiences(documents))
    return found


def audiences(documents: Sequence[Document]) -> dict[str, str]:
    """For each audience the documents that give it something, as gaps."""
    found: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for id in document.audiences:
            found.setdefault(id, []).append(number)
    return {id: " ".join(_base36(number - before - 1) for before, number in pairwise([-1, *numbers])) for id, numbers in sorted(found.items())}


def about(documents: Sequence[Document]) -> dict:
    """Kind and topic of each document, for filters and ranking: a digit each, and a run-length list of topics."""
    topics: list[list] = []
    for number, document in enumerate(documents):
        if not topics or topics[-1][1] != document.topic:
            topics.append([number, document.topic])
    return {"kinds": "".join(str(document.kind) for document in documents), "topics": topics}


def _postings(documents: Sequence[Document]) -> dict[str, str]:
    """For each token its documents: gaps with an impact of 0 to 7 in the last three bits."""
    counted: dict[str, dict[int, float]] = {}
    lengths: list[int] = []
    for number, document in enumerate(documents):
        counts: dict[str, float] = {}
        for weight, text in WEIGHTS.get(document.kind, lambda one: ((3.0, one.title), (1.0, one.text), (PLAIN, one.plain)))(document):
            for token in tokens(text):
                counts[token] = counts.get(token, 0.0) + weight
        lengths.append(len(document.text) + 20)
        for token, count in counts.items():
            counted.setdefault(token, {})[number] = count
    mean = sum(lengths) / len(lengths)
    found = {}
    for token, of in counted.items():
        last, parts = -1, []
        for number in sorted(of):
            count = of[number]
            weight = count * 2.2 / (count + 1.2 * (0.35 + 0.65 * lengths[number] / mean))
            parts.append(_base36((number - last - 1) << 3 | min(7, round(weight / 2.2 * 7))))
            last = number
        found[token] = " ".join(parts)
    return found


def _base36(number: int) -> str:
    text = ""
    while True:
        number, rest = divmod(number, 36)
        text = _DIGITS[rest] + text
        if not number:
            return text

