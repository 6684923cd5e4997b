"""All pages made from data, and those that belong to the site as a whole."""

from collections.abc import Iterator, Mapping, Sequence

from .. import hotlines, places
from ..catalogue import Catalogue
from ..derived import Derived
from ..hotlines import Mentioned
from ..model import Fact, Plan
from ..provinces import provinces
from ..search.documents import KINDS
from ..vocabulary import Region
from ..words import count, day
from . import lists, survey
from .choose import chooser
from .compare import compare_pages, method_of_cards
from .offers import counted_pages, offer_pages
from .page import SITE, Page
from .plan import district, plan_pages

# The tables of a province, as downloads.py makes them.
TABLES = (
    ("主要指标", "data/indicators.csv"), ("专栏项目", "data/measures.csv"), ("任务分工", "data/tasks.csv"), ("单位", "data/agencies.csv"),
    ("数字", "data/figures.csv"), ("给谁什么", "data/offers.csv"),
)


def site(derived: Derived, news: list, initial=lambda text: text[:1]) -> Iterator[Page]:
    """All pages made from data, in a stable order. `initial`: the first letter of a text's pinyin."""
    yield from of_districts(derived)
    yield from shared(derived, news, initial)


def of_districts(derived: Derived) -> Iterator[Page]:
    """The pages that a district has to itself: nothing of another is on them."""
    catalogue = derived.catalogue
    for plan in catalogue.current:
        yield district(catalogue, plan, derived.offers_of[plan.id])
    for plan in catalogue.plans:
        yield from plan_pages(catalogue, plan, derived.offers_of[plan.id])


def shared(derived: Derived, news: list, initial=lambda text: text[:1]) -> Iterator[Page]:
    """The pages that show several plans, and those of the site as a whole."""
    catalogue = derived.catalogue
    yield home(catalogue, news)
    yield from districts(catalogue)
    yield from compare_pages(catalogue, derived)
    yield from offer_pages(catalogue, derived)
    yield from data(catalogue)
    yield from help_lines(catalogue, {plan.id: hotlines.of_plan(catalogue, plan) for plan in catalogue.current})
    yield from alone(catalogue, initial)


def alone(catalogue: Catalogue, initial) -> Iterator[Page]:
    """The pages on which no plan stands."""
    yield search(catalogue)
    yield Page(
        "settings.html", "settings.html", "阅读设置", "字号、行距、配色、表格、拼音和朗读怎样调。", "settings",
        crumbs=(("首页", places.HOME), ("阅读设置", None)),
    )
    yield glossary(catalogue, initial)


def nation(catalogue: Catalogue, provinces: list[tuple[Region, survey.Tallies]], texts: list[tuple[Region, tuple]], news: list, initial) -> Iterator[Page]:
    """The pages of the site as a whole where plans are many: `catalogue` holds cards, `provinces` and `texts` are compared already."""
    yield home(catalogue, news)
    yield from districts(catalogue)
    yield from survey.nation_pages(catalogue.vocabulary, provinces)
    yield from survey.text_pages(texts)
    yield chooser(catalogue, None)
    yield method_of_cards(catalogue)
    yield from counted_pages(catalogue, {card.id: card.given for card in catalogue.current})
    yield from data(catalogue)
    yield from help_lines(catalogue, {card.id: card.mentioned for card in catalogue.current})
    yield from alone(catalogue, initial)


def home(catalogue: Catalogue, news: list) -> Page:
    return Page(
        places.HOME, "home.html", SITE, "各地残疾人保障和发展规划：能读、能听、能比的网页。", "home",
        context={**_places(catalogue), "stock": stock(catalogue), "news": news},
    )


def districts(catalogue: Catalogue) -> Iterator[Page]:
    yield Page(
        places.DISTRICTS, "districts.html", "全部地区", "按省、市、区县找残疾人规划。", "districts",
        crumbs=(("首页", places.HOME), ("全部地区", None)), context=_places(catalogue),
    )
    yield from lists.by_province(
        lists.parted(catalogue, catalogue.current), places.DISTRICTS, "全部地区", "districts", "{}的规划", "{}已经收录的规划，按行政区划排列。点地名，看当地的规划。",
        lambda plan: _dated(catalogue, plan), find="",
    )


def _places(catalogue: Catalogue) -> dict:
    """Few plans each under their province; of many the provinces alone."""
    if many := lists.parted(catalogue, catalogue.current):
        return {"listed": [], "provinces": lists.index(many, places.DISTRICTS, lists.stock)}
    return {"listed": [(one, [_dated(catalogue, plan) for plan in one.plans]) for one in provinces(catalogue.vocabulary, catalogue.current)], "provinces": []}


def _dated(catalogue: Catalogue, plan: Plan) -> lists.Row:
    """江津区 2022年6月8日成文; 昌邑区 讨论稿，未写日期."""
    region = catalogue.region(plan)
    signed = f"{day(plan.signed.value)}成文" if isinstance(plan.signed, Fact) else "未写日期"
    return lists.Row(region.name, places.district(region), f"讨论稿，{signed}" if plan.draft else signed)


def stock(catalogue: Catalogue) -> str:
    """现有五份：吉林省一份（讨论稿），重庆市三份，四川省一份。 Of many plans: 现有 3200 份，分属三十一个省（自治区、直辖市）。"""
    found, total = provinces(catalogue.vocabulary, catalogue.current), len(catalogue.current)
    if lists.many(catalogue.current):
        drafts = sum(one.drafts for one in found)
        return f"现有{count(total)}份，分属{count(len(found))}个省（自治区、直辖市）{f'，其中{count(drafts)}份是讨论稿' if drafts else ''}。"
    parts = []
    for one in found:
        note = "（讨论稿）" if one.drafts == len(one.plans) == 1 else f"（{count(one.drafts)}份是讨论稿）" if one.drafts else ""
        parts.append(f"{one.province.name}{count(len(one.plans))}份{note}")
    return f"现有{count(total)}份：{'，'.join(parts)}。"


def data(catalogue: Catalogue) -> Iterator[Page]:
    found = lists.parted(catalogue, catalogue.current)
    yield Page(
        places.DATA, "data.html", "开放数据", "每份规划的数据、纯文本和收到的原文，以及指标比较表，都可以下载。", "data",
        crumbs=(("首页", places.HOME), ("开放数据", None)), context={"plans": catalogue.plans, "provinces": lists.index(found, places.DATA, lists.stock)},
    )
    yield from lists.by_province(
        found, places.DATA, "开放数据", "data", "下载：{}的规划", "{}的每份规划都有数据、纯文本和收到的原文可以下载。点地名，到它的下载处。",
        lambda plan: lists.Row(catalogue.label(plan), f"{places.district(catalogue.region(plan))}#downloads", plan.period.words), find="#downloads", files=TABLES,
    )


def search(catalogue: Catalogue) -> Page:
    """Of few plans the form has each; of many the provinces: what lies in them a script adds."""
    crowd = lists.many(catalogue.current)
    if crowd:
        options = [(one.province.name, one.province.name) for one in provinces(catalogue.vocabulary, catalogue.current)]
    else:
        options = [(plan.id, catalogue.label(plan)) for plan in catalogue.current]
    return Page(
        "search.html", "search.html", "搜索", "在全部规划里找一个词。", "search", crumbs=(("首页", places.HOME), ("搜索", None)),
        context={"options": options, "many": crowd, "kinds": KINDS},
    )


def help_lines(catalogue: Catalogue, mentioned: Mapping[str, Sequence[Mentioned]]) -> Iterator[Page]:
    """`mentioned`: where plans name a help line, by the id of the plan."""
    every = [one for plan in catalogue.current for one in mentioned[plan.id]]
    named = {one.place for one in every}
    found = lists.parted(catalogue, catalogue.current)
    yield Page(
        places.HELP, "help.html", "求助热线", "规划里写的求助热线和原文依据。", "help", crumbs=(("首页", places.HOME), ("求助热线", None)),
        context={
            "hotlines": hotlines.by_number(every), "silent": [catalogue.label(plan) for plan in catalogue.current if catalogue.label(plan) not in named],
            "writing": {number: sum(any(one.number == number for one in mentioned[plan.id]) for plan in catalogue.current) for number in hotlines.NAMES},
            "provinces": lists.index(found, places.HELP, lambda one: f"{sum(bool(mentioned[plan.id]) for plan in one.plans)} 份写了号码"),
        },
    )

    def numbers(plan: Plan) -> lists.Row:
        first = next(iter(mentioned[plan.id]), None)
        said = "、".join(dict.fromkeys(one.number for one in mentioned[plan.id]))
        return lists.Row(catalogue.label(plan), first and first.target, f"写了 {said}" if said else "没有写号码")

    yield from lists.by_province(
        found, places.HELP, "求助热线", "help", "求助热线：{}", "{}的规划里写了哪些求助号码。点地名，看原文。号码现在是否有人接听，本站没有核实。", numbers,
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
