"""Lists by province: what an index lists plan by plan while there are few, a page a province lists when there are many."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from .. import places
from ..catalogue import Catalogue
from ..model import Plan
from ..provinces import City, Province, many, provinces
from .page import Page


@dataclass(frozen=True)
class Row:
    """A link with what is said behind it; a name alone without an address."""

    name: str
    url: str | None
    note: str = ""


def parted(catalogue: Catalogue, plans: Collection[Plan]) -> list[Province]:
    """The provinces that need pages of their own: none while all plans stand on the index."""
    return provinces(catalogue.vocabulary, plans) if many(catalogue.current) else []


def stock(one: Province) -> str:
    return f"{len(one.plans)} 份"


def index(found: list[Province], url: str, note: Callable[[Province], str]) -> list[Row]:
    """What the page `url` lists instead of plans: the provinces."""
    return [Row(one.province.name, places.in_province(url, one.province), note(one)) for one in found]


def by_province(
    found: list[Province], url: str, above: str, section: str, title: str, lead: str, row: Callable[[Plan], Row], find: str | None = None,
    crumbs: tuple[tuple[str, str], ...] = (), files: Sequence[tuple[str, str]] = (),
) -> Iterator[Page]:
    """A page for each province, below the page `url` with the name `above` and those in `crumbs`. In `title` and `lead` {} is the province.
    `find`: the part of a district's page to which the field for place names leads; without it there is no field.
    `files` are (name, address) of tables that there are for each province."""
    for one in found:
        name = one.province.name
        rows = {plan.id: row(plan) for plan in one.plans}
        names = told_apart(one, lambda plan, rows=rows: rows[plan.id].name)
        yield Page(
            places.in_province(url, one.province), "list-province.html", title.format(name), lead.format(name), section,
            crumbs=(("首页", places.HOME), *crumbs, (above, url), (name, None)), contents=tuple((city.id, city.name) for city in one.cities),
            context={"lead": lead.format(name), "cities": [(city, [replace(rows[plan.id], name=names[plan.id]) for plan in city.plans]) for city in one.cities], "find": find,
                     "files": [(name, places.in_province(url, one.province)) for name, url in files]},
        )


def told_apart(one: Province, name: Callable[[Plan], str]) -> dict[str, str]:
    """Names of places by the id of their plan, no two alike on one page: a city is told from its heading, and counties of one name by their cities."""
    times = Counter(name(plan) for plan in one.plans)

    def named(city: City, plan: Plan) -> str:
        if plan.region.endswith("00"):
            return f"整个{name(plan)}"
        return f"{city.name}{name(plan)}" if times[name(plan)] > 1 else name(plan)

    return {plan.id: named(city, plan) for city in one.cities for plan in city.plans}
