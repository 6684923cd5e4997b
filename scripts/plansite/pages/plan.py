"""The pages of a district and its plan."""

from collections import Counter
from collections.abc import Iterator

from .. import compare, figures, places, prose
from ..catalogue import Catalogue
from ..model import Box, FigureKind, Heading, Plan
from ..offers import EVERYONE, Entry, by
from ..places import PlanPlaces
from .offers import easy_read
from .page import Page


def district(catalogue: Catalogue, plan: Plan, offers: list[Entry]) -> Page:
    region = catalogue.region(plan)
    older = [other for other in catalogue.plans if other.region == plan.region and other is not plan]
    return Page(
        places.district(region), "district.html", catalogue.label(plan),
        f"{catalogue.place(plan)}残疾人保障和发展规划：主要目标、文件信息、目录和下载。", "districts", None,
        (("首页", places.HOME), ("全部地区", places.DISTRICTS), (catalogue.label(plan), None)),
        (("targets", "主要目标"), ("for", "这份规划给谁什么"), ("facts", "文件信息"), ("contents", "目录"), ("downloads", "下载")), context=
        {"plan": plan, "older": older, "audiences": by(catalogue, "audiences", offers), **outline(catalogue, plan)},
    )


def outline(catalogue: Catalogue, plan: Plan) -> dict:
    """What every page about a plan needs: where its pages are and what they are called."""
    at = catalogue.at(plan)
    reading = [("preface", "通知和前言", at.page("preface"))]
    reading += [(heading.id, prose.label(plan, heading), at.chapter(heading)) for heading, _ in plan.chapters]
    reading += [("tasks", "任务分工", at.page("tasks"))]
    views = [
        ("easy-read", "易读版（非官方）", at.page("easy-read")),
        ("full", "全文（一页）", at.page("full")),
        ("indicators", "指标", at.page("indicators")),
        ("figures", "数字", at.page("figures")),
        ("measures", "专栏项目", at.page("measures")),
        ("errata", "校订", at.page("errata")),
    ]
    return {"at": at, "reading": reading, "views": views}


def plan_pages(catalogue: Catalogue, plan: Plan, offers: list[Entry]) -> Iterator[Page]:
    """The pages of one plan: preface, chapters, tasks, and the views of the whole."""
    shared = {"plan": plan, **outline(catalogue, plan)}
    at: PlanPlaces = shared["at"]
    name = catalogue.label(plan) + ("" if plan in catalogue.current else f"（{plan.period.slug}）")
    above = (("全部地区", places.DISTRICTS), (catalogue.label(plan), places.district(catalogue.region(plan))))

    order = [entry[0] for entry in shared["reading"]]
    easy = easy_read(catalogue, plan, offers)

    def page(key: str, url: str, template: str, title: str, description: str, contents=(), **context) -> Page:
        if key in order:
            index = order.index(key)
            context["previous"] = shared["reading"][index - 1] if index else None
            context["following"] = shared["reading"][index + 1] if index + 1 < len(order) else None
        chapters = tuple((label, target, target == url) for _, label, target in (*shared["reading"], *shared["views"]))
        return Page(
            url, template, title, f"{catalogue.place(plan)}残疾人规划：{description}", "districts", name,
            (*above, (title, None)), tuple(contents), chapters, key in order, {**shared, "key": key, **context},
        )

    yield page(
        "preface", at.page("preface"), "preface.html", "通知和前言", "印发通知、前言和版记。",
        notice=plan.parts.get("notice", ()), preamble=plan.preamble, colophon=plan.parts.get("colophon", ()),
    )
    for heading, blocks in plan.chapters:
        yield page(
            heading.id, at.chapter(heading), "chapter.html", prose.label(plan, heading), f"{prose.label(plan, heading)}，原文全文。",
            sections(plan, blocks), heading=heading, blocks=blocks, within=elements(blocks),
        )
    yield page("tasks", at.page("tasks"), "tasks.html", "任务分工", "每项任务由谁牵头、谁负责。", annex=plan.parts.get("annex", ()))
    yield page(
        "easy-read", at.page("easy-read"), "easy-read.html", "易读版", "本站写的大白话，不是官方的：这份规划给残疾人什么。",
        [("summary", "先说大意"), ("ask", "到哪里问"), *((f"need-{need.id}", need.name) for need, _ in easy["groups"]), *([("indicators", "主要目标")] if easy["plain"] else [])],
        **easy,
    )
    general = next((len(found) for label, found in easy["audiences"] if label.id == EVERYONE), 0)
    for label, found in easy["audiences"]:
        needs = by(catalogue, "needs", found)
        yield page(
            f"for-{label.id}", at.audience(label), "offers-for.html", f"给谁：{label.name}", f"给谁：{label.name}。带原文和由谁做。",
            [*((f"need-{need.id}", need.name) for need, _ in needs), ("ask", "到哪里问")], label=label, found=found, groups=needs,
            general=general, hotlines=easy["hotlines"],
        )
    yield page(
        "full", at.page("full"), "full.html", "全文", "从头到尾一页读完。",
        [(heading.id, prose.label(plan, heading)) for heading, _ in plan.chapters], notice=plan.parts.get("notice", ()),
        preamble=plan.preamble, colophon=plan.parts.get("colophon", ()), annex=plan.parts.get("annex", ()),
    )
    yield page(
        "indicators", at.page("indicators"), "indicators.html", "指标", "每项指标的目标、属性和原文依据。",
        evidence={row.id: compare.row_evidence(plan, row) for row in plan.indicators},
        mentions=[(m, compare.Evidence(plan, m.at, m.quote, compare.place_of(plan, m.at))) for m in plan.mentions],
        concepts=catalogue.vocabulary.indicators,
    )
    yield page(
        "measures", at.page("measures"), "measures.html", "专栏项目", "全部专栏和其中的项目。",
        [(box.id, box.label) for box in plan.boxes if box.items], mapped=_mapped(catalogue, plan),
    )
    numbers = figures.entries(catalogue, plans=[plan])
    yield page(
        "figures", at.page("figures"), "plan-figures.html", "数字", "规划里的每一个数：承诺、前几年做到的、条件和基本情况。",
        [(kind.value, kind.words) for kind in FigureKind if any(entry.figure.kind is kind for entry in numbers)], numbers=numbers, figure_kinds=list(FigureKind),
    )
    yield page(
        "errata", at.page("errata"), "errata.html", "校订", "来源文本里的疑误和页面痕迹。",
        [("errata", "疑误"), ("remarks", "前后说法不一"), ("furniture", "去掉的版面痕迹")], sure=Counter(erratum.certainty for erratum in plan.errata),
    )


def _mapped(catalogue: Catalogue, plan: Plan) -> dict[str, list]:
    """The canonical measures of each element."""
    found: dict[str, list] = {}
    for one in plan.measure_mapping.found if plan.measure_mapping else ():
        found.setdefault(one.at, []).append(catalogue.vocabulary.measures[one.concept])
    return found


def sections(plan: Plan, blocks) -> list[tuple[str, str]]:
    """The sections and boxes of a chapter in order."""
    return [
        (block.id, prose.label(plan, block) if isinstance(block, Heading) else block.label)
        for block in blocks
        if isinstance(block, Box) or (isinstance(block, Heading) and block.level == 2)
    ]


def elements(blocks) -> list:
    """The blocks of a chapter with the items of their boxes."""
    return [element for block in blocks for element in (block, *(block.items if isinstance(block, Box) else ()))]
