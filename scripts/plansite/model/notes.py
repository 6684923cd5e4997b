"""What stands beside the text: page furniture, errata, remarks."""

import re
from dataclasses import dataclass
from enum import StrEnum

from .elements import Lines


class Certainty(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"

    @property
    def words(self) -> str:
        return {"certain": "很大", "likely": "较大", "unsure": "不确定"}[self.value]


@dataclass(frozen=True)
class Furniture:
    """Characters of the source that are no part of the plan: a page number, web page decoration."""

    id: str
    lines: tuple[Lines, ...]
    kind: str
    why: str
    text: str | None = None


@dataclass(frozen=True)
class Erratum:
    """Visible damage: what the source has, what is evidently meant, how sure, why."""

    id: str
    at: str
    lines: Lines
    found: str
    reading: str
    certainty: Certainty
    kind: str
    why: str

    @property
    def number(self) -> int:
        return int(re.sub(r"\D", "", self.id))

    @property
    def corrects(self) -> bool:
        """Whether pages show the reading instead of what was found."""
        return self.certainty is Certainty.CERTAIN and self.kind != "split"

    @property
    def noted(self) -> bool:
        """Whether it has a note at its place.

        A rejoined page break or a stray space needs none; what is unsure stands on the page of
        errata alone, where it does not interrupt.
        """
        return self.certainty is not Certainty.UNSURE and self.kind not in ("split", "spacing")


@dataclass(frozen=True)
class Remark:
    """An editor's note beside clauses, such as that a plan contradicts itself."""

    id: str
    at: tuple[str, ...]
    text: str
