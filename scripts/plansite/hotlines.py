"""The help lines that plans name, with the sentence in which each stands."""

import re
from dataclasses import dataclass

from .catalogue import Catalogue
from .compare import place_of
from .places import PlanPlaces

NAMES = {"12385": "规划里叫“残疾人服务热线”。", "12345": "规划里叫“政务服务便民热线”或“服务热线”。"}
_SENTENCE = re.compile(r"[^。]*。?")


@dataclass(frozen=True)
class Mentioned:
    place: str
    quote: str
    where: str
    target: str


def hotlines(catalogue: Catalogue) -> list[tuple[str, str, list[Mentioned]]]:
    """(number, what plans call it, who names it), for each number that some plan names."""
    found: dict[str, list[Mentioned]] = {number: [] for number in NAMES}
    for plan in catalogue.current:
        places = PlanPlaces(plan, catalogue.region(plan))
        for element, _, text in plan.pieces():
            for sentence in _SENTENCE.findall(text):
                for number in NAMES:
                    if re.search(rf"(?<!\d){number}(?!\d)", sentence):
                        where = place_of(plan, element.id)
                        found[number].append(Mentioned(catalogue.label(plan), sentence.strip(), where, places.element(element.id)))
    return [(number, NAMES[number], rows) for number, rows in found.items() if rows]
