"""What lays many plans side by side: a page a matter for the nation with its provinces, and a page a matter for each province with its places."""

from collections.abc import Iterator

from .. import places
from ..cards import Card, Says
from ..catalogue import Catalogue
from ..provinces import provinces
from ..surveys import KINDS, Kind, Matter, Tally, tally
from ..vocabulary import Region, Vocabulary
from .lists import told_apart
from .page import Page

Tallies = dict[str, dict[str, Tally]]  # by kind, then by matter


def province_pages(catalogue: Catalogue, province: Region, plans: list[tuple[Card, Says]]) -> Iterator[Page]:
    """The pages of a province. `plans` are in administrative order."""
    counted = tallies(catalogue.vocabulary, [said for _, said in plans])
    says = {card.id: said for card, said in plans}
    (found,) = provinces(catalogue.vocabulary, [card for card, _ in plans])
    names = told_apart(found, catalogue.label)
    at = {card.id: (names[card.id], places.district(catalogue.region(card))) for card, _ in plans}
    for kind in KINDS:
        for matter in kind.matters(catalogue.vocabulary):
            rows = [
                (city.name, [(at[card.id], says[card.id][kind.id].get(matter.id)) for card in city.plans])
                for city in found.cities
            ]
            name = f"{matter.name}（{province.name}）"
            yield Page(
                places.in_province(matter.url, province), "survey.html", name, f"{name}：各市、各区县规划怎样写。", kind.section,
                crumbs=(*_above(kind), (matter.name, matter.url), (province.name, None)),
                context={"kind": kind.id, "matter": matter, "sentence": kind.sentence(counted[kind.id][matter.id], province.name), "cities": rows, "column": kind.column, "absent": kind.absent},
            )
        if kind.index:
            yield _index(catalogue.vocabulary, kind, counted[kind.id], province)


def nation_pages(vocabulary: Vocabulary, provinces: list[tuple[Region, Tallies]]) -> Iterator[Page]:
    """The pages above them."""
    for kind in KINDS:
        whole: dict[str, Tally] = {}
        for matter in kind.matters(vocabulary):
            rows = [(province.name, places.in_province(matter.url, province), counted[kind.id][matter.id]) for province, counted in provinces]
            whole[matter.id] = sum((row[2] for row in rows), Tally())
            yield Page(
                matter.url, "survey-nation.html", matter.name, f"{matter.name}：各省规划怎样写，一共多少。", kind.section,
                crumbs=(*_above(kind), (matter.name, None)),
                context={"kind": kind, "matter": matter, "sentence": kind.sentence(whole[matter.id], "全国"), "rows": rows, "related": _related(vocabulary, kind, matter)},
            )
        if kind.index:
            yield _index(vocabulary, kind, whole, None, [(province.name, places.in_province(kind.index, province)) for province, _ in provinces])


def text_pages(texts: list[tuple[Region, tuple[str, str, str]]]) -> Iterator[Page]:
    """The lists of compared texts, each (names, address, what it comes to), by province."""
    found: dict[str, tuple[Region, list]] = {}
    for province, text in texts:
        found.setdefault(province.code, (province, []))[1].append(text)
    above = (("首页", places.HOME), ("比一比", places.COMPARE))
    title = "两地逐句比"
    rows = [(province.name, places.in_province(places.TEXTS, province), len(rows)) for province, rows in found.values()]
    yield Page(places.TEXTS, "texts-nation.html", title, "同一个省里的两份规划，逐句看哪些一样、哪些不一样。", "compare", crumbs=(*above, (title, None)), context={"provinces": rows})
    for province, compared in found.values():
        name = f"{title}（{province.name}）"
        yield Page(
            places.in_province(places.TEXTS, province), "texts-province.html", name, f"{name}。两份规划逐句看，哪些一样、哪些不一样。", "compare",
            crumbs=(*above, (title, places.TEXTS), (province.name, None)), context={"texts": compared},
        )


def tallies(vocabulary: Vocabulary, said: list[Says]) -> Tallies:
    return {kind.id: {matter.id: tally(one[kind.id].get(matter.id) for one in said) for matter in kind.matters(vocabulary)} for kind in KINDS}


def _index(vocabulary: Vocabulary, kind: Kind, counted: dict[str, Tally], province: Region | None, provinces=()) -> Page:
    groups: dict[str, list] = {}
    for matter in kind.matters(vocabulary):
        field = vocabulary.field(matter.topic) if matter.topic else ""
        groups.setdefault(field, []).append((matter.name, places.in_province(matter.url, province) if province else matter.url, counted[matter.id]))
    title = f"{kind.name}（{province.name}）" if province else kind.name
    here = (kind.name, kind.index) if province else (kind.name, None)
    return Page(
        places.in_province(kind.index, province) if province else kind.index, "survey-index.html", title, f"{title}。{kind.lead}", kind.section,
        crumbs=(*_above(kind)[:-1], here, *([(province.name, None)] if province else [])),
        contents=tuple((id, vocabulary.topics[id].name) for id in groups if id),
        context={
            "kind": kind, "where": province.name if province else "全国", "provinces": provinces,
            "groups": [(id, vocabulary.topics[id].name if id else "", [(name, url, kind.sentence(found, "").strip()) for name, url, found in rows]) for id, rows in groups.items()],
        },
    )


def _above(kind: Kind) -> tuple:
    """The way down to a matter, the index of its kind last."""
    first = (("首页", places.HOME), ("比一比", places.COMPARE)) if kind.section == "compare" and kind.id != "indicators" else (("首页", places.HOME),)
    return (*first, *([(kind.name if kind.id != "indicators" else "比一比", kind.index)] if kind.index else []))


def _related(vocabulary: Vocabulary, kind: Kind, matter: Matter) -> list[tuple[str, str, str]]:
    """(kind, name, address) of what belongs to a topic; the topic of anything else."""
    if kind.id == "topics":
        inner = vocabulary.within(matter.id)
        return [(other.name, one.name, one.url) for other in KINDS if other.id in ("indicators", "measures", "tasks") for one in other.of(vocabulary) if one.topic in inner]
    if matter.topic:
        topic = vocabulary.topics[matter.topic]
        return [("主题", topic.name, places.topic(topic))]
    return []
