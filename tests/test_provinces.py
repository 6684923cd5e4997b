"""Lists of places: with few plans a page lists them all, with a whole country's it goes by province and stays as heavy as it is."""

import gzip
import json
import re
from collections import Counter, defaultdict
from dataclasses import replace
from types import SimpleNamespace

import light
import pytest
from conftest import ROOT
from lxml import html

from plansite import places
from plansite import provinces as by_province
from plansite.audit import audit
from plansite.catalogue import Catalogue
from plansite.formats import gazetteer
from plansite.hotlines import Mentioned
from plansite.model import Period, squeeze
from plansite.pages import choose, offers
from plansite.pages.plan import district
from plansite.pages.site import data, districts, help_lines, home
from plansite.provinces import provinces
from plansite.render import Renderer
from plansite.shell import Site

MOST_LINKS = 250
AUDIENCES, NEEDS = ("hearing", "everyone"), ("devices",)
# What is no lint of the content but of the shell, which is not drawn here.
SHELL = "<!doctype html><html lang=zh-Hans-CN><title>甲</title><main>{}</main></html>"


def given(plan) -> dict:
    number = int(plan.region) % 4
    return {"audiences": dict.fromkeys(AUDIENCES[:number], number), "needs": dict.fromkeys(NEEDS, number) if number else {}}


def mentioned(catalogue, plan) -> list[Mentioned]:
    number = {0: (), 1: ("12385",), 2: ("12385", "12345", "12345")}[int(plan.region) % 3]
    return [Mentioned(one, catalogue.label(plan), f"拨打{one}。", "第三章", f"districts/{plan.id}/chapter-3.html#p{i}") for i, one in enumerate(number)]


def lists(catalogue) -> dict:
    """Every page that lists places, by address."""
    named = {plan.id: mentioned(catalogue, plan) for plan in catalogue.current}
    found = [
        home(catalogue, []), *districts(catalogue), *data(catalogue), *help_lines(catalogue, named), choose.chooser(catalogue, None),
        *offers.counted_pages(catalogue, {plan.id: given(plan) for plan in catalogue.current}),
    ]
    assert len({page.url for page in found}) == len({page.document_title for page in found}) == len(found)
    return {page.url: page for page in found}


def drawing(catalogue):
    return Renderer(ROOT / "overrides", catalogue.vocabulary, Site.read(ROOT)).of(catalogue, defaultdict(int)).content


def drawn(catalogue) -> dict[str, str]:
    draw = drawing(catalogue)
    return {url: draw(page) for url, page in lists(catalogue).items()}


@pytest.fixture(scope="module")
def country(catalogue):
    """A plan for every division of the register."""
    return light.catalogue(catalogue.vocabulary, catalogue.vocabulary.regions)


@pytest.fixture(scope="module")
def contents(country) -> dict[str, str]:
    return drawn(country)


@pytest.fixture(scope="module")
def pages(contents) -> dict[str, html.HtmlElement]:
    return {url: html.fromstring(f"<main>{content}</main>") for url, content in contents.items()}


def links(page) -> list[str]:
    return page.xpath(".//a/@href")


def words(node) -> str:
    return squeeze("".join(node.itertext()))


# --- a whole country --------------------------------------------------------------------------------


def test_no_page_lists_a_country(country, pages):
    assert len(country.current) > 3200
    found = {url: len(links(page)) + len(page.xpath(".//input | .//option")) for url, page in pages.items() if url != "choose.html"}
    assert {url: number for url, number in found.items() if number > MOST_LINKS} == {}
    assert not pages["choose.html"].xpath("//input[@name='d']") and len(pages["choose.html"].xpath("//select/option")) < 40


@pytest.mark.parametrize(("index", "part"), [(places.DISTRICTS, ""), (places.DATA, "#downloads"), (places.FOR, "#for")])
def test_every_place_is_found_by_province(index, part, country, pages):
    """From the index to the provinces, from these to each place that has something, once."""
    wanted = [plan for plan in country.current if index != places.FOR or any(given(plan).values())]
    below = [places.in_province(index, one.province) for one in provinces(country.vocabulary, wanted)]
    assert [link for link in links(pages[index]) if "province-" in link] == [places.relative(url, index) for url in below]
    found = Counter(link for url in below for link in links(pages[url]) if not link.endswith(".csv"))
    assert found == Counter(places.relative(places.district(country.region(plan)) + part, below[0]) for plan in wanted)


def test_home_leads_to_the_provinces_and_counts(country, pages):
    home = pages["index.html"]
    found = provinces(country.vocabulary, country.current)
    assert [link for link in links(home) if "province-" in link] == [f"districts/province-{one.province.slug}/index.html" for one in found]
    assert [words(li) for li in home.xpath(".//ul[contains(@class, 'shelf')]/li")] == [f"{one.province.name}{len(one.plans)}份" for one in found]
    assert words(home.xpath(".//p[@class='soft']")[0]) == f"现有{len(country.current)}份，分属三十四个省（自治区、直辖市），其中{sum(plan.draft for plan in country.current)}份是讨论稿。"


def test_a_province_goes_by_city(country, pages):
    page = pages["districts/province-sichuan/index.html"]
    assert [words(h2) for h2 in page.xpath(".//h2")][:2] == ["省一级", "成都市"]
    ziyang = page.xpath(".//h2[@id='ziyang']/following-sibling::ul[1]/li")
    assert [words(li.find("a")) for li in ziyang] == ["整个资阳市", "雁江区", "安岳县", "乐至县"]
    regions = {region.name: region for region in country.vocabulary.regions.values() if region.parent == "512000"}
    for li in ziyang[1:]:
        plan = light.plan(regions[words(li.find("a"))])
        said = words(li)
        assert ("讨论稿" in said) is plan.draft and ("2022年6月8日成文" in said or "未写日期" in said)
    assert [words(h2) for h2 in pages["districts/province-chongqing/index.html"].xpath(".//h2")] == ["省一级", "区县"]
    direct = pages["districts/province-hubei/index.html"].xpath(".//h2[@id='direct']")
    assert words(direct[0]) == "湖北省直辖" and [words(a) for a in direct[0].xpath("following-sibling::ul[1]//a")] == ["仙桃市", "潜江市", "天门市", "神农架林区"]


def test_counties_of_one_name_are_told_apart(pages):
    """石家庄 and 张家口 both have a 桥西区; on no page do two links of the same words lead to different places."""
    assert {"石家庄市桥西区", "张家口市桥西区"} <= {words(a) for a in pages["districts/province-hebei/index.html"].xpath(".//a")}


def test_lints_find_nothing(contents):
    found = [(url, *finding) for url, content in contents.items() for finding in audit(SHELL.format(content))]
    assert found == []


def test_help_lines_are_counted_and_lead_to_their_words(country, pages):
    counts = [sum(any(one.number == number for one in mentioned(country, plan)) for plan in country.current) for number in ("12385", "12345")]
    said = words(pages["help.html"])
    assert all(f"{count}份规划写了这个号码" in said for count in counts) and counts[0] > counts[1] > 0
    rows = {words(li): li for url, page in pages.items() if url == "province-chongqing/help.html" for li in page.xpath(".//li")}
    for plan in country.current:
        if plan.region.startswith("5001"):
            numbers = "、".join(dict.fromkeys(one.number for one in mentioned(country, plan)))
            li = rows[squeeze(country.label(plan) + (f"写了{numbers}" if numbers else "没有写号码"))]
            assert links(li) == ([f"../districts/{plan.id}/chapter-3.html#p0"] if numbers else [])


def test_offers_are_counted(country, pages):
    """For an audience and a need: so many places, so many offers, and the way to each place's own page."""
    for url, kind, label in (("for/hearing.html", "audiences", "hearing"), ("for/need-devices.html", "needs", "devices")):
        having = {plan.id: given(plan)[kind][label] for plan in country.current if label in given(plan)[kind]}
        assert f"{len(having)}地规划里" in words(pages[url]) and f"帮助共{sum(having.values())}条" in words(pages[url])
        name = url.removeprefix("for/")
        rows = [li for found, page in pages.items() if found.startswith("for/province-") and found.endswith(f"/{name}") for li in page.xpath(".//li")]
        assert len(rows) == len(having)
    plan = next(plan for plan in country.current if plan.region.startswith("5001") and "hearing" in given(plan)["audiences"])
    slug = country.region(plan).slug
    assert f"../../districts/{slug}/2021-2025/for-hearing.html" in links(pages["for/province-chongqing/hearing.html"])
    needs = links(pages["for/province-chongqing/need-devices.html"])
    assert all(re.fullmatch(r"../../districts/[a-z-]+/(2021-2025/easy-read.html#need-devices|index.html#for)", link) for link in needs)


def test_addresses_of_provinces_are_no_others(country, catalogue):
    """districts/province-sichuan/index.html is beside districts/<slug>/, and no audience, need or region is called so."""
    vocabulary = catalogue.vocabulary
    ids = [*vocabulary.audiences, *vocabulary.needs, *(region.slug for region in vocabulary.regions.values())]
    assert not [id for id in ids if id.startswith("province-")]


def test_names_of_all_places_are_one_small_file(country):
    script = gazetteer.script(country, country.current)
    assert len(gzip.compress(script.encode(), 9)) <= 40 * 1024
    above, found = [], []
    for line in json.loads(script.removeprefix("placeNames(").removesuffix(");\n")).split("\n"):
        depth = len(line) - len(line.lstrip("."))
        name, slug, *draft = line[depth:].split(" ")
        above[depth:] = [name]
        found.append(("".join(above) + ("（讨论稿）" if draft else ""), slug))
    assert found == [(gazetteer.names(country, plan)[1], country.region(plan).slug) for plan in country.current]
    assert len({name for name, _ in found}) == len(found)


# --- few, and more ----------------------------------------------------------------------------------


def test_weight_does_not_grow_with_plans(catalogue, monkeypatch):
    """Sixty plans make the pages above their lists as heavy as three do, but for the numbers in them."""
    monkeypatch.setattr(by_province, "MOST", 2)
    vocabulary = catalogue.vocabulary
    provinces = ("22", "50", "51")
    of = {province: [code for code in vocabulary.regions if code.startswith(province) and not code.endswith("00") and int(code) % 7 and int(code) % 4 == 3] for province in provinces}
    few, many = (drawn(light.catalogue(vocabulary, [code for codes in of.values() for code in codes[:number]])) for number in (1, 20))
    above = [url for url in few if "province-" not in url]
    assert {"index.html", "districts/index.html", "data/index.html", "help.html", "choose.html", "for/index.html", "for/hearing.html"} <= set(above)
    for url in above:
        assert re.sub(r"[ \d一二三四五六七八九十两]+", "", few[url]) == re.sub(r"[ \d一二三四五六七八九十两]+", "", many[url]), url
    assert len(many["districts/province-chongqing/index.html"]) > len(few["districts/province-chongqing/index.html"])


def test_few_plans_are_listed_where_they_always_were(made, site):
    assert not [page.url for page in made if "province-" in page.url] and not list(site.rglob("province-*"))
    assert not (site / "assets" / "places.js").exists() and not (site / "assets" / "choice").exists()
    assert not [path for path in site.rglob("*.html") if "pick.js" in path.read_text(encoding="utf-8")]


def test_older_plans_are_downloaded_where_the_newest_is(catalogue):
    """The lists of a province lead to the newest plan's page, which offers the older ones too."""
    newest = next(plan for plan in catalogue.current if catalogue.region(plan).slug == "jiangjin")
    older = replace(newest, period=Period(2016, 2020), folder="jiangjin-2016-2020")
    both = Catalogue(catalogue.vocabulary, [*catalogue.folders, SimpleNamespace(plan=older)], catalogue.today)
    assert newest in both.current and older not in both.current
    page = html.fromstring(drawing(both)(district(both, newest, [])))
    names = {link.get("href").rpartition("/")[2]: words(link) for link in page.xpath(".//a[contains(@href, 'data/plans/')]")}
    assert {f"{plan.id}.{extension}" for plan in (newest, older) for extension in ("json", "txt", "source.txt")} <= set(names)
    assert "2016至2020年" in names["jiangjin-2016-2020.json"]


def test_a_province_keeps_what_is_wanted(catalogue):
    found = provinces(catalogue.vocabulary, catalogue.current)
    assert [(one.province.name, len(one.plans), one.drafts) for one in found] == [("吉林省", 1, 1), ("重庆市", 3, 0), ("四川省", 1, 0)]
    assert [len(one.keep(lambda plan: plan.draft).cities) for one in found] == [1, 0, 0]


def test_a_place_that_is_not_registered_stops(catalogue):
    with pytest.raises(ValueError):
        provinces(catalogue.vocabulary, [SimpleNamespace(region="999999", draft=False)])
