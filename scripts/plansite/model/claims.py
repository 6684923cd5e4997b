"""What we say of a plan beside its text: which canonical measure a clause is, who does what, what each number counts.

All of it is ours, not official; each claim names the element that it rests on.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .elements import Match
from .texts import CHINESE_DIGITS

WORDED = "文字"  # the unit of a commitment in words: 全覆盖


@dataclass(frozen=True)
class Mapped:
    """An element that states a canonical measure or task. `quote` where only some words of it do."""

    at: str
    concept: str
    match: Match
    note: str | None = None
    quote: str | None = None


@dataclass(frozen=True)
class Unmapped:
    """An item or row that is no measure or task of its own, and why."""

    at: str
    why: str


@dataclass(frozen=True)
class Mapping:
    """All of a plan's measures, or tasks: what was found, what is none, which concepts the plan lacks."""

    found: tuple[Mapped, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    not_mentioned: tuple[str, ...] = ()

    def of(self, concept: str) -> tuple[Mapped, ...]:
        return self._by_concept.get(concept, ())

    @cached_property
    def _by_concept(self) -> dict[str, tuple[Mapped, ...]]:
        found: dict[str, list[Mapped]] = {}
        for one in self.found:
            found.setdefault(one.concept, []).append(one)
        return {concept: tuple(same) for concept, same in found.items()}


class Role(StrEnum):
    """What an agency has to do with a task or clause."""

    LEADS = "leads"
    RESPONSIBLE = "responsible"
    JOINS = "joins"
    NAMED = "named"

    @property
    def words(self) -> str:
        return {"leads": "由它做", "responsible": "责任单位", "joins": "配合或参与", "named": "提到"}[self.value]


@dataclass(frozen=True)
class Duty:
    """A body that running text or a box names, as written, with what it does there."""

    at: str
    written: str
    agency: str
    role: Role
    quote: str
    note: str | None = None


class FigureKind(StrEnum):
    """Commitments are to be done under the plan; achievements were done before it."""

    COMMITMENT = "commitment"
    ACHIEVEMENT = "achievement"
    CONDITION = "condition"
    CONTEXT = "context"

    @property
    def words(self) -> str:
        return {"commitment": "承诺", "achievement": "前几年做到的", "condition": "条件", "context": "基本情况"}[self.value]


_OPERATORS = {
    ">=": ("不少于", "不低于"), ">": ("超过", "高于"), "<=": ("不超过", "不高于"), "<": ("少于", "低于"), "about": ("大约", "大约"), "nearly": ("接近", "接近"),
}
_EVERY = {"year": "每年", "half-year": "每半年", "quarter": "每季度", "month": "每月", "week": "每周", "day": "每天"}


@dataclass(frozen=True)
class Figure:
    """A number of a plan in its sentence. `value` is verbatim, in `unit`; see `number` for counting."""

    id: str
    at: str
    quote: str
    what: str
    value: str
    unit: str
    kind: FigureKind
    topic: str
    op: str = "="
    every: str | None = None
    by: str | None = None
    before: str | None = None
    within: str | None = None
    note: str | None = None

    @cached_property
    def words(self) -> str:
        """As it is read aloud: 每年不少于 3 家; 到 2025 年不低于 75%; 全覆盖."""
        period = _EVERY.get(self.every or "", "")
        if self.within:
            period = f"{self.within.replace('-', ' 至 ')} 年" + period
        if self.by:
            period = f"到 {self.by} 年" + period
        if self.before:
            period = f"{self.before} 年前" + period
        if self.unit == WORDED:
            return f"{period}“{self.value}”"
        percent = self.unit in ("%", "％")
        sign = "满" if self.op == ">=" and self.unit in ("周岁", "岁") else _OPERATORS.get(self.op, ("", ""))[percent]
        value = re.sub(r"\s+", "", self.value)
        value = re.sub(r"[-－—―]+", " 至 ", value)
        gap = "" if not value[:1].isdigit() or not (period or sign) else " "
        unit = "%" if percent else f" {self.unit}" if value[-1:].isascii() else self.unit
        return f"{period}{sign}{gap}{value}{unit}"

    @property
    def number(self) -> float | None:
        """The value as a number: 2.4万 is 24000, 两 is 2; None for words and ranges."""
        value = re.sub(r"\s+", "", self.value)
        if value in ("两", "十", *CHINESE_DIGITS):
            return {"两": 2, "十": 10}.get(value, CHINESE_DIGITS.get(value))
        if found := re.fullmatch(r"(\d+(?:\.\d+)?)([万亿]?)", value):
            number = float(found[1]) * {"": 1, "万": 10_000, "亿": 100_000_000}[found[2]]
            return int(number) if number.is_integer() else number
        return None


@dataclass(frozen=True)
class Offer:
    """What an element gives to somebody: for whom, what it helps with, in which form, and a plain sentence of ours.

    `quote` where only some words of the element give it. Audiences, needs and kinds are ids of the registries.
    `tasks` are the rows of the table of tasks that promise the same, `who` the bodies of the element's duties that do it, as written.
    """

    at: str
    plain: str
    audiences: tuple[str, ...]
    needs: tuple[str, ...]
    kinds: tuple[str, ...]
    quote: str | None = None
    tasks: tuple[str, ...] = ()
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plain:
    """A plain sentence for an element, here a row of the indicator table."""

    at: str
    plain: str


@dataclass(frozen=True)
class SetAside:
    """A number in the text that counts nothing: a name, a grade, a slogan."""

    at: str
    text: str
    why: str
