"""Figures of a plan: why there is none, and what one says."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Absence(StrEnum):
    """Why there is nothing: absence is data, never an empty cell."""

    NOT_MENTIONED = "not_mentioned"
    NOT_QUANTIFIED = "not_quantified"
    NOT_APPLICABLE = "not_applicable"
    ANNEX_UNPUBLISHED = "annex_unpublished"
    NOT_ENTERED = "not_entered"

    @property
    def words(self) -> str:
        return ABSENCE_WORDS[self]


ABSENCE_WORDS = {
    Absence.NOT_MENTIONED: "未提及",
    Absence.NOT_QUANTIFIED: "提到，未定数",
    Absence.NOT_APPLICABLE: "不适用",
    Absence.ANNEX_UNPUBLISHED: "附件未公开",
    Absence.NOT_ENTERED: "尚未录入",
}
_OPERATORS = {">": ">", "＞": ">", "≥": ">=", "<": "<", "＜": "<", "≤": "<=", "=": "=", "": "="}
_OPERATOR_WORDS = {">": "高于", ">=": "不低于", "<": "低于", "<=": "不高于", "=": ""}
_QUANTITY = re.compile(r"^(不低于|不少于|高于|[>＞≥<＜≤=]?)\s*(\d+(?:\.\d+)?)\s*([%％]?|[^\d\s]{1,3})$")
_DASHES = re.compile(r"^[—－–-]+$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A baseline or target: `raw` as written, and an operator with a value, or words.

    `value` is in the unit of the indicator. `absence` is set where the source has a dash.
    """

    raw: str
    op: str | None = None
    value: float | None = None
    text: str | None = None
    absence: Absence | None = None
    unit: str | None = None

    @classmethod
    def parse(cls, raw: str) -> "Quantity":
        """Read "＞90", "≥60", "94%", "300 户", "不低于85%"; anything else is words."""
        if _DASHES.match(raw):
            return cls(raw, absence=Absence.NOT_QUANTIFIED)
        if found := _QUANTITY.match(raw):
            sign, number, unit = found.groups()
            op = {"不低于": ">=", "不少于": ">=", "高于": ">"}.get(sign) or _OPERATORS[sign]
            value = float(number)
            return cls(raw, op, int(value) if value.is_integer() else value, unit=unit.replace("％", "%") or None)
        return cls(raw, text=raw)

    def words(self, unit: str | None) -> str:
        """The value as it is read aloud: "高于 90%", "2000 人", or the words of the plan."""
        if self.absence:
            return self.absence.words
        if self.value is None:
            return self.text or self.raw
        unit = self.unit or unit or ""
        gap = "" if unit == "%" else " "
        return f"{_OPERATOR_WORDS[self.op]} {self.value}{gap}{unit}".strip()
