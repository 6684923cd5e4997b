"""The search of many plans in a real browser: every plan that can have the words is told, found by place, and found whole in the end.

The country is small, but so are its shelves: two plans each. The plans are the real ones and an invented one, some of them once more elsewhere.
"""

import gzip
import re
import shutil
from pathlib import Path
from urllib.parse import quote, unquote, urlparse

import pytest
from browsing import READY, announcements, nothing, opened, violations
from conftest import ROOT, SAMPLE, TODAY
from country import country, indexed, spread, without_plans

from plansite import catalogue as catalogues
from plansite import search
from plansite.load import load
from plansite.pages.site import search as search_page
from plansite.pinyin import Pinyin
from plansite.render import Renderer
from plansite.search.documents import of_plan
from plansite.search.text import flat
from plansite.shell import Site

MOST = 2
# Code to the plan that stands there too: four districts have one name, 富裕县 has an ordinary word for a name.
ELSEWHERE = {
    "230227": "wulong", "320000": "ziyang", "320100": "banan", "320102": "jiangjin", "320106": "wulong", "320302": "ceshi",
    "350102": "changyi", "410204": "ziyang", "610900": "jiangjin",
}


@pytest.fixture(scope="module")
def plans(catalogue):
    """The catalogue of all plans, as if there were many."""
    known = {plan.id.split("-")[0]: plan for plan in (*catalogue.plans, *catalogues.read(SAMPLE, TODAY).plans)}
    return country(catalogue, {code: known[slug] for code, slug in ELSEWHERE.items()})


@pytest.fixture(scope="module")
def found(plans):
    """The documents of each plan in administrative order, by the name of its place."""
    return {plans.place(plan): of_plan(plans, plan) for plan in plans.current}


@pytest.fixture(scope="module")
def built(catalogue, site, tmp_path_factory):
    """Makes a folder with the search page of many plans and all that it loads, in the shell of the built site."""
    readings = Pinyin(load(ROOT / "data" / "vocabulary" / "pinyin.yml", ROOT) or {}).readings
    pages = without_plans(catalogue)

    def make(plans, most: int) -> Path:
        folder = tmp_path_factory.mktemp("country")
        shutil.copytree(site / "assets", folder / "assets", ignore=lambda at, names: ["search"] if Path(at).name == "assets" else [])
        for name, text in indexed(plans, pages, ROOT, readings, most).items():
            path = folder / search.FOLDER / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        main = Renderer(ROOT / "overrides", plans.vocabulary, Site.read(ROOT)).of(plans, {}).content(search_page(plans))
        shell = (site / "search.html").read_text(encoding="utf-8")
        start, end = shell.index(">", shell.index("<main")) + 1, shell.index("</main>")
        (folder / "search.html").write_text(shell[:start] + main + shell[end:], encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="module")
def whole(built, plans) -> Path:
    return built(plans, MOST)


@pytest.fixture(scope="module")
def page(browser, whole):
    made = opened(browser, whole, "search.html")
    yield made
    made.context.close()


def ask(page, whole, query: str, place: str = "", **filters) -> str:
    """The status line for a query; the page is loaded anew."""
    more = "".join(f"&{key}={quote(value)}" for key, value in {"d": place, **filters}.items() if value)
    page.requested.clear()
    page.goto(f"file://{whole}/search.html?q={quote(query)}{more}")
    page.wait_for_function(READY)
    assert page.faults == []
    return page.locator("#found").inner_text()


def headings(page) -> list[str]:
    return page.locator("#results h2").all_inner_texts()


def clauses(page) -> list[tuple[str, str]]:
    """(words, target) of all clauses, by pressing what shows more of them as long as it is there."""
    return page.evaluate("""async () => {
      const status = document.getElementById('found');
      for (let button; (button = [...document.querySelectorAll('#results button')].find(b => !b.hidden && !b.textContent.includes('网页')));) {
        const before = [document.querySelectorAll('#results li').length, status.textContent].join();
        button.click();
        while ([document.querySelectorAll('#results li').length, status.textContent].join() === before) await new Promise(done => setTimeout(done, 2));
      }
      return [...document.querySelectorAll('#results h2')].filter(h => h.textContent.includes('原文'))
        .flatMap(h => [...h.nextElementSibling.querySelectorAll('a')]).map(a => [a.textContent, a.getAttribute('href')]);
    }""")


def having(found, *words: str) -> dict[str, set[str]]:
    """Place to the targets where grep finds one of the words."""
    got = {place: {one.url for one in documents if any(word in flat(text) for word in words for text in (one.title, one.text, one.plain))} for place, documents in found.items()}
    return {place: targets for place, targets in got.items() if targets}


def alike(page, word: str) -> list[str]:
    """The word and what the page tells that it looked for too."""
    told = page.locator("#results > p", has_text="也找了：")
    return [word, *(told.inner_text().removeprefix("也找了：").removesuffix("。").split("、") if told.count() else ())]


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


@pytest.mark.parametrize("word", ["导盲犬", "轮椅", "喘息服务", "殡葬", "障碍改", "盲", "12385", "残疾人"])
def test_all_plans_that_have_it_are_told_and_found(word, page, whole, found):
    """For a pair of characters, a single one, a number and a word of the lexicon the number is exact; and what grep finds is found."""
    said = ask(page, whole, word)
    expected = having(found, *alike(page, word))
    assert said.startswith(f"全国 {len(found)} 份规划里，{len(expected)} 份可能写到。"), said
    got = {target for _, target in clauses(page)}
    assert set.union(*expected.values()) <= got
    assert page.get_by_role("button", name="接着找").count() == 0


def test_a_rare_word_is_found_whole_at_once(page, whole, found):
    rare = having(found, "测试")
    said = ask(page, whole, "测试")
    assert list(rare) == ["江苏省徐州市鼓楼区"] and said == f"全国 {len(found)} 份规划里，1 份可能写到。找到 {numbers(said)[-1]} 条。"
    assert headings(page)[0].startswith("规划里的原文：") and page.get_by_role("button", name="接着找").count() == 0
    assert rare["江苏省徐州市鼓楼区"] <= {target for _, target in clauses(page)}


def test_of_a_common_word_is_told_what_is_listed_first(page, whole, found):
    """And the button goes on: a heading with what it added, the status line, the focus on the first of them."""
    said = ask(page, whole, "轮椅")
    expected = having(found, *alike(page, "轮椅"))
    listed = re.search(r"先列出(.+?)里的 \d+ 条。$", said)[1]
    assert re.fullmatch(r".+等 \d+ 份规划", listed) and headings(page)[0].startswith(f"{listed}里的原文：")
    assert page.locator("h1").inner_text() == f"搜索“轮椅”：全国 {len(found)} 份规划里，{len(expected)} 份可能写到"
    before = page.locator("#results li a").count()
    page.get_by_role("button", name="接着找后面的规划").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.getElementById('found')?.textContent.startsWith('又列出')")
    assert page.evaluate("document.activeElement.closest('ol').previousElementSibling.textContent") in headings(page)[1:]
    assert page.locator("#results li a").count() > before and numbers(page.locator("#found").inner_text())[-1] > 0


def test_places_lead_down_to_a_county(page, whole, found):
    """From the country to a province, a city and a district: each link narrows, the numbers add up, and there is a way back."""
    ask(page, whole, "轮椅")
    expected = having(found, *alike(page, "轮椅"))
    for name in ("江苏省", "南京市", "鼓楼区"):
        place = page.evaluate("new URLSearchParams(location.search).get('d')") or ""
        section = page.locator("#results h2", has_text="按地区看").locator("xpath=following-sibling::ul[1]")
        words = section.locator("a").all_inner_texts()
        assert sum(numbers(one)[0] if numbers(one) else 1 for one in words) == sum(one.startswith(place) and one != place for one in expected)
        section.locator("a", has_text=re.compile(f"^{name}")).click()
        page.wait_for_function(f"{READY} && new URLSearchParams(location.search).get('d')?.endsWith('{name}')")
        assert {target.split("/")[1] for _, target in clauses(page)} == {targets.split("/")[1] for one, (targets, *_) in expected.items() if one.startswith(place + name)}
        assert page.locator("[name=d]").last.input_value() in ("", place + name)
    assert {words.split("：")[0] for words, _ in clauses(page)} == {"南京市鼓楼区"}
    assert page.locator("[name=d]").evaluate_all("all => all.map(one => one.value)") == ["江苏省", "江苏省南京市", "江苏省南京市鼓楼区"]
    page.get_by_role("link", name="在全国找").click()
    page.wait_for_function(f"{READY}.startsWith('全国')")


def test_places_of_one_name_are_all_found_and_told_apart(page, whole):
    ask(page, whole, "鼓楼区 残疾人")
    lead = page.locator("#results p", has_text="叫“鼓楼区”的地方有 4 个")
    assert lead.locator("a").all_inner_texts() == ["江苏省南京市鼓楼区", "江苏省徐州市鼓楼区", "福建省福州市鼓楼区", "河南省开封市鼓楼区"]
    assert {words.split("：")[0] for words, _ in clauses(page)} == {"南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区（讨论稿）", "开封市鼓楼区"}
    lead.locator("a").nth(1).click()
    page.wait_for_function(f"{READY} && location.search.includes('d=')")
    assert {words.split("：")[0] for words, _ in clauses(page)} == {"徐州市鼓楼区"}


@pytest.mark.parametrize(("query", "place"), [
    ("南京鼓楼区 轮椅", "南京市鼓楼区"), ("鼓楼区 南京 轮椅", "南京市鼓楼区"), ("南京 鼓楼 轮椅", "南京市鼓楼区"), ("江津轮椅", "重庆市江津区"), ("jiangjin 轮椅", "重庆市江津区"),
    ("富裕县 轮椅", "齐齐哈尔市富裕县"), ("安康 轮椅", "安康市"), ("江蘇南京玄武 輪椅", "南京市玄武区"),
])
def test_places_in_the_query(query, place, page, whole):
    ask(page, whole, query)
    assert {words.split("：")[0] for words, _ in clauses(page)} == {place}
    assert page.get_by_role("link", name=f"{place}规划首页").count() == 1


def test_a_name_that_is_an_ordinary_word_is_a_word(page, whole, found):
    """共同富裕 is written everywhere: 富裕 is not the county, but leads there."""
    said = ask(page, whole, "富裕")
    assert said.startswith(f"全国 {len(found)} 份规划里，{len(having(found, '富裕'))} 份可能写到。")
    assert page.locator("#results p", has_text="“富裕”也是地名").locator("a").all_inner_texts() == ["黑龙江省齐齐哈尔市富裕县"]


def test_a_place_without_a_plan_is_told(page, whole):
    assert ask(page, whole, "轮椅", "海南省").startswith("全国")
    assert "没有“海南省”这个地方的规划，在全部地区找。" in page.locator("#results").inner_text()


def test_the_form_asks_for_a_province_and_then_for_what_lies_there(page, whole):
    page.goto(f"file://{whole}/search.html")
    page.locator("summary", has_text="缩小范围").click()
    first = page.locator("[name=d]").first
    assert first.locator("option").all_inner_texts() == ["全部", "吉林省", "黑龙江省", "江苏省", "福建省", "河南省", "重庆市", "四川省", "陕西省"]
    first.select_option("江苏省")
    page.wait_for_function("document.querySelectorAll('[name=d]').length === 2")
    assert page.get_by_label("江苏省里的地方").locator("option").all_inner_texts() == ["全部", "南京市", "徐州市"]
    page.get_by_label("江苏省里的地方").select_option("江苏省徐州市")
    page.get_by_label("徐州市里的地方").select_option("江苏省徐州市鼓楼区")
    page.locator("#q").fill("残疾人")
    page.locator("#q").press("Enter")
    page.wait_for_function(READY)
    assert {words.split("：")[0] for words, _ in clauses(page)} == {"徐州市鼓楼区"}
    first = page.locator("[name=d]").first
    page.wait_for_function("document.querySelectorAll('[name=d]').length === 3")
    first.select_option("重庆市")
    page.wait_for_function("document.querySelectorAll('[name=d]').length === 2")
    assert page.get_by_label("重庆市里的地方").locator("option").all_inner_texts() == ["全部", "巴南区", "江津区", "武隆区"]


def test_the_pages_of_the_site_are_found_too(page, whole):
    for query, url in {"民政局": "agencies/civil-affairs.html", "孤独症": "glossary.html", "就业": "topics/employment.html"}.items():
        ask(page, whole, query)
        assert any(link.startswith(url) for link in page.locator("#results a").evaluate_all("all => all.map(one => one.getAttribute('href'))")), query


def test_what_no_plan_has_is_told(page, whole, found):
    assert ask(page, whole, "比特币") == "没有找到。"
    assert ask(page, whole, "护里补贴").startswith("全国") and page.locator("#results p").first.inner_text() == "你是不是要找：护理补贴"
    said = ask(page, whole, "殡葬 12385 导盲犬")
    assert said.startswith(f"全国 {len(found)} 份规划里，没有一份全都写到。") or numbers(said)[1] < len(having(found, "殡葬"))


def test_filters_of_the_form_hold_in_every_shelf(page, whole):
    ask(page, whole, "补贴", k="3")
    assert clauses(page) and all("#task" in target for _, target in clauses(page))
    ask(page, whole, "补贴", a="severe", t="employment")
    assert clauses(page)


def test_what_the_filters_do_not_hold_for_is_told(page, whole):
    """The sets of the country know words alone."""
    note = page.locator("#results > p", has_text="没有按主题、给谁和类型筛")
    ask(page, whole, "补贴")
    assert note.count() == 0 and page.locator("#results h2", has_text="按地区看").count() == 1
    ask(page, whole, "补贴", k="3")
    assert note.count() == 1 and page.locator("#results h2", has_text="按地区看").count() == 1


def test_the_status_is_said_once(browser, whole):
    assert len(announcements(browser, whole, "轮椅")) == 1


def test_axe_finds_nothing_in_places_and_results(paged, whole):
    problems = []
    for width in (1280, 320):
        made = paged(width)
        made.goto(f"file://{whole}/search.html?q={quote('轮椅')}&d={quote('江苏省南京市')}")
        made.wait_for_function(READY)
        made.wait_for_function("document.querySelectorAll('[name=d]').length === 3")
        assert made.evaluate("document.documentElement.scrollWidth") <= width
        problems += violations(made)
    nothing(problems)


def test_without_script_there_are_lists(browser, whole):
    made = opened(browser, whole, "search.html?q=x", java_script_enabled=False)
    assert all(word in made.content() for word in ("按地区找", "按主题找", "按单位找", "词语解释"))
    made.context.close()


def test_a_built_site_is_searched(browser, crowded, catalogue):
    """As the build puts it together: five plans, too many to list, on one shelf, which is searched whole."""
    made = opened(browser, crowded, "search.html")
    of = {catalogue.place(plan): of_plan(catalogue, plan) for plan in catalogue.current}
    for word in ("导盲犬", "喘息服务"):
        said = ask(made, crowded, word)
        expected = having(of, *alike(made, word))
        got = {target for _, target in made.locator("#results a").evaluate_all("all => all.map(one => [one.textContent, one.getAttribute('href')])")}
        assert said == f"找到 {numbers(said)[0]} 条。" and set.union(*expected.values()) <= got
    made.context.close()


# --- how much is sent -----------------------------------------------------------------------------------


QUERIES = (
    "轮椅", "盲", "江津 辅助器具", "无障碍改造", "护理补贴", "残疾儿童康复救助", "就业培训", "导盲犬", "喘息服务", "殡葬", "低保", "自闭症", "谁管康复", "fuzhuqiju", "护里补贴",
    "精神残疾人吃药有没有补贴", "盲人 出行", "残疾人考公务员事业单位有没有照顾", "村里残疾人有困难找哪个", "孩子听力不好，做人工耳蜗有没有补助",
)


def wire(page) -> int:
    """Bytes of the search's scripts and files for the last query, as sent with gzip."""
    names = {unquote(urlparse(url).path) for url in page.requested if re.search(r"/assets/(search|country)", url)}
    return sum(len(gzip.compress(Path(name).read_bytes(), 6)) for name in names)


def test_sixty_plans_cost_little_more_than_three(browser, page, whole, built, catalogue):
    """A first query of 60 plans on five shelves costs at most a quarter more than of 14 on nine, and no query more than 200 KB."""
    few = [ask(page, whole, query) and wire(page) for query in QUERIES]
    folder = built(spread(catalogue, 60), 15)
    other = opened(browser, folder, "search.html")
    many = [ask(other, folder, query) and wire(other) for query in QUERIES]
    other.context.close()
    assert max(few + many) <= 200_000 and sum(many) <= 1.25 * sum(few), (few, many)
