"""The pages that lay plans side by side: indicators, measures, tasks, figures, agencies, topics, texts."""

from collections.abc import Iterator

from .. import compare, figures, measures, places
from ..catalogue import Catalogue
from ..derived import Derived
from ..model import FigureKind
from ..vocabulary import Topic
from .choose import chooser
from .page import Page

# What can be compared: name, address, what it shows.
KINDS = (
    ("主要指标", places.COMPARE, "同一项指标，各地到 2025 年的目标。"),
    ("专栏项目", places.MEASURES, "同一种做法，哪里写了，怎样写。"),
    ("任务分工", places.TASKS, "同一件事，各地由谁牵头、谁负责。"),
    ("数字承诺", places.FIGURES, "规划答应做到的每一个数，带原文。"),
    ("单位", places.AGENCIES, "一个单位在各地要做哪些事。"),
    ("主题", places.TOPICS, "就业、康复、教育……各地放在一起看。"),
    ("两地逐句比", places.TEXTS, "两份规划，哪些话一样，哪些不一样。"),
    ("自己选", places.CHOOSE, "选几个地方、几件事，做一张表。"),
)
_ABOVE = (("首页", places.HOME), ("比一比", places.COMPARE))


def compare_pages(catalogue: Catalogue, derived: Derived) -> Iterator[Page]:
    yield matrix(catalogue, derived)
    for comparison in derived.indicators:
        yield indicator(comparison)
    for kind, made in (("measures", derived.measures), ("tasks", derived.tasks)):
        yield concepts(catalogue, kind, made)
        for overview in made:
            yield concept(kind, overview)
    yield commitments(catalogue, derived)
    yield agency_index(derived)
    for record in derived.agencies:
        yield agency(catalogue, record)
    topics = [made for topic in catalogue.vocabulary.topics.values() if (made := topic_page(catalogue, derived, topic))]
    yield topic_index([made.context["topic"] for made in topics])
    yield from topics
    yield text_index(derived)
    for text in derived.texts:
        yield text_pair(catalogue, text)
    yield chooser(catalogue, derived)
    yield method_of_plans(catalogue)


def matrix(catalogue: Catalogue, derived: Derived) -> Page:
    return Page(
        places.COMPARE, "compare.html", "比一比：主要指标", "各地残疾人规划的主要指标放在一张表里，写明没有数字的原因。", "compare",
        crumbs=(("首页", places.HOME), ("比一比", None)), contents=(("kinds", "比什么"), ("summary", "先说结论"), ("matrix", "逐项指标"), ("words", "表里的词")),
        context={"comparisons": derived.indicators, "plans": catalogue.current, "kinds": KINDS},
    )


def indicator(comparison) -> Page:
    name = comparison.concept.name
    return Page(
        places.indicator(comparison.concept), "indicator.html", name, f"{name}：各地目标、原文依据和不能直接比的地方。", "compare",
        crumbs=(*_ABOVE, (name, None)),
        contents=(("table", "各地目标"), ("sentences", "逐地说明"), ("definition", "这项指标是什么")),
        context={"comparison": comparison},
    )


_WORDS = {
    "measures": ("专栏项目", "各地专栏和正文里的同一种做法放在一起：哪里写了，哪里没有。", places.MEASURES),
    "tasks": ("任务分工", "各地任务分工表里的同一件事放在一起：谁牵头，谁负责。", places.TASKS),
}


def concepts(catalogue: Catalogue, kind: str, made: list[measures.Overview]) -> Page:
    """The table of all concepts of a kind by broad topic."""
    title, description, url = _WORDS[kind]
    vocabulary = catalogue.vocabulary
    columns = [plan for plan in catalogue.current if kind == "measures" or plan.tasks]
    groups: dict[str, list[measures.Overview]] = {}
    for overview in made if columns else ():
        groups.setdefault(vocabulary.field(overview.concept.topic), []).append(overview)
    return Page(
        url, "concepts.html", f"比一比：{title}", description, "compare",
        crumbs=(*_ABOVE, (title, None)), contents=tuple((field, vocabulary.topics[field].name) for field in groups),
        context={
            "kind": kind, "lead": description, "plans": columns, "without": [plan for plan in catalogue.current if plan not in columns],
            "groups": [(vocabulary.topics[field], found) for field, found in groups.items()],
        },
    )


def concept(kind: str, overview: measures.Overview) -> Page:
    name = overview.concept.name
    title, _, url = _WORDS[kind]
    return Page(
        places.concept(kind, overview.concept), "concept.html", f"{'专栏项目' if kind == 'measures' else '任务'}：{name}", f"{name}：各地原文、相同和不同的地方。", "compare",
        crumbs=(*_ABOVE, (title, url), (name, None)),
        contents=(("table", "各地怎样写"), ("shared", "相同和不同"), ("definition", "这是什么")),
        context={"overview": overview, "kind": kind},
    )


def commitments(catalogue: Catalogue, derived: Derived) -> Page:
    groups = figures.by_topic(catalogue, derived.commitments)
    return Page(
        places.FIGURES, "figures.html", "数字承诺", "指标表以外，各地规划答应做到的数：做什么，多少，什么时候，原文在哪里。", "compare",
        crumbs=(*_ABOVE, ("数字承诺", None)), contents=tuple((id, catalogue.vocabulary.topics[id].name) for id, _ in groups),
        context={"groups": groups, "summary": figures.summary(catalogue, derived.commitments)},
    )


def agency_index(derived: Derived) -> Page:
    return Page(
        places.AGENCIES, "agencies.html", "单位", "规划里写到的单位，各在多少处牵头、负责或配合。", "compare",
        crumbs=(*_ABOVE, ("单位", None)), context={"records": derived.agencies},
    )


def agency(catalogue: Catalogue, record) -> Page:
    name = record.agency.name
    return Page(
        places.agency(record.agency), "agency.html", f"单位：{name}", f"{name}：在各地的规划里要做哪些事，原文在哪里。", "compare",
        crumbs=(*_ABOVE, ("单位", places.AGENCIES), (name, None)),
        contents=tuple((catalogue.region(plan).slug, catalogue.label(plan)) for plan in record.plans), context={"record": record},
    )


def topic_index(topics: list[Topic]) -> Page:
    return Page(
        places.TOPICS, "topics.html", "主题", "按主题看：就业、康复、教育、无障碍，各地规划写了什么。", "topics",
        crumbs=(("首页", places.HOME), ("主题", None)), context={"topics": topics},
    )


def topic_page(catalogue: Catalogue, derived: Derived, topic) -> Page | None:
    """Everything under a topic and the topics below it; None where the plans have nothing."""
    vocabulary = catalogue.vocabulary
    inner = vocabulary.within(topic.id)
    sections = [(plan, compare.under(derived.headings[plan.id], inner)) for plan in catalogue.current]
    context = {
        "topic": topic,
        "sections": [(plan, found) for plan, found in sections if found],
        "nowhere": [catalogue.label(plan) for plan, found in sections if not found],
        "indicators": [one for one in derived.indicators if one.concept.topic in inner],
        "measures": [one for one in derived.measures if one.concept.topic in inner],
        "tasks": [one for one in derived.tasks if one.concept.topic in inner],
        "figures": [entry for entry in derived.commitments if entry.figure.topic in inner],
        "agencies": [(record, found) for record in derived.agencies if (found := [part for part in record.parts if part.topic in inner])],
        "inner": [one for one in vocabulary.topics.values() if one.parent == topic.id],
    }
    names = (
        ("indicators", "指标"), ("measures", "专栏项目"), ("figures", "数字承诺"), ("tasks", "任务分工"), ("agencies", "单位"), ("sections", "在各地规划的哪里"),
    )
    contents = tuple((key, name) for key, name in names if context[key])
    if not contents:
        return None
    return Page(
        places.topic(topic), "topic.html", f"主题：{topic.name}", f"{topic.name}：各地规划的章节、专栏项目、指标、数字、任务和单位。", "topics",
        crumbs=(("首页", places.HOME), ("主题", places.TOPICS), (topic.name, None)), contents=contents, context=context,
    )


def text_index(derived: Derived) -> Page:
    return Page(
        places.TEXTS, "texts.html", "两地逐句比", "任选两份规划，逐句看哪些一样、哪些不一样。", "compare",
        crumbs=(*_ABOVE, ("两地逐句比", None)), context={"texts": derived.texts},
    )


def text_pair(catalogue: Catalogue, text) -> Page:
    title = f"{text.names[0]}和{text.names[1]}逐句比"
    return Page(
        places.text_pair(catalogue.region(text.one), catalogue.region(text.other)), "text-pair.html", title, f"{title}：相同、改写、多出和没有的句子。", "compare",
        crumbs=(*_ABOVE, ("两地逐句比", places.TEXTS), (title, None)),
        contents=tuple((field, catalogue.vocabulary.topics[field].name) for field in text.fields), context={"text": text},
    )


def method(catalogue: Catalogue, kinds: list[tuple[FigureKind, int]], asides: int, unmapped: list, total: int) -> Page:
    """How things were matched. `unmapped` are the (plan, id, words, why) that are listed, `total` is how many there are."""
    return Page(
        places.METHOD, "method.html", "怎样比较", "哪一项对应哪一项，谁定的，怎样定的，哪里可能有错。", "compare",
        crumbs=(*_ABOVE, ("怎样比较", None)), context={"kinds": kinds, "asides": asides, "unmapped": unmapped, "total": total},
    )


def method_of_plans(catalogue: Catalogue) -> Page:
    kinds = [(kind, sum(figure.kind is kind for plan in catalogue.current for figure in plan.figures)) for kind in FigureKind]
    found = list(measures.unmapped(catalogue))
    return method(catalogue, kinds, sum(len(plan.set_aside) for plan in catalogue.current), found, len(found))


def method_of_cards(catalogue: Catalogue) -> Page:
    """The same in numbers alone."""

    def total(name: str) -> int:
        return sum(card.numbers[name] for card in catalogue.current)

    return method(catalogue, [(kind, total(kind.value)) for kind in FigureKind], total("set_aside"), [], total("unmapped"))
