"""One plan, whole: facts about the document, its parts in order, its rows, its notes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from .claims import Duty, Figure, Mapping, Offer, Plain, SetAside, Unmapped
from .elements import Block, Box, Element, Heading, Indicator, Item, Mention, Row, Table, Task
from .notes import Erratum, Furniture, Remark
from .quantity import Absence


class Status(StrEnum):
    FINAL = "final"
    DRAFT = "draft"


@dataclass(frozen=True)
class Fact:
    """A fact about the document with the id of the block that shows it."""

    value: str
    at: str


@dataclass(frozen=True)
class LegalBasis:
    title: str
    at: str
    number: str | None = None


@dataclass(frozen=True)
class Period:
    start: int
    end: int

    @property
    def slug(self) -> str:
        return f"{self.start}-{self.end}"

    @property
    def words(self) -> str:
        return f"{self.start} 至 {self.end} 年"

    def ended(self, today: date) -> bool:
        return today.year > self.end

    @classmethod
    def spanning(cls, periods: Iterable["Period"]) -> "Period":
        """From the first year to the last of some periods: it has ended when all have."""
        found = list(periods)
        return cls(min(period.start for period in found), max(period.end for period in found))


@dataclass(frozen=True)
class Source:
    sha256: str
    encoding: str = "utf-8"
    note: str | None = None


PARTS = ("notice", "plan", "annex", "colophon")


@dataclass(frozen=True)
class Plan:
    """One plan, whole. Facts that a document does not state are an Absence."""

    region: str
    period: Period
    status: Status
    title: Fact
    source: Source
    document_number: Fact | Absence
    issuer: Fact | Absence
    addressees: Fact | Absence
    signed: Fact | Absence
    printed: Fact | Absence
    published: Fact | Absence
    index_number: Fact | Absence
    openness: Fact | Absence
    copied_to: Fact | Absence
    legal_bases: tuple[LegalBasis, ...] = ()
    mentions: tuple[Mention, ...] = ()
    not_mentioned: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    parts: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    tasks: tuple[Task, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    errata: tuple[Erratum, ...] = ()
    measure_mapping: Mapping | None = None  # None: nobody has read the plan for it yet
    task_mapping: Mapping | None = None
    duties: tuple[Duty, ...] = ()
    figures: tuple[Figure, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    offers: tuple[Offer, ...] = ()
    giving_nothing: tuple[Unmapped, ...] = ()
    easy_summary: tuple[str, ...] = ()
    easy_indicators: tuple[Plain, ...] = ()
    folder: str = ""

    @property
    def id(self) -> str:
        return self.folder

    @property
    def draft(self) -> bool:
        return self.status is Status.DRAFT

    def blocks(self) -> Iterator[Block]:
        for part in PARTS:
            yield from self.parts.get(part, ())

    def rows(self, table: Table) -> tuple[Row, ...]:
        return self.indicators if table.table == "indicators" else self.tasks

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(b for b in self.blocks() if isinstance(b, Box))

    @cached_property
    def measures(self) -> tuple[tuple[Box, Item], ...]:
        return tuple((box, item) for box in self.boxes for item in box.items)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(b for b in self.blocks() if isinstance(b, Heading))

    @cached_property
    def chapters(self) -> tuple[tuple[Heading, tuple[Block, ...]], ...]:
        """Each chapter heading with all that follows until the next."""
        found: list[tuple[Heading, list[Block]]] = []
        for block in self.parts.get("plan", ()):
            if isinstance(block, Heading) and block.level == 1:
                found.append((block, []))
            elif found:
                found[-1][1].append(block)
        return tuple((heading, tuple(blocks)) for heading, blocks in found)

    @cached_property
    def preamble(self) -> tuple[Block, ...]:
        """What stands in the plan before its first chapter."""
        found = []
        for block in self.parts.get("plan", ()):
            if isinstance(block, Heading):
                break
            found.append(block)
        return tuple(found)

    @cached_property
    def pieces(self) -> tuple[tuple[Element, str, str], ...]:
        """The whole text in the order of the document: (element, key, verbatim string)."""
        return tuple(self._pieces())

    def _pieces(self) -> Iterator[tuple[Element, str, str]]:
        for block in self.blocks():
            if isinstance(block, Table):
                yield from self._table_pieces(block)
                continue
            for key, text in block.fields():
                yield block, key, text
            if isinstance(block, Box):
                if block.table:
                    yield from self._table_pieces(block.table)
                for part in block.contents():
                    for key, text in part.fields():
                        yield part, key, text

    def _table_pieces(self, table: Table) -> Iterator[tuple[Element, str, str]]:
        for key, text in table.fields():
            yield table, key, text
        for row in self.rows(table):
            for key, text in row.cells(table.columns):
                yield row, key, text

    @cached_property
    def elements(self) -> dict[str, Element]:
        """Everything with an id, by id, in the order of the document."""
        found: dict[str, Element] = {}
        for element, _, _ in self.pieces:
            found.setdefault(element.id, element)
        return found

    @cached_property
    def _headings_by_id(self) -> dict[str, Heading]:
        return {heading.id: heading for heading in self.headings}

    def headings_above(self, at: str) -> list[Heading]:
        """The headings over an element whose id tells them (c3.s1.u2.p1), itself included, the chapter first."""
        above, _, _ = at.rpartition(".")
        found = self.headings_above(above) if above else []
        return [*found, self._headings_by_id[at]] if at in self._headings_by_id else found

    @cached_property
    def box_of(self) -> dict[str, Box]:
        """The box that each item stands in, and each box itself, by id."""
        return {id: box for box in self.boxes for id in (box.id, *(item.id for item in box.items))}

    @cached_property
    def indicator_box(self) -> Box | None:
        """The box with the indicator table."""
        return next((box for box in reversed(self.boxes) if box.table and box.table.table == "indicators"), None)

    @property
    def easy_texts(self) -> tuple[str, ...]:
        """All plain sentences."""
        return (*self.easy_summary, *(one.plain for one in (*self.offers, *self.easy_indicators)))

    @cached_property
    def plain_at(self) -> dict[str, tuple[str, ...]]:
        """The plain sentences that stand beside an element."""
        found: dict[str, list[str]] = {}
        for one in (*self.offers, *self.easy_indicators):
            found.setdefault(one.at, []).append(one.plain)
        return {key: tuple(dict.fromkeys(value)) for key, value in found.items()}

    @cached_property
    def errata_at(self) -> dict[str, tuple[Erratum, ...]]:
        found: dict[str, list[Erratum]] = {}
        for erratum in self.errata:
            found.setdefault(erratum.at, []).append(erratum)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def places_said(self) -> dict[str, str]:
        """Where elements stand, in words, by id, as far as compare.place_of was asked: several claims rest on one element."""
        return {}

    @cached_property
    def noted(self) -> frozenset[str]:
        """The ids of elements that have a note beside them: on an erratum, or a remark."""
        return frozenset((*(erratum.at for erratum in self.errata if erratum.noted), *self.remarks_at))

    @cached_property
    def remarks_at(self) -> dict[str, tuple[Remark, ...]]:
        found: dict[str, list[Remark]] = {}
        for remark in self.remarks:
            for at in remark.at:
                found.setdefault(at, []).append(remark)
        return {key: tuple(value) for key, value in found.items()}
