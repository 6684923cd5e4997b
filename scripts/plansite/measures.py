"""What each plan says of a canonical measure, or of a canonical task: one function gives what tables, sentences and data show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from . import prose
from .align import Clause, Cluster, clusters, named_sentences
from .catalogue import Catalogue
from .compare import place_of
from .model import Absence, Item, Mapped, Mapping, Match, Plan, Task
from .vocabulary import Concept, Party, written
from .words import count

SEVERAL = "这一行里写了几件事，单位是整行的。"


@dataclass(frozen=True)
class Statement:
    """Words of a plan that state a measure or task: `text` has its certain errata read in, a quotation is verbatim.

    `listed` tells an item of a box or a row of the table of tasks from words in running text.
    """

    plan: Plan
    at: str
    text: str
    match: Match
    place: str
    listed: bool
    note: str | None = None
    name: str | None = None
    lead: tuple[Party, ...] = ()
    responsible: tuple[Party, ...] = ()

    @property
    def words(self) -> str:
        """How the plan has it: 写了, 写了，有差别, 正文写了."""
        where = "" if self.listed else "任务分工表" if self.at.startswith("task") else "正文"
        return f"{where}写了" + ("，有差别" if self.match is Match.CLOSE else "")


@dataclass(frozen=True)
class Stance:
    """What one plan says of one concept; without statements `absence` says why. `place` is the name of the district."""

    plan: Plan
    place: str
    statements: tuple[Statement, ...] = ()
    absence: Absence | None = None
    lacks: str = ""

    @property
    def words(self) -> str:
        """The cell of a table: the best that can be said."""
        if not self.statements:
            return self.lacks or self.absence.words
        return min(self.statements, key=lambda one: (one.match is Match.CLOSE, not one.listed)).words

    @property
    def same(self) -> bool:
        """Whether it states the matter itself, not only something near it."""
        return any(one.match is Match.SAME for one in self.statements)

    @property
    def sentences(self) -> list[str]:
        """The same as sentences to be heard: "江津区，写了。原文在专栏2 第 1 项，来源文本第 9 行：“…”" """
        if not self.statements:
            return [f"{self.place}，{self.words}。"]
        return [f"{self.place}，{one.words}。{one.note or ''}{_who(one)}原文在{one.place}：“{one.text}”" for one in self.statements]


def _who(statement: Statement) -> str:
    agencies = (("牵头单位", written(statement.lead)), ("责任单位", written(statement.responsible)))
    return "".join(f"{role}：{names}。" for role, names in agencies if names)


@dataclass(frozen=True)
class Overview:
    """One concept over plans in administrative order."""

    concept: Concept
    stances: tuple[Stance, ...]
    kind: str
    without: tuple[str, ...] = ()  # the districts whose plans have no table of tasks

    def within(self, plans: Sequence[Plan]) -> "Overview":
        """The same over some of the plans."""
        return Overview(self.concept, tuple(stance for stance in self.stances if stance.plan in plans), self.kind, self.without)

    @property
    def having(self) -> list[Stance]:
        return [stance for stance in self.stances if stance.statements]

    @cached_property
    def summary(self) -> list[str]:
        return list(self._summary())

    def _summary(self) -> Iterator[str]:
        total, having = count(len(self.stances)), self.having
        of = f"有任务分工表的{total}地" if self.kind == "tasks" else f"{total}地"
        same = [stance.place for stance in having if stance.same]
        near = [stance.place for stance in having if not stance.same]
        if len(same) == len(self.stances):
            yield f"{of}都写了这件事。"
        elif not having:
            yield f"{of}都没有写这件事。"
        else:
            said = [f"{'、'.join(same)}写了这件事"] * bool(same) + [f"{'、'.join(near)}写的是相近的事，有差别"] * bool(near)
            yield f"{of}里，{'；'.join(said)}。"
        text = [stance.place for stance in having if not any(one.listed for one in stance.statements)]
        if text and self.kind == "measures":
            yield f"{'、'.join(text)}没有列成专栏项目，写在别处。"
        groups: dict[str, list[str]] = {}
        for stance in self.stances:
            if not stance.statements:
                groups.setdefault(stance.words, []).append(stance.place)
        for words, places in groups.items():
            yield f"{'、'.join(places)}：{words}。"
        if self.without:
            yield f"{'、'.join(self.without)}的规划没有任务分工表。"

    @cached_property
    def shared(self) -> list[list[tuple[list[str], str]]]:
        """Matters that several places state: for each the (places, words) in which they do, places with the same words together."""
        return [said for cluster in self._clusters if len(cluster.texts) > 1 and (said := self._said(cluster))]

    @cached_property
    def own(self) -> list[tuple[str, list[str]]]:
        """(place, its clauses that are like none of the others here)."""
        found: dict[str, list[str]] = {}
        for cluster in self._clusters:
            if len(cluster.texts) == 1:
                index, clause = cluster.members[0]
                found.setdefault(self.having[index].place, []).append(clause.text)
        return list(found.items())

    @cached_property
    def _clusters(self) -> list[Cluster]:
        return sorted(clusters([_clauses(stance) for stance in self.having]), key=lambda cluster: -len(cluster.texts))

    def _said(self, cluster: Cluster) -> list[tuple[list[str], str]]:
        groups: dict[str, tuple[list[str], str]] = {}
        for index, clause in cluster.members:
            groups.setdefault(clause.folded, ([], clause.text))[0].append(self.having[index].place)
        return list(groups.values())


def _clauses(stance: Stance) -> list[Clause]:
    seen: dict[str, Clause] = {}
    for statement in stance.statements:
        for sentence in named_sentences(statement.name, statement.text):
            clause = Clause(statement.at, sentence, "", "")
            if clause.words:
                seen.setdefault(clause.folded, clause)
    return list(seen.values())


def measures(catalogue: Catalogue, plans: list[Plan] | None = None) -> list[Overview]:
    """All canonical measures over `plans`, by default the newest of each region."""
    plans = catalogue.current if plans is None else plans
    return [
        Overview(concept, tuple(_stance(catalogue, plan, plan.measure_mapping, concept) for plan in plans), "measures")
        for concept in catalogue.vocabulary.by_topic(catalogue.vocabulary.measures)
    ]


def tasks(catalogue: Catalogue, plans: list[Plan] | None = None) -> list[Overview]:
    """All canonical tasks over those of `plans` that have a table of tasks."""
    plans = catalogue.current if plans is None else plans
    having = [plan for plan in plans if plan.tasks]
    without = tuple(catalogue.label(plan) for plan in plans if not plan.tasks)
    return [
        Overview(concept, tuple(_task_stance(catalogue, plan, concept) for plan in having), "tasks", without)
        for concept in catalogue.vocabulary.by_topic(catalogue.vocabulary.tasks)
    ]


def _task_stance(catalogue: Catalogue, plan: Plan, concept: Concept) -> Stance:
    stance = _stance(catalogue, plan, plan.task_mapping, concept)
    return stance if stance.statements or stance.absence is not Absence.NOT_MENTIONED else Stance(plan, stance.place, (), stance.absence, "任务分工表里没有")


def _stance(catalogue: Catalogue, plan: Plan, mapping: Mapping | None, concept: Concept) -> Stance:
    place = catalogue.label(plan)
    if mapping is None or (concept.id not in mapping.not_mentioned and not mapping.of(concept.id)):
        return Stance(plan, place, (), Absence.NOT_ENTERED)
    found = tuple(_statement(catalogue, plan, one) for one in mapping.of(concept.id))
    return Stance(plan, place, found, None if found else Absence.NOT_MENTIONED)


def _statement(catalogue: Catalogue, plan: Plan, one: Mapped) -> Statement:
    element = plan.elements[one.at]
    place = place_of(plan, one.at)
    if isinstance(element, Task) and not one.quote:
        several = sum(other.at == one.at for other in plan.task_mapping.found) > 1
        note = (one.note or "") + (SEVERAL if several else "")
        return Statement(
            plan, one.at, prose.reading(plan, element, element.text), one.match, place, True, note or None, None,
            catalogue.lead(plan, element), catalogue.responsible(plan, element),
        )
    if isinstance(element, Item) and not one.quote:
        return Statement(plan, one.at, item_text(plan, element), one.match, place, True, one.note, element.title)
    return Statement(plan, one.at, one.quote or element.text_as_read, one.match, place, False, one.note)


def item_text(plan: Plan, item: Item) -> str:
    """Name and text of an item without its number, certain errata read in."""
    return "".join(prose.reading(plan, item, text) for text in (item.name, item.text) if text)


def unmapped(catalogue: Catalogue) -> Iterator[tuple[Plan, str, str, str]]:
    """(plan, id, words, why) of items and rows that are no canonical measure or task."""
    for plan in catalogue.current:
        for mapping, elements in ((plan.measure_mapping, [item for _, item in plan.measures]), (plan.task_mapping, plan.tasks)):
            told = {one.at for one in mapping.found} if mapping else set()
            why = {one.at: one.why for one in mapping.unmapped} if mapping else {}
            for element in elements:
                if element.id not in told:
                    yield plan, element.id, element.text_as_read, why.get(element.id, "还没有归类。")
