"""What a plan is made of: blocks, items and rows, each with an id for life and its source lines.

Texts are verbatim. What can be computed (levels, names without their full stop, values of targets) is a
property and never stands in the data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .quantity import Absence, Quantity
from .texts import join_words, ordinal


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


@dataclass(frozen=True)
class Element:
    """Anything with an id for life and the source lines that it came from."""

    id: str
    lines: Lines

    def fields(self) -> Iterator[tuple[str, str]]:
        """The verbatim strings in reading order, each with its key in the data."""
        raise NotImplementedError

    @cached_property
    def text_as_read(self) -> str:
        return join_words(text for _, text in self.fields())


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


class Match(StrEnum):
    """How far an indicator as written is the canonical one."""

    SAME = "same"
    CLOSE = "close"
    NONE = "none"


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
