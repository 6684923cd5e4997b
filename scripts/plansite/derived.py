"""All comparisons of a catalogue, each made once: what pages, downloads and the chooser share."""

from dataclasses import dataclass
from functools import cached_property

from . import agencies, compare, figures, measures, pairs
from .agencies import Record
from .catalogue import Catalogue
from .compare import Comparison
from .figures import Entry
from .measures import Overview
from .model import FigureKind, Plan
from .pairs import TextComparison


@dataclass
class Derived:
    catalogue: Catalogue

    @cached_property
    def indicators(self) -> list[Comparison]:
        return compare.indicators(self.catalogue)

    @cached_property
    def measures(self) -> list[Overview]:
        return measures.measures(self.catalogue)

    @cached_property
    def tasks(self) -> list[Overview]:
        return measures.tasks(self.catalogue)

    @cached_property
    def agencies(self) -> list[Record]:
        return agencies.records(self.catalogue)

    @cached_property
    def commitments(self) -> list[Entry]:
        return figures.entries(self.catalogue, [FigureKind.COMMITMENT])

    @cached_property
    def texts(self) -> list[TextComparison]:
        return pairs.compare(self.catalogue)

    @cached_property
    def groups(self) -> list[tuple[str, str, list[Plan]]]:
        """(name, suffix of the address, plans) of the tables with a column a district: one while there are few, then one a province."""
        current = self.catalogue.current
        if len(current) <= MOST_COLUMNS:
            return [("", "", current)]
        found: dict[str, tuple[str, str, list[Plan]]] = {}
        for plan in current:
            province = self.catalogue.province(plan)
            found.setdefault(province.code, (province.name, f"-{province.slug}", []))[2].append(plan)
        return list(found.values())


MOST_COLUMNS = 12
