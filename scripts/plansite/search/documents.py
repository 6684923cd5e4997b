"""What can be found: every clause, measure, indicator and task of the plans, and the pages that lead on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .. import places, prose
from ..catalogue import Catalogue
from ..derived import Derived
from ..measures import item_text
from ..model import Box, Heading, Paragraph, Plan, Table
from ..vocabulary import Agency, Vocabulary, written

NAMES = 20  # of an agency by which it is found: a country writes it in a thousand ways, nearly all of them with the name of a place
KINDS = ("条款", "专栏项目", "指标", "任务", "标题", "本站网页")
CLAUSE, MEASURE, INDICATOR, TASK, HEADING, PAGE = range(len(KINDS))


@dataclass(frozen=True)
class Document:
    """One thing to find. `group` is the plan, or None for pages of the site; `title` tells where it stands in it.

    `plain` are our plain sentences for it: they say in everyday words what people look for. `audiences` are ids of the registry.
    """

    url: str
    group: str | None
    kind: int
    topic: str
    title: str
    text: str
    plain: str = ""
    audiences: tuple[str, ...] = ()


def documents(derived: Derived) -> list[Document]:
    """All, plan after plan, then their places, then the other pages of the site. The order is that of an index of few plans."""
    catalogue = derived.catalogue
    found = [document for plan in catalogue.current for document in of_plan(catalogue, plan)]
    return [*found, *(of_place(catalogue, plan) for plan in catalogue.current), *of_site(catalogue.vocabulary, [(record.agency, record.names) for record in derived.agencies])]


def of_plan(catalogue: Catalogue, plan: Plan) -> list[Document]:
    """What can be found in one plan, as it stands there. It rests on nothing but the plan and the vocabulary."""
    return list(_of_plan(catalogue, plan))


def of_place(catalogue: Catalogue, plan: Plan) -> Document:
    """The page of the district: where places are many, they are found by the words of the query alone."""
    return _page(places.district(catalogue.region(plan)), f"地区 {catalogue.label(plan)}", f"{catalogue.place(plan)}残疾人规划")


def of_site(vocabulary: Vocabulary, agencies: Iterable[tuple[Agency, Sequence[str]]]) -> list[Document]:
    """Agencies with their names in plans, topics, what is compared and terms: each leads to a page of its own. Of equals the broad come first."""
    return list(_of_site(vocabulary, agencies))


def _of_plan(catalogue: Catalogue, plan: Plan) -> Iterator[Document]:
    at = catalogue.at(plan)
    audiences: dict[str, list[str]] = {}
    for offer in plan.offers:
        audiences.setdefault(offer.at, []).extend(offer.audiences)

    def made(element, kind: int, title: str, text: str) -> Document:
        plain = "".join(plan.plain_at.get(element.id, ()))
        return Document(at.element(element.id), plan.id, kind, catalogue.topic_at(plan, element.id) or "", title, text, plain, tuple(dict.fromkeys(audiences.get(element.id, ()))))

    for block in plan.blocks():
        if isinstance(block, Heading):
            above = plan.headings_above(block.id)[:-1]
            yield made(block, HEADING, prose.label(plan, block), "　".join(prose.label(plan, one) for one in (*above, block)))
        elif isinstance(block, Paragraph):
            above = plan.headings_above(block.id)
            yield made(block, CLAUSE, prose.label(plan, above[-1]) if above else "通知和前言", prose.reading(plan, block, block.text))
        elif isinstance(block, Box):
            for item in block.items:
                yield made(item, MEASURE, f"{block.mark} {item.title or block.title}", item_text(plan, item))
            for row in plan.rows(block.table) if block.table else ():
                concept = catalogue.vocabulary.indicators.get(row.concept or "")
                words = f"{row.name}：{row.quantity().words(row.unit)}"
                yield Document(at.element(row.id), plan.id, INDICATOR, concept.topic if concept else "", f"指标 {row.name}", words)
        elif isinstance(block, Table):
            for task in plan.rows(block):
                who = written(catalogue.lead(plan, task))
                text = prose.reading(plan, task, task.text) + (f"牵头单位：{who}。" if who else "")
                yield made(task, TASK, f"任务分工 第 {task.ordinal} 项", text)


def _page(url: str, title: str, text: str, topic: str = "") -> Document:
    return Document(url, None, PAGE, topic, title, text)


def _of_site(vocabulary: Vocabulary, agencies: Iterable[tuple[Agency, Sequence[str]]]) -> Iterator[Document]:
    for agency, names in agencies:
        yield _page(places.agency(agency), f"单位 {agency.name}", "、".join(names[:NAMES]) + "。" + agency.definition)
    for topic in vocabulary.topics.values():
        yield _page(places.topic(topic), f"主题 {topic.name}", f"{topic.name}。{topic.definition}", topic.id)
    for concept in vocabulary.indicators.values():
        yield _page(places.indicator(concept), f"各地比较 {concept.name}", "、".join((concept.name, *concept.aliases)) + "。" + concept.definition, concept.topic)
    for kind, name, concepts in (("measures", "专栏项目", vocabulary.measures), ("tasks", "任务", vocabulary.tasks)):
        for concept in vocabulary.by_topic(concepts):
            yield _page(places.concept(kind, concept), f"各地比较 {name} {concept.name}", "、".join((concept.name, *concept.aliases)) + "。" + concept.definition, concept.topic)
    for term in vocabulary.glossary.values():
        yield _page(f"glossary.html#{term.id}", f"词语 {term.term}", "、".join((term.term, *term.aliases)) + "。" + term.definition)
