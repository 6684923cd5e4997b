"""Plans by province and city. A plan may be any object with a plan's `region` and `draft`."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from .model import Plan
from .vocabulary import Level, Region, Vocabulary

MOST = 12  # plans that one page lists, or a table has a column for


def many(plans: Collection[Plan]) -> bool:
    """Whether there are more plans than one page may list."""
    return len(plans) > MOST


@dataclass(frozen=True)
class City:
    """Plans of a city and its counties, or those straight under the province; `id` names it on its page."""

    id: str
    name: str
    plans: tuple[Plan, ...]


@dataclass(frozen=True)
class Province:
    province: Region
    cities: tuple[City, ...]

    @property
    def plans(self) -> list[Plan]:
        return [plan for city in self.cities for plan in city.plans]

    @property
    def drafts(self) -> int:
        return sum(plan.draft for plan in self.plans)

    def keep(self, wanted: Callable[[Plan], bool]) -> "Province":
        """The same with only the wanted plans."""
        kept = (City(city.id, city.name, tuple(filter(wanted, city.plans))) for city in self.cities)
        return Province(self.province, tuple(city for city in kept if city.plans))


def provinces(vocabulary: Vocabulary, plans: Iterable[Plan]) -> list[Province]:
    """Each province that has plans; provinces, cities and plans in the order of `plans`."""
    with_cities = {region.parent for region in vocabulary.regions.values() if region.level is Level.PREFECTURE}
    regions: dict[str, Region] = {}
    found: dict[str, dict[tuple[str, str], list[Plan]]] = {}
    for plan in plans:
        province, *below = vocabulary.chain(plan.region)
        if not below:
            city = ("whole", "省一级")
        elif below[0].level is Level.PREFECTURE:
            city = (below[0].slug, below[0].name)
        else:
            city = ("direct", f"{province.name}直辖" if province.code in with_cities else "区县")
        regions[province.code] = province
        found.setdefault(province.code, {}).setdefault(city, []).append(plan)
    return [Province(regions[code], tuple(City(id, name, tuple(inner)) for (id, name), inner in cities.items())) for code, cities in found.items()]
