"""The names of the places that have a plan: all of them as one script for the place picker, and those of one plan."""

from collections.abc import Iterable

from ..catalogue import Catalogue
from ..model import Plan
from .calls import call

DRAFT = "稿"


def names(catalogue: Catalogue, plan: Plan) -> list[str]:
    """The name in a table and the whole name: 江津区, 重庆市江津区."""
    return [catalogue.label(plan), catalogue.place(plan) + ("（讨论稿）" if plan.draft else "")]


def script(catalogue: Catalogue, plans: Iterable[Plan]) -> str:
    """One call: placeNames(lines). A line a region, a dot before its name for each region above it; the slug follows where it has a plan, then 稿 of a draft."""
    chain = catalogue.vocabulary.chain
    lines: dict[str, str] = {}
    for plan in plans:
        *above, region = chain(plan.region)
        for depth, one in enumerate(above):
            lines.setdefault(one.code, "." * depth + one.name)
        lines[region.code] = f"{'.' * len(above)}{region.name} {region.slug}{f' {DRAFT}' if plan.draft else ''}"
    return call("placeNames", "\n".join(lines.values()))
