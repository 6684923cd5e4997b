"""我能得到什么: what the plans give to whom, by audience and by need; and the plain edition of a plan."""

from collections.abc import Iterator

from .. import hotlines, offers, places
from ..catalogue import Catalogue
from ..derived import MOST_COLUMNS, Derived
from ..model import Plan
from ..offers import Entry
from .page import Page

_ABOVE = (("首页", places.HOME), ("我能得到什么", places.FOR))


def offer_pages(catalogue: Catalogue, derived: Derived) -> Iterator[Page]:
    made = [(kind, label, found) for kind in ("audiences", "needs") for label, found in offers.by(catalogue, kind, derived.offers)]
    yield Page(
        places.FOR, "offers.html", "我能得到什么", "按是谁、要什么来找：各地规划答应给残疾人、家属和单位的帮助。", "for",
        crumbs=(("首页", places.HOME), ("我能得到什么", None)),
        context={"audiences": [row for row in made if row[0] == "audiences"], "needs": [row for row in made if row[0] == "needs"], "plans": _plans(derived.offers), "most": MOST_COLUMNS},
    )
    for kind, label, found in made:
        yield of_label(catalogue, kind, label, found)


def of_label(catalogue: Catalogue, kind: str, label, found: list) -> Page:
    """Offers for an audience, or for a need, district after district."""
    groups = [(plan, [entry for entry in found if entry.plan is plan]) for plan in _plans(found)]
    title = f"给谁：{label.name}" if kind == "audiences" else f"帮什么：{label.name}"
    return Page(
        places.offers(kind, label), "offers-of.html", title, f"{title}。各地规划答应的帮助，带原文。", "for", crumbs=(*_ABOVE, (title, None)),
        contents=tuple((catalogue.region(plan).slug, catalogue.label(plan)) for plan, _ in groups), context={"label": label, "kind": kind, "groups": groups},
    )


def easy_read(catalogue: Catalogue, plan: Plan, found: list[Entry]) -> dict:
    """What the plain edition of a plan needs; `found` are its offers."""
    return {
        "groups": offers.by(catalogue, "needs", found), "audiences": offers.by(catalogue, "audiences", found),
        "plain": {one.at: one.plain for one in plan.easy_indicators}, "hotlines": hotlines.of_plan(catalogue, plan),
    }


def _plans(found: list) -> list:
    return list({entry.plan.id: entry.plan for entry in found}.values())
