"""The help lines that plans name, with the sentence in which each stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .catalogue import Catalogue
from .compare import place_of
from .model import Plan

NAMES = {"12385": "规划里叫“残疾人服务热线”。", "12345": "规划里叫“政务服务便民热线”或“服务热线”。"}
_SENTENCE = re.compile(r"[^。]*。?")
_NUMBER = re.compile(rf"(?:{'|'.join(NAMES)})(?!\d)(?<!\d.{{5}})")  # the number first: a pattern that begins with it is found quickly


@dataclass(frozen=True)
class Mentioned:
    number: str
    place: str
    quote: str
    where: str
    target: str


def by_number(found: Iterable[Mentioned]) -> list[tuple[str, str, list[Mentioned]]]:
    """(number, what plans call it, who names it), for each number that some plan names."""
    rows: dict[str, list[Mentioned]] = {}
    for one in found:
        rows.setdefault(one.number, []).append(one)
    return [(number, words, rows[number]) for number, words in NAMES.items() if number in rows]


def of_plan(catalogue: Catalogue, plan: Plan) -> list[Mentioned]:
    """Each sentence of a plan that names a number, in the order of the plan."""
    at = catalogue.at(plan)
    return [
        Mentioned(number, catalogue.label(plan), sentence.strip(), place_of(plan, element.id), at.element(element.id))
        for element, _, text in plan.pieces if _NUMBER.search(text)
        for sentence in _SENTENCE.findall(text) for number in NAMES if number in _NUMBER.findall(sentence)
    ]
