"""All comparisons of a catalogue, each made once: what pages, downloads and the chooser share."""

from dataclasses import dataclass
from functools import cached_property

from . import agencies, compare, figures, measures, offers, pairs
from .agencies import Record
from .catalogue import Catalogue
from .compare import Comparison
from .figures import Entry
from .measures import Overview
from .model import FigureKind
from .offers import Entry as Offered
from .pairs import TextComparison


@dataclass
class Derived:
    catalogue: Catalogue

    def apart(self) -> "list[Derived]":
        """The same of each current plan alone."""
        folders = {folder.plan.id: folder for folder in self.catalogue.folders if folder.plan}
        return [Derived(self.catalogue.over([folders[plan.id]])) for plan in self.catalogue.current]

    @cached_property
    def headings(self) -> dict[str, list[tuple[str, str, str]]]:
        """Of each current plan, by its id: (topic, words, id)."""
        return {plan.id: compare.headings(plan) for plan in self.catalogue.current}

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
    def figures(self) -> list[Entry]:
        return figures.entries(self.catalogue)

    @cached_property
    def commitments(self) -> list[Entry]:
        return [entry for entry in self.figures if entry.figure.kind is FigureKind.COMMITMENT]

    @cached_property
    def offers_of(self) -> dict[str, list[Offered]]:
        """The offers of each plan, by its id."""
        return {plan.id: offers.entries(self.catalogue, plan) for plan in self.catalogue.plans}

    @cached_property
    def offers(self) -> list[Offered]:
        return [entry for plan in self.catalogue.current for entry in self.offers_of[plan.id]]

    @cached_property
    def texts(self) -> list[TextComparison]:
        return pairs.compare(self.catalogue)
