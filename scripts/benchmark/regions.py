"""An invented country: as many provinces, cities and counties as China has, under codes that GB/T 2260 does not use."""

from collections.abc import Iterator

from plansite.vocabulary import Level, Region

# Two characters a name, such as no place has; 合成 before them tells everywhere that it is invented.
_FIRST = "云青白清玉金银石松柏竹梅兰桂枫柳杨桃杏荷莲菊芳翠碧丹朱紫黄绿蓝雪霜雨露风雷星月晨晓春夏秋冬东西南北永安宁和平乐福瑞祥庆"
_SECOND = "笔墨纸砚琴棋书画茶灯伞帆桨舟轮弓箭鼓钟铃笛箫瑟扇帽靴袖巾针线布绸缎瓷碗杯壶盘碟勺桌椅柜箱篮筐镜梳锁砖瓦梯绳网钩秤尺锤钉"
_PREFIXES = [*range(66, 71), *range(72, 81), *range(83, 100)]  # of province codes, 31 of them
_MUNICIPALITIES = (0, 1, 8, 21)  # provinces without prefectures
_PREFECTURES, _COUNTIES, _DISTRICTS = 12, 9, 24  # of a province, of a prefecture, of a municipality
_CITY = 6  # one county in so many is a city


def _names() -> Iterator[str]:
    """Names that differ, neighbours by both characters."""
    total = len(_FIRST) * len(_SECOND)
    for number in range(total):
        first, second = divmod(number * 1597 % total, len(_SECOND))  # 1597 is prime to the total: none comes twice
        yield f"合成{_FIRST[first]}{_SECOND[second]}"


def regions() -> list[Region]:
    """All 3,367 regions in the order of their codes, always the same."""
    names, found = _names(), []
    for number, prefix in enumerate(_PREFIXES):
        slug, code = f"p{number + 1:02}", f"{prefix}0000"
        if number in _MUNICIPALITIES:
            found.append(Region(code, f"{next(names)}市", slug, Level.PROVINCE))
            found += [Region(f"{prefix}01{d:02}", f"{next(names)}区", f"{slug}d{d:02}", Level.COUNTY, code) for d in range(1, _DISTRICTS + 1)]
            continue
        found.append(Region(code, f"{next(names)}省", slug, Level.PROVINCE))
        for c in range(1, _PREFECTURES + 1):
            city = Region(f"{prefix}{c:02}00", f"{next(names)}市", f"{slug}c{c:02}", Level.PREFECTURE, code)
            found.append(city)
            found += [
                Region(f"{prefix}{c:02}{d:02}", f"{next(names)}{'区' if d % _CITY else '市'}", f"{city.slug}d{d:02}", Level.COUNTY, city.code)
                for d in range(1, _COUNTIES + 1)
            ]
    return found


def clusters(found: list[Region]) -> list[list[Region]]:
    """Those that plans are made for, each prefecture or municipality with its counties: places are compared with the one above them."""
    groups: dict[str, list[Region]] = {}
    for region in found:
        if region.level is not Level.PROVINCE:
            groups.setdefault(region.code if region.level is Level.PREFECTURE else region.parent, []).append(region)
    return list(groups.values())


def registry(found: list[Region]) -> str:
    """The text of data/regions.yml."""
    head = "# 合成的行政区划，仅供测速：名称都是编的，代码是国家标准里没有的。由 scripts/bench.py 生成。\n"
    source = 'source: {name: 合成数据，仅供测速, version: "1", license: "MIT", date: "2026-11-22"}\nregions:\n'
    rows = (
        f'- {{code: "{one.code}", name: {one.name}, slug: {one.slug}, level: {one.level}' + (f', parent: "{one.parent}"' if one.parent else "") + "}\n"
        for one in found
    )
    return head + source + "".join(rows)
