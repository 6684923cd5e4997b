"""Two plans clause by clause, by topic: what both say, what only one says."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from . import prose
from .align import Clause, Likeness, Pair, align, named_sentences
from .catalogue import Catalogue
from .measures import item_text
from .model import Box, Paragraph, Plan
from .words import counted

WHOLE = 6  # with more plans than this not every pair is built, only those asked for: a pair costs more than a plan


@dataclass(frozen=True)
class TextComparison:
    """The clauses of two plans, aligned."""

    one: Plan
    other: Plan
    names: tuple[str, str]
    pairs: tuple[Pair, ...]
    fields: tuple[str, ...]  # the broad topics that occur, in the order of the registry

    def counts(self, field: str | None = None) -> Counter:
        return Counter(pair.kind for pair in self.pairs if field is None or field_of(pair) == field)

    def of(self, field: str) -> list[Pair]:
        return [pair for pair in self.pairs if field_of(pair) == field]

    def sentence(self, field: str | None = None) -> str:
        """两地一样的 67 句。… What was not found is not said to be missing."""
        counts = self.counts(field)
        said = [
            (counts["same"], f"两地一样的 {counts['same']} 句。"), (counts["changed"], f"说同一件事、写法不同的 {counts['changed']} 句。"),
            (counts["loose"], f"可能说同一件事的 {counts['loose']} 句。"), (counts["merged"], f"并在另一地别的句子里的 {counts['merged']} 句。"),
        ]
        alone = "，".join(counted(name, counts[kind], "句") for name, kind in zip(self.names, ("removed", "added"), strict=True) if counts[kind])
        return "".join(words for number, words in said if number) + (f"在另一地没有找到相近的：{alone}。" if alone else "")


def field_of(pair: Pair) -> str:
    return (pair.one or pair.other).field


def clauses(catalogue: Catalogue, plan: Plan) -> list[Clause]:
    """The sentences of the chapters and boxes, the review of past years aside. A box item's name goes with its first sentence."""
    found = []
    for heading, blocks in plan.chapters:
        if heading.topic == "background":
            continue
        for block in blocks:
            if isinstance(block, Paragraph):
                found += _clauses(catalogue, plan, block.id, prose.reading(plan, block, block.text))
            elif isinstance(block, Box):
                for item in block.items:
                    found += _clauses(catalogue, plan, item.id, item_text(plan, item), item.title)
    return found


def _clauses(catalogue: Catalogue, plan: Plan, at: str, text: str, name: str | None = None) -> list[Clause]:
    topic = catalogue.topic_at(plan, at) or "overview"
    field = catalogue.vocabulary.field(topic)
    made = [Clause(at, sentence.lstrip("－—-"), topic, field) for sentence in named_sentences(name, text)]
    return [clause for clause in made if clause.words]


def chosen(catalogue: Catalogue) -> list[tuple[Plan, Plan]]:
    """The pairs of current plans that have a page: all while there are few, then what data/pairs.yml asks for."""
    current = catalogue.current
    if len(current) <= WHOLE:
        return list(combinations(current, 2))
    by_id = {plan.id: plan for plan in current}
    return [(by_id[one], by_id[other]) for one, other in catalogue.asked_pairs if one in by_id and other in by_id]


def compare(catalogue: Catalogue, pairs: list[tuple[Plan, Plan]] | None = None) -> list[TextComparison]:
    """The comparisons of `pairs`; words are weighed over all plans that take part."""
    pairs = chosen(catalogue) if pairs is None else pairs
    body = {plan.id: clauses(catalogue, plan) for pair in pairs for plan in pair}
    likeness = Likeness([clause for of in body.values() for clause in of])
    found = []
    for one, other in pairs:
        aligned = tuple(align(body[one.id], body[other.id], likeness))
        fields = {field_of(pair) for pair in aligned}
        found.append(TextComparison(
            one, other, (catalogue.label(one), catalogue.label(other)), aligned, tuple(id for id in catalogue.vocabulary.topics if id in fields)))
    return found
