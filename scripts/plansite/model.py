"""A plan as it stands: parts, blocks and rows with the source lines that they came from.

Texts are verbatim. White space between Chinese characters is not part of them; everything
else is. What can be computed (levels, names without their full stop, values of targets) is a
property and never stands in the data.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


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


class Status(StrEnum):
    FINAL = "final"
    DRAFT = "draft"


class Match(StrEnum):
    """How far an indicator as written is the canonical one."""

    SAME = "same"
    CLOSE = "close"
    NONE = "none"


class Certainty(StrEnum):
    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"

    @property
    def words(self) -> str:
        return {"certain": "很大", "likely": "较大", "unsure": "不确定"}[self.value]


@dataclass(frozen=True, slots=True)
class Lines:
    """A run of source lines, 1-based, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def words(self) -> str:
        return f"第 {self.first} 行" if self.first == self.last else f"第 {self.first} 至 {self.last} 行"


# --- quantities -----------------------------------------------------------------------------

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


# --- the parts of the text ------------------------------------------------------------------


@dataclass(frozen=True)
class Element:
    """Anything with an id for life and the source lines that it came from."""

    id: str
    lines: Lines

    def fields(self) -> Iterator[tuple[str, str]]:
        """The verbatim strings in reading order, each with its key in the data."""
        raise NotImplementedError

    @property
    def text_as_read(self) -> str:
        return join_words(text for _, text in self.fields())


def join_words(texts: Iterable[str]) -> str:
    """Texts one behind the other, with a space only where letters or digits would touch."""
    whole = ""
    for text in filter(None, texts):
        if whole and whole[-1].isascii() and whole[-1].isalnum() and text[0].isascii() and text[0].isalnum():
            whole += " "
        whole += text
    return whole


@dataclass(frozen=True)
class Heading(Element):
    """第一章 / 第一节 / （一） / 1. — `heading` is its title, with a full stop where it is run in."""

    heading: str
    number: str | None = None
    topic: str | None = None

    @property
    def level(self) -> int:
        """1 for a chapter; the id tells: c3 is 1, c3.s1 is 2, c3.s1.u2 is 3."""
        return self.id.count(".") + 1

    @property
    def title(self) -> str:
        """The title without the stop that ends a run-in heading."""
        return self.heading.rstrip("。：:")

    @property
    def label(self) -> str:
        """Number and title as one line."""
        gap = "　" if self.number and re.search(r"[章节]$", self.number) else ""
        return f"{self.number or ''}{gap}{self.title}"

    def fields(self):
        if self.number:
            yield "number", self.number
        yield "heading", self.heading


@dataclass(frozen=True)
class Paragraph(Element):
    text: str
    role: str | None = None

    def fields(self):
        yield "text", self.text


@dataclass(frozen=True)
class Entry(Element):
    """A line of the metadata that a web page gives for a document; `text` may be empty there."""

    entry: str
    text: str | None = None

    def fields(self):
        yield "entry", self.entry
        if self.text:
            yield "text", self.text


@dataclass(frozen=True)
class Group(Element):
    """A group of items in a box; numbering restarts in it."""

    title: str
    number: str | None = None

    @property
    def label(self) -> str:
        return f"{self.number or ''}{self.title}"

    def fields(self):
        if self.number:
            yield "number", self.number
        yield "title", self.title


@dataclass(frozen=True)
class Item(Element):
    """One measure of a box. Number and name may be missing (a group that is one paragraph)."""

    text: str | None = None
    number: str | None = None
    name: str | None = None
    group: str | None = None

    @property
    def title(self) -> str | None:
        return self.name.rstrip("。：:") if self.name else None

    @property
    def ordinal(self) -> int | None:
        return ordinal(self.number)

    def fields(self):
        for key in ("number", "name", "text"):
            if value := getattr(self, key):
                yield key, value


@dataclass(frozen=True)
class Column:
    """A column of a source table: its header and the fields of a row that its cells hold."""

    header: str
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Table(Element):
    """Where the rows of indicators.yml or tasks.yml stand in the document; `lines` is the header row."""

    table: str
    columns: tuple[Column, ...]

    def fields(self):
        for column in self.columns:
            yield "header", column.header


@dataclass(frozen=True)
class Box(Element):
    """专栏: groups and items of measures, or a table of indicators."""

    box: str
    title: str
    topic: str | None = None
    groups: tuple[Group, ...] = ()
    items: tuple[Item, ...] = ()
    table: Table | None = None

    @property
    def number(self) -> int | None:
        return ordinal(self.box)

    @property
    def mark(self) -> str:
        """The box as it is referred to: 专栏1, however the source writes it."""
        return f"专栏{self.number}" if self.number else "专栏"

    @property
    def label(self) -> str:
        return f"{self.mark}　{self.title}"

    def fields(self):
        yield "box", self.box
        yield "title", self.title

    def contents(self) -> Iterator[Group | Item]:
        """Groups and items in the order of the document."""
        seen = set()
        groups = {g.id: g for g in self.groups}
        for item in self.items:
            if item.group and item.group not in seen and item.group in groups:
                seen.add(item.group)
                yield groups[item.group]
            yield item
        yield from (g for g in self.groups if g.id not in seen)

    def grouped(self) -> Iterator[tuple[Group | None, list[Item]]]:
        """Runs of items below their group, None for items that have none."""
        run: list[Item] = []
        current: Group | None = None
        for part in self.contents():
            if isinstance(part, Group):
                if run or current:
                    yield current, run
                current, run = part, []
            else:
                run.append(part)
        yield current, run


Block = Heading | Paragraph | Entry | Box | Table


@dataclass(frozen=True)
class Row(Element):
    """A row of a source table; `columns` of its table say in which order its fields stand."""

    def cells(self, columns: tuple[Column, ...]) -> Iterator[tuple[str, str]]:
        for column in columns:
            for key in column.holds:
                value = getattr(self, key, None)
                if isinstance(value, str) and not isinstance(value, Absence):
                    yield key, value

    @property
    def ordinal(self) -> int | None:
        return ordinal(self.number)


_UNIT = re.compile(r"[（(]([^（()）]+)[)）]$")


@dataclass(frozen=True)
class Indicator(Row):
    """A row of the indicator table. `label` is the cell as written, its unit in brackets and all;
    `unit_cell` is the unit where the table has a column for it.
    """

    number: str
    label: str
    target: str | Absence
    unit_cell: str | Absence = Absence.NOT_MENTIONED
    baseline: str | Absence = Absence.NOT_MENTIONED
    nature: str | Absence = Absence.NOT_MENTIONED
    concept: str | None = None
    match: Match = Match.NONE
    note: str | None = None

    def fields(self):
        for key in ("number", "label", "unit_cell", "baseline", "target", "nature"):
            value = getattr(self, key)
            if isinstance(value, str) and not isinstance(value, Absence):
                yield key, value

    @property
    def name(self) -> str:
        return _UNIT.sub("", self.label)

    @property
    def unit(self) -> str | None:
        if not isinstance(self.unit_cell, Absence):
            return self.unit_cell.replace("％", "%")
        found = _UNIT.search(self.label)
        return found[1].replace("％", "%") if found else None

    @property
    def binding(self) -> bool | None:
        return {"约束性": True, "预期性": False}.get(str(self.nature))

    def quantity(self, key: str = "target") -> Quantity:
        value = getattr(self, key)
        if isinstance(value, Absence):
            return Quantity("", absence=value)
        return Quantity.parse(value)


@dataclass(frozen=True)
class Task(Row):
    """A row of the table of tasks; agencies as written, split and resolved by the registry."""

    number: str
    text: str
    lead: str | Absence
    responsible: str | Absence

    def fields(self):
        for key in ("number", "text", "lead", "responsible"):
            value = getattr(self, key)
            if isinstance(value, str) and not isinstance(value, Absence):
                yield key, value


@dataclass(frozen=True)
class Mention:
    """What a plan says of a canonical indicator outside its indicator table.

    `target` is the figure inside `quote`, or an absence (not_quantified).
    """

    concept: str
    at: str
    quote: str
    target: str | Absence = Absence.NOT_QUANTIFIED
    unit: str | None = None
    match: Match = Match.CLOSE
    note: str | None = None

    def quantity(self) -> Quantity:
        if isinstance(self.target, Absence):
            return Quantity("", absence=self.target)
        return Quantity.parse(self.target)


# --- beside the text ------------------------------------------------------------------------


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

    def pieces(self) -> Iterator[tuple[Element, str, str]]:
        """The whole text in the order of the document: (element, key, verbatim string)."""
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
        for element, _, _ in self.pieces():
            found.setdefault(element.id, element)
        return found

    @cached_property
    def errata_at(self) -> dict[str, tuple[Erratum, ...]]:
        found: dict[str, list[Erratum]] = {}
        for erratum in self.errata:
            found.setdefault(erratum.at, []).append(erratum)
        return {key: tuple(value) for key, value in found.items()}

    @cached_property
    def remarks_at(self) -> dict[str, tuple[Remark, ...]]:
        found: dict[str, list[Remark]] = {}
        for remark in self.remarks:
            for at in remark.at:
                found.setdefault(at, []).append(remark)
        return {key: tuple(value) for key, value in found.items()}


# --- small helpers on text ------------------------------------------------------------------

CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}


def ordinal(number: str | None) -> int | None:
    """The integer in a number as written: "专栏 2", "1．", "（十二）", "第三章"; None without one."""
    if not number:
        return None
    if found := re.search(r"\d+", number):
        return int(found[0])
    if found := re.search(r"[一二三四五六七八九十]+", number):
        tens, _, ones = found[0].rpartition("十")
        if "十" not in found[0]:
            return CHINESE_DIGITS.get(found[0])
        return (CHINESE_DIGITS.get(tens, 1) if tens else 1) * 10 + (CHINESE_DIGITS[ones] if ones else 0)
    return None


def squeeze(text: str) -> str:
    """`text` without white space of any kind (and without the mark ⏎ for a line break)."""
    return "".join(text.replace("⏎", "").split())
