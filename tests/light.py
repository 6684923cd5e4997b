"""Plans of any number of places, as light as lists of them need: what stands on their first lines, and no text."""

from types import SimpleNamespace

from conftest import TODAY

from plansite.catalogue import Catalogue
from plansite.model import Absence, Fact, Period

PERIOD = Period(2021, 2025)


def plan(region) -> SimpleNamespace:
    """Every seventh is a draft, every fifth tells no date."""
    number = int(region.code)
    signed = Absence.NOT_MENTIONED if number % 5 == 0 else Fact("2022-06-08", "p1")
    return SimpleNamespace(
        id=f"{region.slug}-{PERIOD.slug}", folder=f"{region.slug}-{PERIOD.slug}", region=region.code, draft=number % 7 == 0, period=PERIOD, signed=signed,
        title=Fact(f"{region.name}残疾人规划", "p1"), easy_summary=number % 3 == 0,
    )


def catalogue(vocabulary, codes) -> Catalogue:
    """A catalogue of light plans for the divisions with these codes."""
    return Catalogue(vocabulary, [SimpleNamespace(plan=plan(vocabulary.regions[code])) for code in codes], TODAY)
