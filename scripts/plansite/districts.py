"""Districts as plan folders: which folders make one, and which districts were asked for."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from .problems import Problem, Stop
from .vocabulary import Vocabulary

_PERIOD = re.compile(r"-\d{4}-\d{4}$")


def name(folder: str) -> str:
    """The district of a plan folder: its name without the period."""
    return _PERIOD.sub("", folder)


def by_district(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """Folders by the name of their district."""
    found: dict[str, list[Path]] = {}
    for path in paths:
        found.setdefault(name(path.name), []).append(path)
    return found


def chosen(districts: dict[str, list[Path]], vocabulary: Vocabulary, only: Collection[str]) -> dict[str, list[Path]]:
    """The districts that are, or lie in, a place of `only`: names, slugs or codes. Raises Stop where one of them has no plan."""
    by_slug = {region.slug: region for region in vocabulary.regions.values()}
    found: dict[str, list[Path]] = {}
    missing = set(only)
    for name, paths in districts.items():
        if name in by_slug:
            places = {word for region in vocabulary.chain(by_slug[name].code) for word in (region.name, region.slug, region.code)} & set(only)
            missing -= places
            if places:
                found[name] = paths
    if missing:
        raise Stop(Problem(f"--only {'、'.join(sorted(missing))}", 0, "region", "没有这个地方的规划。", "写省、市、区县的全名或六位代码，例如 --only 四川省 --only 江津区。"))
    return found
