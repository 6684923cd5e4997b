"""All pages made from data, and those that belong to the site as a whole."""

from collections.abc import Iterator

from .. import hotlines, places
from ..catalogue import Catalogue
from ..derived import Derived
from ..search.documents import KINDS
from ..vocabulary import Region
from ..words import count
from . import survey
from .compare import compare_pages
from .offers import offer_pages
from .page import SITE, Page
from .plan import district, plan_pages


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
    yield districts(catalogue)
    yield from compare_pages(catalogue, derived)
    yield from offer_pages(catalogue, derived)
    yield data(catalogue)
    yield Page(
        "search.html", "search.html", "搜索", "在全部规划里找一个词。", "search", crumbs=(("首页", places.HOME), ("搜索", None)),
        context={"plans": catalogue.current, "kinds": KINDS},
    )
    yield Page(
        "settings.html", "settings.html", "阅读设置", "字号、行距、配色、表格、拼音和朗读怎样调。", "settings",
        crumbs=(("首页", places.HOME), ("阅读设置", None)),
    )
    yield help_lines(catalogue)
    yield glossary(catalogue, initial)


def nation(catalogue: Catalogue, provinces: list[tuple[Region, survey.Tallies]], texts: list[tuple[Region, tuple]], news: list, initial) -> Iterator[Page]:
    """The pages of the site as a whole where plans are many: `catalogue` holds cards, `provinces` and `texts` are compared already."""
    yield home(catalogue, news)
    yield districts(catalogue)
    yield from survey.nation_pages(catalogue.vocabulary, provinces)
    yield from survey.text_pages(texts)
    yield Page(
        "settings.html", "settings.html", "阅读设置", "字号、行距、配色、表格、拼音和朗读怎样调。", "settings",
        crumbs=(("首页", places.HOME), ("阅读设置", None)),
    )
    yield glossary(catalogue, initial)


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
