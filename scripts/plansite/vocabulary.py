"""Registries: what a region, an indicator, a topic and an agency are called everywhere.

Source of the regions: see the head of data/regions.yml.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Level(StrEnum):
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


@dataclass(frozen=True)
class Region:
    """行政区划 with its GB/T 2260 code."""

    code: str
    name: str
    slug: str
    level: Level
    parent: str | None = None


@dataclass(frozen=True)
class Concept:
    """A canonical indicator, measure or task. `caution` says what to heed when districts are compared."""

    id: str
    name: str
    definition: str
    topic: str
    unit: str | None = None
    aliases: tuple[str, ...] = ()
    caution: str | None = None


@dataclass(frozen=True)
class Topic:
    id: str
    name: str
    definition: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Agency:
    """A canonical agency. `{}` in an alias stands for the place as plans write it.

    "{}民政局" is met by 区民政局, 市民政局 and 江津区民政局 alike, and by nothing else:
    an agency is looked up, never guessed.
    """

    id: str
    name: str
    definition: str
    aliases: tuple[str, ...]
    kind: str = "office"


@dataclass(frozen=True)
class Label:
    """A word of a closed vocabulary: an audience 适用人群, a need, a kind of offer."""

    id: str
    name: str


@dataclass(frozen=True)
class Pair:
    """Two plans, by id, that somebody wants to see sentence by sentence."""

    one: str
    other: str


@dataclass(frozen=True)
class Term:
    """A term of art that the glossary explains in plain words."""

    id: str
    term: str
    definition: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """All registries. Regions by code, the others by id, in the order of their files."""

    regions: dict[str, Region]
    indicators: dict[str, Concept]
    topics: dict[str, Topic]
    agencies: dict[str, Agency]
    glossary: dict[str, Term] = field(default_factory=dict)
    measures: dict[str, Concept] = field(default_factory=dict)
    tasks: dict[str, Concept] = field(default_factory=dict)
    audiences: dict[str, Label] = field(default_factory=dict)
    needs: dict[str, Label] = field(default_factory=dict)
    kinds: dict[str, Label] = field(default_factory=dict)

    def chain(self, code: str) -> list[Region]:
        """The region and those above it, the province first."""
        found = []
        region = self.regions.get(code)
        while region:
            found.insert(0, region)
            region = self.regions.get(region.parent) if region.parent else None
        return found

    def field(self, topic: str) -> str:
        """The broadest topic that `topic` belongs to."""
        parent = self.topics[topic].parent
        return self.field(parent) if parent else topic

    def by_topic(self, concepts: dict[str, Concept]) -> list[Concept]:
        """Concepts in the order of their topics."""
        order = list(self.topics)
        return sorted(concepts.values(), key=lambda concept: order.index(concept.topic))

    def within(self, topic: str) -> set[str]:
        """`topic` and all topics below it."""
        return {topic}.union(*(self.within(id) for id, other in self.topics.items() if other.parent == topic))

    def above(self, code: str, level: Level) -> Region | None:
        """The region of `level` in which `code` lies, itself included."""
        return next((r for r in self.chain(code) if r.level is level), None)

    @cached_property
    def words(self) -> dict[str, Term]:
        """Every form of every term of the glossary."""
        return {word: term for term in self.glossary.values() for word in (term.term, *term.aliases)}

    @cached_property
    def _agency_aliases(self) -> list[tuple[str, str]]:
        return [(alias, agency.id) for agency in self.agencies.values() for alias in agency.aliases]

    def agency_names(self, region: Region) -> dict[str, Agency]:
        """Every way in which a plan of `region` may write an agency, each with what it means."""
        short = re.sub(r"[省市区县旗]$", "", region.name)
        places = ["", "区", "市", "县", "旗", "州", "省", region.name, short]
        found: dict[str, Agency] = {}
        for alias, agency in self._agency_aliases:
            for place in places if "{}" in alias else [""]:
                found.setdefault(alias.replace("{}", place), self.agencies[agency])
        return found


_OPEN, _CLOSE = "（(", "）)"
_DOUBLE_NAME = re.compile(r"(.+)[（(](.+)[)）]")


@dataclass(frozen=True)
class Party:
    """An agency as a plan writes it, what it is, and what its second name in brackets is.

    区农业农村委（区乡村振兴局） is one body with two names; the brackets in 各镇（街道） are none.
    """

    written: str
    agency: Agency | None
    also: Agency | None = None

    @classmethod
    def resolve(cls, written: str, names: dict[str, Agency]) -> "Party":
        if written in names:
            return cls(written, names[written])
        if (double := _DOUBLE_NAME.fullmatch(written)) and double[1] in names and double[2] in names:
            return cls(written, names[double[1]], names[double[2]])
        return cls(written, None)


def written(parties: Iterable[Party]) -> str:
    """The names of agencies as the plan writes them, in one line."""
    return "、".join(party.written for party in parties)


def split_agencies(cell: str) -> Iterator[str]:
    """The agencies in a cell as written: "区民政局、区残联，各镇（街道）" are three.

    A comma within brackets does not part: 区农业农村委（区乡村振兴局） is one agency.
    """
    depth, start = 0, 0
    for index, char in enumerate(cell):
        depth += (char in _OPEN) - (char in _CLOSE)
        if depth == 0 and char in "、，,；;":
            if part := cell[start:index].strip():
                yield part
            start = index + 1
    if part := cell[start:].strip():
        yield part
