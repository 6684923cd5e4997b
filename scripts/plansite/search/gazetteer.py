"""Names of places for the browser: what people type, which plans lie there, and which names are ordinary words too."""

import re
from collections.abc import Callable, Collection, Sequence

from ..vocabulary import Level, Region, Vocabulary

_KINDS = "省市区县旗州盟"  # what a browser leaves off by itself
_LONG_KINDS = re.compile(r"(?<=..)(?:特别行政区|自治[区州县旗]|地区|新区|(?<=架)林区|[省市区县旗州盟])$")
_PEOPLES = re.compile(
    r"(?<=..)(?:(?:蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯)族?|各族|(?:[回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒]|布依|朝鲜|土家|哈尼|傈僳|拉祜|东乡|纳西|景颇|达斡尔|仫佬|布朗|撒拉|毛南"
    r"|仡佬|普米|鄂温克|保安|裕固|独龙|鄂伦春)族)+$")
ORDINARY = 0.05  # of the plans of other provinces: a name that so many have is a word like others


def short(name: str) -> str:
    """What people call it: 江津 for 江津区, 通道 for 通道侗族自治县."""
    whole = _LONG_KINDS.sub("", name)
    return _PEOPLES.sub("", whole).removesuffix("族") if "自治" in name else whole


def _entry(name: str) -> str:
    """A name, with its short form where that is not the name without its last character."""
    plain = name[:-1] if len(name) > 2 and name[-1] in _KINDS else name
    return name if short(name) == plain else f"{name}={short(name)}"


def listed(vocabulary: Vocabulary, having: Collection[str]) -> list[Region]:
    """The regions with a plan, `having` by code, and all above them, in administrative order."""
    return sorted({region for code in having for region in vocabulary.chain(code)}, key=lambda region: region.code)


def names(regions: Sequence[Region], having: Collection[str]) -> tuple[str, str]:
    """A line a province: it and its prefectures, with "|" between them, each with how many counties are under it; and all counties
    in a line. "-" behind a name: it has no plan of its own. Counties that follow prefectures but belong to none have an empty name before them.
    """
    lines: list[list[list]] = []  # province: [entry, code, number of counties]
    counties: list[str] = []
    for region in regions:
        entry = _entry(region.name) + "-" * (region.code not in having)
        if region.level is Level.PROVINCE:
            lines.append([[entry, region.code, 0]])
        elif region.level is Level.PREFECTURE:
            lines[-1].append([entry, region.code, 0])
        else:
            if lines[-1][-1][1] != region.parent:
                lines[-1].append(["", region.parent, 0])
            lines[-1][-1][2] += 1
            counties.append(entry)
    return "\n".join("|".join(f"{entry} {under}" if under else entry for entry, _, under in line) for line in lines), " ".join(counties)


def spoken(regions: Sequence[Region]) -> list[str]:
    """The names whose pinyin is told: those of a province or prefecture, then those of counties."""
    return [region.name for region in sorted(regions, key=lambda region: region.level is Level.COUNTY)]


def ordinary(regions: Sequence[Region], having: Collection[str], plans: Callable[[str], int]) -> list[str]:
    """Names of two characters that plans of other provinces write so often that they must mean something else: 资源, 富裕, 城区.

    `plans` gives those that have a token, as bits in the order of `regions`.
    """
    owners = [region.code[:2] for region in regions if region.code in having]
    within = {owner: sum(1 << number for number, one in enumerate(owners) if one == owner) for owner in set(owners)}
    found = set()
    for region in regions:
        elsewhere = len(owners) - within[region.code[:2]].bit_count()
        for name in {region.name, short(region.name)}:
            if len(name) == 2 and region.level is not Level.PROVINCE:
                has = (plans(name) & ~within[region.code[:2]]).bit_count()
                if has > max(2, ORDINARY * elsewhere):
                    found.add(name)
    return sorted(found)
