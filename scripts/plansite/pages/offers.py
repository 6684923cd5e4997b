"""我能得到什么: what the plans give to whom, by audience and by need; and the plain edition of a plan."""

from collections.abc import Iterator, Mapping

from .. import hotlines, offers, places
from ..catalogue import Catalogue
from ..derived import Derived
from ..model import Plan
from ..offers import Entry, Given
from ..provinces import Province
from ..vocabulary import Label
from . import lists
from .page import Page

_ABOVE = (("首页", places.HOME), ("我能得到什么", places.FOR))
KINDS = ("audiences", "needs")


def offer_pages(catalogue: Catalogue, derived: Derived) -> Iterator[Page]:
    made = [(kind, label, found) for kind in KINDS for label, found in offers.by(catalogue, kind, derived.offers)]
    yield finder([(kind, label) for kind, label, _ in made], plans=_plans(derived.offers), provinces=[])
    for kind, label, found in made:
        yield of_label(catalogue, kind, label, found)


def finder(labels: list[tuple], **context) -> Page:
    """The form, and the ways without it; `labels` are the (kind, label) that have offers."""
    return Page(
        places.FOR, "offers.html", "我能得到什么", "按是谁、要什么来找：各地规划答应给残疾人、家属和单位的帮助。", "for",
        crumbs=(("首页", places.HOME), ("我能得到什么", None)),
        context={"audiences": [row for row in labels if row[0] == "audiences"], "needs": [row for row in labels if row[0] == "needs"], **context},
    )


def counted_pages(catalogue: Catalogue, given: Mapping[str, Given]) -> Iterator[Page]:
    """The same of many plans, by province: how much each gives, and the way to its own page. `given` by the id of the plan."""
    found = _keep(lists.parted(catalogue, catalogue.current), lambda plan: any(given[plan.id].values()))
    labels = [(kind, label) for kind in KINDS for label in getattr(catalogue.vocabulary, kind).values() if any(label.id in counts[kind] for counts in given.values())]
    yield finder(labels, plans=[], provinces=lists.index(found, places.FOR, lambda one: f"{len(one.plans)} 地"))
    yield from lists.by_province(
        found, places.FOR, "我能得到什么", "for", "我能得到什么：{}", "{}的规划给谁什么。点地名，再选您是谁。",
        lambda plan: lists.Row(catalogue.label(plan), f"{places.district(catalogue.region(plan))}#for"), find="#for",
    )
    for kind, label in labels:
        yield from _counted(catalogue, kind, label, found, {id: counts[kind].get(label.id, 0) for id, counts in given.items()})


def _counted(catalogue: Catalogue, kind: str, label: Label, provinces: list[Province], given: dict[str, int]) -> Iterator[Page]:
    """The pages of a label; `given` is the number of its offers by the id of the plan."""
    url, title = places.offers(kind, label), _title(kind, label)
    found = _keep(provinces, lambda plan: given[plan.id])

    def total(provinces: list[Province]) -> int:
        return sum(given[plan.id] for one in provinces for plan in one.plans)

    def row(plan: Plan) -> lists.Row:
        region = catalogue.region(plan)
        at = catalogue.at(plan)
        need = f"{at.page('easy-read')}#need-{label.id}" if plan.easy_summary else f"{places.district(region)}#for"
        return lists.Row(catalogue.label(plan), at.audience(label) if kind == "audiences" else need, f"{given[plan.id]} 条")

    yield _label_page(kind, label, sum(len(one.plans) for one in found), total(found), provinces=lists.index(found, url, lambda one: f"{len(one.plans)} 地，{total([one])} 条"))
    yield from lists.by_province(found, url, title, "for", title + "（{}）", f"{{}}的规划里，{_given_to(kind, label)}帮助。点地名，看有哪些。", row, crumbs=_ABOVE[1:])


def _keep(provinces: list[Province], wanted) -> list[Province]:
    """The provinces with only the wanted plans, without empty ones."""
    return [kept for one in provinces if (kept := one.keep(wanted)).cities]


def of_label(catalogue: Catalogue, kind: str, label: Label, found: list[Entry]) -> Page:
    """Offers for an audience, or for a need, district after district."""
    groups = [(plan, [entry for entry in found if entry.plan is plan]) for plan in _plans(found)]
    return _label_page(kind, label, len(groups), len(found), groups, tuple((catalogue.region(plan).slug, catalogue.label(plan)) for plan, _ in groups))


def _label_page(kind: str, label: Label, districts: int, total: int, groups=(), contents=(), provinces=()) -> Page:
    title = _title(kind, label)
    return Page(
        places.offers(kind, label), "offers-of.html", title, f"{title}。各地规划答应的帮助，带原文。", "for", crumbs=(*_ABOVE, (title, None)), contents=contents,
        context={"whose": _given_to(kind, label), "districts": districts, "total": total, "groups": groups, "provinces": provinces},
    )


def _title(kind: str, label: Label) -> str:
    return f"给谁：{label.name}" if kind == "audiences" else f"帮什么：{label.name}"


def _given_to(kind: str, label: Label) -> str:
    return f"给“{label.name}”的" if kind == "audiences" else f"和“{label.name}”有关的"


def easy_read(catalogue: Catalogue, plan: Plan, found: list[Entry]) -> dict:
    """What the plain edition of a plan needs; `found` are its offers."""
    return {
        "groups": offers.by(catalogue, "needs", found), "audiences": offers.by(catalogue, "audiences", found),
        "plain": {one.at: one.plain for one in plan.easy_indicators}, "hotlines": hotlines.of_plan(catalogue, plan),
    }


def _plans(found: list) -> list:
    return list({entry.plan.id: entry.plan for entry in found}.values())
