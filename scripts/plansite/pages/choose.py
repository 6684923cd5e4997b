"""自己选着比: the form for a table of one's own."""

from .. import places
from ..catalogue import Catalogue
from ..derived import Derived
from ..provinces import many, provinces
from .page import Page


def chooser(catalogue: Catalogue, derived: Derived | None) -> Page:
    """Of few plans with all of them to tick, and their whole table; of many with a field for place names."""
    vocabulary, crowd = catalogue.vocabulary, many(catalogue.current)
    return Page(
        places.CHOOSE, "choose.html", "自己选着比", "选几个地方、几项指标、专栏项目或任务，做一张自己的表。", "compare",
        crumbs=(("首页", places.HOME), ("比一比", places.COMPARE), ("自己选着比", None)),
        context={
            "kinds": (
                ("indicators", "主要指标", list(vocabulary.indicators.values())), ("measures", "专栏项目", vocabulary.by_topic(vocabulary.measures)),
                ("tasks", "任务分工", vocabulary.by_topic(vocabulary.tasks)),
            ),
            "plans": [] if crowd else catalogue.current, "comparisons": [] if crowd else derived.indicators,
            "provinces": [one.province.name for one in provinces(vocabulary, catalogue.current)] if crowd else [],
        },
    )
