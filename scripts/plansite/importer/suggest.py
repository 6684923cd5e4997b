"""Topics and canonical indicators that the wording of a title or row suggests; staff decide."""

import re

from ..vocabulary import Concept, Topic


def topic(title: str, topics: dict[str, Topic]) -> str | None:
    """The topic with the longest name or alias in the title, the first of equals; None without one."""
    best: tuple[int, int, str] | None = None
    for id, entry in topics.items():
        for word in (entry.name, *entry.aliases):
            at = title.find(word)
            if at >= 0 and (best is None or (-len(word), at) < best[:2]):
                best = (-len(word), at, id)
    return best[2] if best else None


def concept(label: str, concepts: dict[str, Concept]) -> str | None:
    """The canonical indicator whose name or alias is just the label without its unit."""
    name = re.sub(r"[（(][^（()）]+[)）]$", "", label)
    return next((id for id, entry in concepts.items() if name in (entry.name, *entry.aliases)), None)


def enrich(parts: dict[str, list[dict]], indicators: list[dict], topics, concepts, doubts: list[tuple[int, str]]) -> None:
    """Put suggestions into the blocks and rows of a draft, and what found none among the doubts."""
    above: dict[str, str] = {}
    last = None
    for blocks in parts.values():
        for block in blocks:
            title = block.get("heading") or (block.get("title") if "box" in block else None)
            if title is None:
                continue
            found = topic(title, topics)
            if found is None:
                found = above.get(block["id"].rpartition(".")[0], last)
                doubts.append((block["lines"][0], f"“{title}”的主题没有把握，{'暂按上一级' if found else '请补上'}。"))
            if found:
                block["topic"] = found
                above[block["id"]] = last = found
    for row in indicators:
        if found := concept(row["label"], concepts):
            row |= {"concept": found, "match": "same"}
        else:
            doubts.append((row["lines"][0], f"指标“{row['label']}”没有同名的通用指标，请补 concept、match 和 note，或者留空。"))
