"""Places by name and by province, where there are too many to list: the field, the chooser and the finder of a crowded site."""

import re

import light
import pytest
from browsing import WIDTHS, nothing, opened, violations, visit
from playwright.sync_api import expect
from test_keyboard import REACHED, stops
from test_reflow import CLIPPED, SMALL, WIDE

from plansite.formats import calls, gazetteer

# One page of each type that only a crowded site has.
TYPES = [
    "index.html", "districts/index.html", "districts/province-chongqing/index.html", "data/index.html", "data/province-jilin/index.html", "help.html", "province-sichuan/help.html",
    "choose.html", "for/index.html", "for/province-chongqing/index.html", "for/hearing.html", "for/province-chongqing/hearing.html", "for/province-chongqing/need-devices.html",
    "compare/index.html", "measures/accessible-toilets.html", "measures/province-chongqing/accessible-toilets.html", "agencies/province-chongqing/index.html",
    "topics/index.html", "figures/index.html", "figures/province-chongqing/index.html", "compare/texts/index.html", "method.html",
]
FOUND = "() => [...document.querySelectorAll('#place-list a, #place-list label')].map(one => one.textContent.trim())"
SAID = "document.getElementById('place-said')?.textContent"


@pytest.fixture
def at(browser, crowded):
    """Opens pages of the crowded site; closes them."""
    made = []

    def open_(url, width=1280, **options):
        made.append(opened(browser, crowded, url, width, **options))
        return made[-1]

    yield open_
    for page in made:
        page.context.close()


@pytest.fixture(scope="module")
def register(catalogue) -> str:
    """The names of a whole country, as the script of a site that has them all."""
    country = light.catalogue(catalogue.vocabulary, catalogue.vocabulary.regions)
    return gazetteer.script(country, country.current)


def answer(page, pattern: str, script) -> None:
    """Give the page other scripts: `script` makes them from the names of the files. What a page from the disk asks for is caught from its next opening on."""
    page.route(pattern, lambda route: route.fulfill(body=script(route.request.url.rpartition("/")[2].removesuffix(".js")), content_type="text/javascript"))


def with_register(page, register):
    """The page with the names of a whole country."""
    answer(page, "**/places.js", lambda _: register)
    page.reload()
    return page


def typed(page, words: str) -> list[str]:
    """What the field finds for words."""
    page.locator("#place").fill("")
    page.wait_for_function(f"!{SAID}")
    page.locator("#place").press_sequentially(words)
    page.wait_for_function(SAID)
    return page.evaluate(FOUND)


def said(page) -> str:
    return page.locator("#place-said").inner_text()


# --- the field ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("url", "target"), [
    ("index.html", "districts/jiangjin/index.html"), ("districts/index.html", "districts/jiangjin/index.html"),
    ("districts/province-sichuan/index.html", "districts/jiangjin/index.html"), ("data/index.html", "districts/jiangjin/index.html#downloads"),
    ("for/province-jilin/index.html", "districts/jiangjin/index.html#for"),
])
def test_a_name_leads_to_its_place_by_tab_alone(url, target, at, crowded):
    page = at(url)
    page.locator("#place").focus()
    page.keyboard.type("江津")
    page.wait_for_function(SAID)
    assert said(page) == "找到 1 个。" and page.evaluate(FOUND) == ["重庆市江津区"]
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"file://{crowded}/{target}" and page.faults == []


def test_names_come_when_the_field_is_used(at):
    page = at("districts/index.html")
    page.wait_for_load_state("networkidle")
    assert not [url for url in page.requested if "places.js" in url]
    page.locator("#place").focus()
    page.wait_for_function("document.querySelector('script[src*=\"places.js\"]')")
    typed(page, "区")
    typed(page, "武隆")
    assert [url.rpartition("/")[2] for url in page.requested if "places.js" in url] == ["places.js"]


def test_drafts_and_whole_names_are_told(at):
    assert typed(at("districts/index.html"), "昌邑") == ["吉林省吉林市昌邑区（讨论稿）"]


def test_places_of_one_name_are_told_apart(at, register):
    page = with_register(at("districts/index.html"), register)
    found = typed(page, "鼓楼区")
    assert len(found) == 4 == len(set(found)) and "江苏省南京市鼓楼区" in [name.removesuffix("（讨论稿）") for name in found] and said(page) == "找到 4 个。"


@pytest.mark.parametrize(("words", "first"), [
    ("四川 安岳", "四川省资阳市安岳县"), ("重庆江津", "重庆市江津区"), ("jiangjin", "重庆市江津区"), ("xi'an", "陕西省西安市"), ("资阳市", "四川省资阳市"), ("朝阳", "辽宁省朝阳市"),
])
def test_names_as_people_write_them(words, first, at, register):
    found = [name.removesuffix("（讨论稿）") for name in typed(with_register(at("districts/index.html"), register), words)]
    assert first in found[:4], found[:6]


def test_many_are_cut_short_and_that_is_said(at, register):
    page = with_register(at("districts/index.html"), register)
    assert len(typed(page, "县")) == 20 and re.fullmatch(r"找到 1\d\d\d 个，先列 20 个。多写几个字，会少一些。", said(page))


def test_nothing_found_is_said_honestly(at):
    page = at("districts/index.html")
    assert typed(page, "某某") == [] and said(page) == "没有找到“某某”。可能还没有收录，也可能写法不同。"


def test_an_emptied_field_lists_nothing(at):
    page = at("districts/index.html")
    typed(page, "江津")
    page.locator("#place").fill("")
    page.wait_for_function(f"!{SAID}")
    assert page.evaluate(FOUND) == []


def test_names_that_do_not_come_are_told_and_asked_for_again(at):
    page = at("districts/index.html")
    page.route("**/places.js", lambda route: route.abort())
    page.reload()
    typed(page, "江津")
    assert said(page) == "地名没有取到。请检查网络，再试一次。"
    page.unroute_all()
    assert typed(page, "江津") == ["重庆市江津区"]


def test_a_word_is_not_looked_for_while_it_is_put_together(at):
    """An input method first shows letters: jiangjin, underlined. They are no name yet."""
    page = at("districts/index.html")
    page.locator("#place").focus()
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": "jiangjin", "selectionStart": 8, "selectionEnd": 8})
    page.wait_for_timeout(600)
    assert page.locator("#place").input_value() == "jiangjin" and said(page) == "" and page.evaluate(FOUND) == []
    keys.send("Input.insertText", {"text": "江津"})
    page.wait_for_function(SAID)
    assert page.locator("#place").input_value() == "江津" and page.evaluate(FOUND) == ["重庆市江津区"]


def test_status_is_polite_and_spoken_after_a_pause(at):
    """Letter after letter, the status changes once."""
    page = at("districts/index.html")
    page.evaluate("""window.told = []; new MutationObserver(() => told.push(document.getElementById('place-said').textContent))
      .observe(document.getElementById('place-said'), {childList: true, characterData: true, subtree: true})""")
    typed(page, "重庆市巴南区")
    assert page.evaluate("told") == ["找到 1 个。"] and page.locator("#place-said").get_attribute("role") == "status"


@pytest.mark.parametrize("url", TYPES)
def test_without_script_provinces_are_there_and_no_field(url, at):
    page = at(url, java_script_enabled=False)
    assert page.locator("#place:visible").count() == 0
    assert page.locator("main a[href*=province-]").count() >= 2 or "province-" in url or url in ("choose.html", "method.html")


HEARD = """- heading "全部地区" [level=1]
- paragraph: 先点省，再点地名，看当地的规划。
- region "已经收录的地区":
  - heading "已经收录的地区" [level=2]
  - text: 输入地名，例如 江津
  - searchbox "输入地名，例如 江津": 资阳
  - status: 找到 1 个。
  - list:
    - listitem:
      - link "四川省资阳市"
  - heading "按省找" [level=3]
  - list:
    - listitem:
      - link "吉林省"
      - text: 1 份
    - listitem:
      - link "重庆市"
      - text: 3 份
    - listitem:
      - link "四川省"
      - text: 1 份
"""


def test_a_list_as_it_is_heard(at):
    """Headings, the field with its name, what is found, then each province with its number."""
    page = at("districts/index.html")
    typed(page, "资阳")
    expect(page.locator("main")).to_match_aria_snapshot(HEARD)


# --- the chooser --------------------------------------------------------------------------------


def test_places_of_several_provinces_are_chosen_and_compared(at):
    """By keyboard: find, tick, find another, tick, make the table."""
    page = at("choose.html")
    for name in ("江津", "资阳"):
        typed(page, name)
        page.locator("#place-list input:not(:checked)").first.focus()
        page.keyboard.press("Space")
    typed(page, "巴南")
    assert page.evaluate(FOUND) == ["重庆市江津区", "四川省资阳市", "重庆市巴南区"], "what is chosen stays"
    page.get_by_role("button", name="做表").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("#chosen-cap")
    assert page.url.endswith("choose.html?d=jiangjin&d=ziyang&k=indicators#result")
    assert page.locator("#chosen th[scope=col]").all_inner_texts() == ["指标", "江津区", "资阳市"]
    assert page.evaluate(FOUND) == ["重庆市江津区", "四川省资阳市"] and page.locator("#place-list input:checked").count() == 2
    assert sorted(url.rpartition("/")[2] for url in page.requested if "/assets/choice" in url) == ["jiangjin.js", "ziyang.js"]
    assert not [url for url in page.requested[-8:] if "places.js" in url] and page.faults == []


def test_a_crowded_chooser_says_what_the_small_one_says(browser, site, at):
    table = "() => [...document.querySelectorAll('#chosen tbody tr')].map(row => [...row.cells].map(cell => [cell.textContent, cell.querySelector('a') && cell.querySelector('a').getAttribute('href')]))"
    for kind in ("indicators", "measures", "tasks"):
        query = f"choose.html?d=banan&d=ziyang&k={kind}#result"
        page, small = at(query), opened(browser, site, query)
        for one in (page, small):
            one.wait_for_selector("#chosen-cap")
        assert page.evaluate(table) == small.evaluate(table) and len(page.evaluate(table)) > 10
        small.context.close()


def test_enter_in_the_field_sends_no_form(at):
    page = at("choose.html")
    page.locator("#place").fill("江津")
    page.keyboard.press("Enter")
    page.wait_for_function(SAID)
    assert page.url.endswith("choose.html") and page.evaluate(FOUND) == ["重庆市江津区"]


def test_a_province_lists_all_its_places(at):
    page = at("choose.html")
    page.locator("#province").select_option("重庆市")
    page.wait_for_function(SAID)
    assert page.evaluate(FOUND) == ["重庆市巴南区", "重庆市江津区", "重庆市武隆区"]
    assert typed_within(page, "武隆") == ["重庆市武隆区"] and typed_within(page, "资阳") == []


def typed_within(page, words: str) -> list[str]:
    page.locator("#place").fill(words)
    page.wait_for_timeout(500)
    return page.evaluate(FOUND)


def test_columns_of_one_name_are_told_apart(at):
    page = at("choose.html")
    cells = {"indicators": {"home-accessibility": ["甲"]}, "measures": {}, "tasks": {}}
    whole = {"one": "江苏省南京市鼓楼区", "other": "福建省福州市鼓楼区"}
    answer(page, "**/choice/*.js", lambda slug: calls.call("choiceOf", slug, ["鼓楼区", whole[slug]], cells))
    page.goto(page.url + "?d=one&d=other&k=indicators")
    page.wait_for_selector("#chosen-cap")
    assert page.locator("#chosen th[scope=col]").all_inner_texts() == ["指标", "江苏省南京市鼓楼区", "福建省福州市鼓楼区"]


def test_no_more_places_than_a_table_carries(at, crowded):
    """Thirteen are asked for; twelve are fetched and that is said."""
    page = at("choose.html")
    body = (crowded / "assets/choice/wulong.js").read_text(encoding="utf-8")
    answer(page, "**/choice/*.js", lambda slug: body.replace('"wulong"', f'"{slug}"', 1))
    page.goto(page.url + "?" + "&".join(f"d=place{number}" for number in range(13)) + "&k=indicators")
    page.wait_for_selector("#chosen-cap")
    assert page.locator("#chosen th[scope=col]").count() == 13 and "一次最多比 12 个地方，其余的没有列。" in page.locator("#chosen-said").inner_text()


def test_nothing_chosen_and_what_is_not_there_are_told(at):
    page = at("choose.html?k=measures")
    page.wait_for_function("document.getElementById('chosen-said')?.textContent.includes('没有选地方')")
    page = at("choose.html?d=nowhere&k=measures")
    page.wait_for_function("document.getElementById('chosen-said')?.textContent.includes('没有取到')")


# --- the finder ---------------------------------------------------------------------------------


def test_the_finder_asks_for_one_place(at):
    page = at("for/index.html")
    typed(page, "武隆")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_label("听力残疾").check()
    page.get_by_role("button", name="找一找").click()
    page.wait_for_function("document.getElementById('found-said')?.textContent")
    assert page.url.endswith("?d=wulong&a=hearing#result")
    assert page.locator("#found-said").inner_text().startswith("重庆市武隆区，给听力残疾：找到 ")
    assert page.get_by_label("重庆市武隆区").is_checked() and page.locator("#found-list > ol > li").count() == 20
    assert [url.rpartition("/")[2] for url in page.requested if "/assets/offers/" in url] == ["wulong.js"] and page.faults == []


def test_the_finder_finds_no_country(at):
    page = at("for/index.html?a=hearing")
    page.wait_for_function("document.getElementById('found-said')?.textContent")
    assert page.locator("#found-said").inner_text() == "还没有选地方。请先选一个。" and not [url for url in page.requested if "/assets/offers/" in url]


# --- every page type ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
def test_axe(width, paged, crowded, register):
    """Axe, and the measures of small screens; with places found."""
    page, found = paged(width), []
    answer(page, "**/places.js", lambda _: register)
    for url in TYPES:
        visit(page, crowded, url)
        if page.locator("#place").count():
            typed(page, "鼓楼")
        found += [(url, width, *violation) for violation in violations(page)]
        found += [(url, width, fault) for script in (WIDE, CLIPPED, SMALL) for fault in page.evaluate(script)]
    nothing(found)


@pytest.mark.parametrize("url", ["districts/index.html", "choose.html", "province-sichuan/help.html"])
def test_every_stop_is_seen(url, at):
    page = at(url, 320)
    if page.locator("#place").count():
        typed(page, "区")
    page.locator(".skip").focus()
    found = stops(page, 400)
    assert len(found) == page.evaluate(REACHED) + page.locator("select").count() - 1
    assert [stop["name"] for stop in found if not stop["ring"] or not stop["inside"] or stop["covered"]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_jumps(width, paged, crowded):
    page = paged(width)
    page.add_init_script("window.shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({type: 'layout-shift', buffered: true});")
    for url in ("index.html", "districts/index.html"):
        visit(page, crowded, url)
        page.wait_for_timeout(200)
        assert page.evaluate("shifts.length") == 0, url


def test_few_requests(at):
    for url in TYPES:
        page = at(url)
        page.wait_for_load_state("networkidle")
        assert len(page.requested) <= 7, (url, page.requested)
