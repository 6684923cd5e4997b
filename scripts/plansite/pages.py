"""Every page made from data: its URL, template, title, way back and what the template needs.

A page is described here and drawn by render.py; nothing here knows HTML.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import compare, hotlines, places, prose
from .catalogue import Catalogue
from .model import Box, Heading, Plan
from .places import PlanPlaces
from .words import count

SITE = "规划阅览室"
# The links in the header of every page, in order: section, label, URL.
NAVIGATION = (
    ("home", "首页", places.HOME),
    ("districts", "找地区", places.DISTRICTS),
    ("compare", "比一比", places.COMPARE),
    ("data", "开放数据", places.DATA),
    ("about", "关于本站", places.ABOUT),
)


@dataclass(frozen=True)
class Page:
    """`title` is the page's own name; `crumbs` are (label, URL or None) from the top down;
    `contents` are (anchor, label) of its sections; `chapters` are (label, URL, whether it is this
    page) of the plan that it belongs to; `pinyin` tells that readings of its text are offered."""

    url: str
    template: str
    title: str
    description: str
    section: str
    district: str | None = None
    crumbs: tuple[tuple[str, str | None], ...] = ()
    contents: tuple[tuple[str, str], ...] = ()
    chapters: tuple[tuple[str, str, bool], ...] = ()
    pinyin: bool = False
    context: dict = field(default_factory=dict)

    @property
    def document_title(self) -> str:
        """Page – district – site; unique over the site."""
        names = [self.title] if self.title != SITE else []
        if self.district and self.district != self.title:
            names.append(self.district)
        return " – ".join([*names, SITE])


def site(catalogue: Catalogue, news: list, initial=lambda text: text[:1]) -> Iterator[Page]:
    """All pages made from data, in a stable order. `initial`: the first letter of a text's pinyin."""
    comparisons = compare.indicators(catalogue)
    yield home(catalogue, news)
    yield districts(catalogue)
    for plan in catalogue.current:
        yield district(catalogue, plan)
    for plan in catalogue.plans:
        yield from plan_pages(catalogue, plan)
    yield matrix(catalogue, comparisons)
    for comparison in comparisons:
        yield indicator(catalogue, comparison)
    yield data(catalogue)
    yield Page("search.html", "search.html", "搜索", "在全部规划里找一个词。", "search", crumbs=(("首页", places.HOME), ("搜索", None)))
    yield Page(
        "settings.html", "settings.html", "阅读设置", "字号、行距、配色、表格、拼音和朗读怎样调。", "settings",
        crumbs=(("首页", places.HOME), ("阅读设置", None)),
    )
    yield help_lines(catalogue)
    yield glossary(catalogue, initial)


# --- the site ---------------------------------------------------------------------------------


def home(catalogue: Catalogue, news: list) -> Page:
    return Page(
        places.HOME, "home.html", SITE, "各地残疾人保障和发展规划：能读、能听、能比的网页。", "home",
        context={"provinces": _provinces(catalogue), "stock": stock(catalogue), "news": news},
    )


def districts(catalogue: Catalogue) -> Page:
    return Page(
        places.DISTRICTS, "districts.html", "全部地区", "按省、市、区县找残疾人规划。", "districts",
        crumbs=(("首页", places.HOME), ("全部地区", None)), context={"provinces": _provinces(catalogue)},
    )


def _provinces(catalogue: Catalogue) -> list[tuple]:
    """(province, its current plans) in administrative order."""
    found: dict[str, tuple] = {}
    for plan in catalogue.current:
        province = catalogue.province(plan)
        found.setdefault(province.code, (province, []))[1].append(plan)
    return list(found.values())


def stock(catalogue: Catalogue) -> str:
    """现有五份：吉林省一份（讨论稿），重庆市三份，四川省一份。"""
    parts = []
    for province, plans in _provinces(catalogue):
        drafts = sum(plan.draft for plan in plans)
        note = "（讨论稿）" if drafts == len(plans) == 1 else f"（{count(drafts)}份是讨论稿）" if drafts else ""
        parts.append(f"{province.name}{count(len(plans))}份{note}")
    return f"现有{count(len(catalogue.current))}份：{'，'.join(parts)}。"


def matrix(catalogue: Catalogue, comparisons: list) -> Page:
    return Page(
        places.COMPARE, "compare.html", "比一比：主要指标", "各地残疾人规划的主要指标放在一张表里，写明没有数字的原因。", "compare",
        crumbs=(("首页", places.HOME), ("比一比", None)),
        context={"comparisons": comparisons, "plans": catalogue.current},
    )


def indicator(catalogue: Catalogue, comparison) -> Page:
    name = comparison.concept.name
    return Page(
        places.indicator(comparison.concept), "indicator.html", name, f"{name}：各地目标、原文依据和不能直接比的地方。", "compare",
        crumbs=(("首页", places.HOME), ("比一比", places.COMPARE), (name, None)),
        contents=(("table", "各地目标"), ("sentences", "逐地说明"), ("definition", "这项指标是什么")),
        context={"comparison": comparison, "links": {plan.id: PlanPlaces(plan, catalogue.region(plan)) for plan in catalogue.plans}},
    )


def data(catalogue: Catalogue) -> Page:
    return Page(
        places.DATA, "data.html", "开放数据", "每份规划的数据、纯文本和收到的原文，以及指标比较表，都可以下载。", "data",
        crumbs=(("首页", places.HOME), ("开放数据", None)), context={"plans": catalogue.plans},
    )


def help_lines(catalogue: Catalogue) -> Page:
    found = hotlines.hotlines(catalogue)
    named = {row.place for _, _, rows in found for row in rows}
    silent = [catalogue.label(plan) for plan in catalogue.current if catalogue.label(plan) not in named]
    return Page(
        "help.html", "help.html", "求助热线", "规划里写的求助热线和原文依据。", "help",
        crumbs=(("首页", places.HOME), ("求助热线", None)), context={"hotlines": found, "silent": silent},
    )


def glossary(catalogue: Catalogue, initial) -> Page:
    """All terms by the first letter of their pinyin; `initial` gives that letter for a text."""
    terms = sorted(catalogue.vocabulary.glossary.values(), key=lambda term: (initial(term.term), term.term))
    letters: dict[str, list] = {}
    for term in terms:
        letters.setdefault(initial(term.term), []).append(term)
    return Page(
        "glossary.html", "glossary.html", "词语解释", "规划里专门说法的大白话说明。", "glossary",
        crumbs=(("首页", places.HOME), ("词语解释", None)), context={"terms": terms, "letters": list(letters.items())},
    )


# --- a district and its plan --------------------------------------------------------------------


def district(catalogue: Catalogue, plan: Plan) -> Page:
    region = catalogue.region(plan)
    older = [other for other in catalogue.plans if other.region == plan.region and other is not plan]
    return Page(
        places.district(region), "district.html", catalogue.label(plan),
        f"{catalogue.place(plan)}残疾人保障和发展规划：主要目标、文件信息、目录和下载。", "districts", None,
        (("首页", places.HOME), ("全部地区", places.DISTRICTS), (catalogue.label(plan), None)),
        (("targets", "主要目标"), ("facts", "文件信息"), ("contents", "目录"), ("downloads", "下载")), context=
        {"plan": plan, "older": older, **outline(catalogue, plan)},
    )


def outline(catalogue: Catalogue, plan: Plan) -> dict:
    """What every page about a plan needs: where its pages are and what they are called."""
    at = PlanPlaces(plan, catalogue.region(plan))
    reading = [("preface", "通知和前言", at.page("preface"))]
    reading += [(heading.id, label(plan, heading), at.chapter(heading)) for heading, _ in plan.chapters]
    reading += [("tasks", "任务分工", at.page("tasks"))]
    views = [
        ("full", "全文（一页）", at.page("full")),
        ("indicators", "指标", at.page("indicators")),
        ("measures", "专栏项目", at.page("measures")),
        ("errata", "校订", at.page("errata")),
    ]
    return {"at": at, "reading": reading, "views": views}


def label(plan: Plan, heading: Heading) -> str:
    """A heading's number and title as one line, certain errata read in."""
    number = prose.reading(plan, heading, heading.number) if heading.number else ""
    gap = "　" if number[-1:] in "章节" and number else ""
    return f"{number}{gap}{prose.reading(plan, heading, heading.heading).rstrip('。：:')}"


def plan_pages(catalogue: Catalogue, plan: Plan) -> Iterator[Page]:
    """The pages of one plan: preface, chapters, tasks, and the views of the whole."""
    shared = {"plan": plan, **outline(catalogue, plan)}
    at: PlanPlaces = shared["at"]
    name = catalogue.label(plan) + ("" if plan in catalogue.current else f"（{plan.period.slug}）")
    above = (("全部地区", places.DISTRICTS), (catalogue.label(plan), places.district(catalogue.region(plan))))

    order = [entry[0] for entry in shared["reading"]]

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
            heading.id, at.chapter(heading), "chapter.html", label(plan, heading), f"{label(plan, heading)}，原文全文。",
            sections(plan, blocks), heading=heading, blocks=blocks, within=elements(blocks),
        )
    yield page("tasks", at.page("tasks"), "tasks.html", "任务分工", "每项任务由谁牵头、谁负责。", annex=plan.parts.get("annex", ()))
    yield page(
        "full", at.page("full"), "full.html", "全文", "从头到尾一页读完。",
        [(heading.id, label(plan, heading)) for heading, _ in plan.chapters], notice=plan.parts.get("notice", ()),
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
        [(box.id, box.label) for box in plan.boxes if box.items],
    )
    yield page(
        "errata", at.page("errata"), "errata.html", "校订", "来源文本里的疑误和页面痕迹。",
        [("errata", "疑误"), ("remarks", "前后说法不一"), ("furniture", "去掉的版面痕迹")],
    )


def sections(plan: Plan, blocks) -> list[tuple[str, str]]:
    """The sections and boxes of a chapter in order."""
    return [
        (block.id, label(plan, block) if isinstance(block, Heading) else block.label)
        for block in blocks
        if isinstance(block, Box) or (isinstance(block, Heading) and block.level == 2)
    ]


def elements(blocks) -> list:
    """The blocks of a chapter with the items of their boxes."""
    return [element for block in blocks for element in (block, *(block.items if isinstance(block, Box) else ()))]
