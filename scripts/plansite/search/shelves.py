"""Shelves: plans of neighbouring places that share an index, so that a search loads what it needs of few places, not of the country."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..vocabulary import Level, Region

MOST = 15  # plans of a shelf


@dataclass(frozen=True)
class Shelf:
    """`name` is the slug of the first region of its stretch, whether that has a plan or not."""

    name: str
    regions: tuple[Region, ...]


def shelves(registry: Iterable[Region], having: Collection[str], most: int = MOST) -> list[Shelf]:
    """The regions with a plan, `having` by code, in administrative order. A stretch of the registry with more than `most` plans is cut in two.

    Where it is cut rests on the registry alone: a new plan changes its own shelf, or parts it, and no other.
    """
    found: list[Shelf] = []
    for stretch in _stretches(sorted(registry, key=lambda region: region.code), having, most):
        if plans := tuple(region for region in stretch if region.code in having):
            found.append(Shelf(stretch[0].slug, plans))
    return found


def _stretches(registry: Sequence[Region], having: Collection[str], most: int) -> Iterator[Sequence[Region]]:
    if sum(region.code in having for region in registry) <= most:
        yield registry
        return
    at = _middle(registry)
    yield from _stretches(registry[:at], having, most)
    yield from _stretches(registry[at:], having, most)


def _middle(registry: Sequence[Region]) -> int:
    """Where to cut: nearest to the middle, between provinces if there are several, between prefectures if that leaves a quarter on either side."""
    whole = len(registry)
    starts = {level: [at for at, region in enumerate(registry) if at and region.level is level] for level in Level}
    prefectures = [at for at in starts[Level.PREFECTURE] if whole <= 4 * at <= 3 * whole]
    return min(starts[Level.PROVINCE] or prefectures or range(1, whole), key=lambda at: abs(2 * at - whole))
