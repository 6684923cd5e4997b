"""The search in a real browser: finds what grep finds, understands how people type, says honestly when there is nothing."""

import gzip
import re
import statistics
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote, unquote, urlparse

import pytest
import yaml
from browsing import READY, announcements, nothing, opened, violations
from conftest import ROOT

from plansite import search
from plansite.derived import Derived
from plansite.load import load
from plansite.model import Heading
from plansite.pinyin import Pinyin
from plansite.places import PlanPlaces
from plansite.search.concordance import Concordance
from plansite.search.documents import documents
from plansite.search.index import shelf
from plansite.search.text import flat, normal, tokens


@pytest.fixture(scope="module")
def found(catalogue):
    return documents(Derived(catalogue))


@pytest.fixture(scope="module")
def page(browser, site):
    made = opened(browser, site, "search.html")
    yield made
    made.context.close()


def ask(page, site, query: str, **filters) -> str:
    """The status line for a query typed into the address; the page is loaded anew."""
    more = "".join(f"&{key}={value}" for key, value in filters.items())
    page.requested.clear()
    page.goto(f"file://{site}/search.html?q={quote(query)}{more}")
    page.wait_for_function(READY)
    return page.locator("#found").inner_text()


def results(page) -> list[tuple[str, str]]:
    """(words of the link, target from the site's root) of the clauses shown."""
    links = page.evaluate("""() => [...document.querySelectorAll('#results h2')].filter(h => !h.textContent.startsWith('有关的网页'))
      .flatMap(h => [...h.nextElementSibling.querySelectorAll('a')]).map(a => [a.textContent, a.getAttribute('href')])""")
    return [tuple(link) for link in links]


def wire(page) -> int:
    """Bytes of the search's script and files for the last query, as sent with gzip."""
    names = {unquote(urlparse(url).path) for url in page.requested if "/assets/search" in url}
    return sum(len(gzip.compress(Path(name).read_bytes(), 6)) for name in names)


def having(found, word: str) -> set[str]:
    """What grep finds: the documents with the word in title or text."""
    return {one.url for one in found if word in re.sub(r"\s+", "", normal(one.title)) or word in re.sub(r"\s+", "", normal(one.text))}


@pytest.mark.parametrize("word", ["导盲犬", "轮椅", "送教上门", "护理补贴", "喘息服务", "障碍改", "盲", "托养", "12385", "手语"])
def test_finds_what_grep_finds(word, page, site, found):
    expected = having(found, word)
    said = ask(page, site, word)
    number = int((re.findall(r"\d+", said) or ["0"])[0])
    assert said == "没有找到。" if not expected else number >= len(expected), (word, said, len(expected))
    shown = {target for _, target in results(page)}
    assert shown & expected or not expected


@pytest.mark.parametrize(("typed", "plain"), [
    ("輔助器具", "辅助器具"), ("ｆｕｚｈｕｑｉｊｕ", "辅助器具"), ("fuzhuqiju", "辅助器具"), ("fzqj", "辅助器具"), ("辅助　器具", "辅助 器具"), ("无章碍", "无障碍"),
])
def test_ways_of_typing_the_same(typed, plain, page, site):
    ask(page, site, plain)
    wanted = results(page)
    ask(page, site, typed)
    assert wanted and results(page)[:3] == wanted[:3]


def test_synonyms_are_told(page, site):
    ask(page, site, "自闭症")
    assert "也找了：孤独症。" in page.locator("#results").inner_text() and len(results(page)) >= 4
    assert page.locator("#results mark").first.inner_text() == "孤独症"


def test_a_typing_error_is_asked_about(page, site):
    ask(page, site, "护里补贴")
    assert page.locator("#results p").first.inner_text() == "你是不是要找：护理补贴"


@pytest.mark.parametrize("query", ["江津 辅助器具", "江津辅助器具", "江津区 辅助器具", "jiangjin 辅助器具"])
def test_a_place_is_a_filter(query, page, site):
    ask(page, site, query)
    assert results(page) and all(words.startswith("江津区：") and "/jiangjin/" in target for words, target in results(page))


def element_of(catalogue, target: str):
    """(plan, id) of a link's target."""
    path, _, id = target.partition("#")
    return next(plan for plan in catalogue.current if catalogue.region(plan).slug == path.split("/")[1]), id


def test_filters_are_in_the_address(page, site, catalogue):
    ask(page, site, "补贴", d="wulong-2021-2025")
    assert all(words.startswith("武隆区：") for words, _ in results(page)) and page.locator("[name=d]").input_value() == "wulong-2021-2025"
    ask(page, site, "补贴", k="1")
    assert results(page) and all("#box" in target for _, target in results(page))
    ask(page, site, "补贴", t="employment")
    assert results(page) and all(catalogue.topic_at(plan, id) and catalogue.vocabulary.field(catalogue.topic_at(plan, id)) == "employment"
                                 for _, target in results(page) for plan, id in [element_of(catalogue, target)])


def test_the_audience_is_a_filter(page, site, catalogue):
    """Clauses that give this audience something, or everyone; each such clause with the word is found."""
    ask(page, site, "补贴", a="severe")
    page.evaluate(ALL)
    offered = {(plan.id, offer.at) for plan in catalogue.current for offer in plan.offers if {"severe", "everyone"} & set(offer.audiences)}
    got = {(plan.id, id) for _, target in results(page) for plan, id in [element_of(catalogue, target)]}
    having_ = {(plan.id, id) for plan in catalogue.current for id, element in plan.elements.items() if "补贴" in element.text_as_read}
    assert got and got <= offered and offered & having_ <= got and page.locator("[name=a]").input_value() == "severe"


@pytest.mark.parametrize("query", ["比特币", "潜水", "qwertz", "龘"])
def test_nothing_is_said_honestly_with_what_to_try(query, page, site):
    assert ask(page, site, query) == "没有找到。"
    assert page.locator("h1").inner_text() == f"搜索“{query}”：没有找到"
    assert {"主题", "词语解释", "单位", "全部地区"} <= set(page.locator("#results a").all_inner_texts())


def test_links_name_district_and_clause_and_lead_there(page, site):
    ask(page, site, "送教上门")
    for words, target in results(page):
        assert re.match(r"(江津区|武隆区|巴南区|资阳市|昌邑区（讨论稿）)：.", words)
        path, _, anchor = target.partition("#")
        assert f'id="{anchor}"' in (site / path).read_text(encoding="utf-8")


def test_the_number_is_announced_once(browser, site):
    assert len(announcements(browser, site, "轮椅")) == 1


def test_more_goes_on_where_one_was(page, site):
    ask(page, site, "康复")
    before = page.locator("#results ol").first.locator("li").count()
    page.get_by_role("button", name="条原文").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(f"document.querySelector('#results ol').children.length > {before}")
    assert page.evaluate(f"document.activeElement.closest('li') === document.querySelector('#results ol').children[{before}]")


def test_the_composition_of_characters_is_not_disturbed(page, site):
    """Nothing happens while somebody types: the form is sent by Enter or the button alone."""
    ask(page, site, "轮椅")
    page.locator("#q").fill("盲文")
    page.wait_for_timeout(300)
    assert "轮椅" in page.locator("h1").inner_text()


def test_pages_of_the_site_are_found(page, site):
    for query, url in {"民政局": "agencies/civil-affairs.html", "孤独症": "glossary.html", "江津区规划": "districts/jiangjin/index.html", "就业": "topics/employment.html"}.items():
        ask(page, site, query)
        links = page.evaluate("[...document.querySelectorAll('#results a')].map(a => a.getAttribute('href'))")
        assert any(link.startswith(url) for link in links), (query, links)


def test_axe_finds_nothing_in_filters_and_results(paged, site):
    found = []
    for width in (1280, 320):
        made = paged(width)
        made.goto(f"file://{site}/search.html?q={quote('补贴')}&k=1")
        made.wait_for_function(READY)
        assert made.evaluate("document.documentElement.scrollWidth") <= width
        found += violations(made)
    nothing(found)


def test_without_script_there_are_lists(browser, site):
    made = opened(browser, site, "search.html?q=x", java_script_enabled=False)
    links = made.locator("noscript a").all_inner_texts() or re.findall(r"<noscript>.*?</noscript>", made.content(), re.S)
    assert links and all(word in "".join(links) for word in ("地区", "主题", "单位", "词语解释"))
    made.context.close()


# --- the index ----------------------------------------------------------------------------------------


def test_tokens():
    assert tokens(flat("无障碍，ＡＰＰ 85%")) == ["无障", "障碍", "碍$", "app85%"]


def test_the_index_is_the_same_each_time(catalogue, site):
    readings = Pinyin(load(ROOT / "data" / "vocabulary" / "pinyin.yml", ROOT) or {})
    made = search.placed(search.few(Derived(catalogue), ROOT, readings.readings))
    assert all((site / url).read_bytes() == content for url, content in made.items())


def test_little_is_sent(page, site):
    """A first query costs at most 100 KB, a further one 25 KB in the middle."""
    first, known = [], set()
    for query in ("轮椅", "江津 辅助器具", "无障碍改造", "护理补贴", "残疾儿童康复救助", "就业培训", "盲"):
        ask(page, site, query)
        first.append(wire(page))
    assert max(first) <= 100_000, first
    further = []
    for query in ("轮椅", "辅助器具", "低保", "托养", "护理补贴", "就业培训", "特殊教育", "手语", "法律援助", "停车"):
        ask(page, site, query)
        names = {unquote(urlparse(url).path) for url in page.requested if "/assets/search/" in url}
        further.append(sum(len(gzip.compress(Path(name).read_bytes(), 6)) for name in names - known))
        known |= names
    assert statistics.median(further[1:]) <= 25_000, further


def test_two_hundred_plans_cost_little_more(found, site):
    """Clones of the plans: all that a first query of four pairs of characters takes, of middle size."""
    clones = [
        replace(one, group=f"{one.group}-{number}", text=one.text.replace("残疾人", f"残疾人{number % 7}", 1))
        for number in range(40) for one in found if one.group
    ]
    made = shelf(clones, Concordance.of(clones))

    def size(text: str) -> int:
        return len(gzip.compress(text.encode(), 6))

    def middle(pattern: str) -> int:
        return statistics.median_low(size(text) for name, text in made.items() if re.fullmatch(pattern, name))

    same = sum(size((site / "assets" / name).read_text(encoding="utf-8")) for name in ("search.js", "search/words.js"))
    assert same + size(made["index.js"]) + size(made["about.js"]) + 4 * middle(r"s\d+.js") + 8 * middle(r"t\d+.js") <= 150_000


# --- relevance ----------------------------------------------------------------------------------------


def queries(name: str) -> list[dict]:
    return yaml.safe_load((ROOT / "tests" / "queries" / f"{name}.yml").read_text(encoding="utf-8"))


# Every result at once, by pressing the buttons that show more.
ALL = """async () => {
  for (let button; (button = [...document.querySelectorAll('#results button')].find(b => !b.hidden && !b.textContent.includes('网页')));) {
    const list = button.parentElement.previousElementSibling, before = list.children.length;
    button.click();
    while (list.children.length === before) await new Promise(done => setTimeout(done, 2));
  }
}"""


def measured(page, site, catalogue, rows: list[dict]) -> tuple[float, float, list, list]:
    """Mean recall of pages over all results, mean precision of the first five clauses, what fell short, and what
    was found where there is nothing."""
    at = {}
    for plan in catalogue.current:
        places = PlanPlaces(plan, catalogue.region(plan))
        at |= {places.element(id): (plan.id, id) for id, element in plan.elements.items() if not isinstance(element, Heading)}
    recalls, precisions, short, invented = [], [], [], []
    for row in rows:
        relevant = {(plan, id) for plan, ids in row["relevant"].items() for id in ids}
        ask(page, site, row["q"])
        page.evaluate(ALL)
        got = [at[target] for _, target in results(page) if target in at]
        if not relevant:
            invented += [row["q"]] * bool(got)
            continue
        pages = {target.partition("#")[0] for target, element in at.items() if element in relevant}
        seen = {target.partition("#")[0] for _, target in results(page)}
        recall = len(pages & seen) / len(pages)
        best = got[: min(5, len(relevant))]
        precision = sum(element in relevant for element in best) / min(5, len(relevant))
        recalls.append(recall)
        precisions.append(precision)
        if recall < 1 or precision < 1:
            short.append((row["q"], round(recall, 2), round(precision, 2), [element for element in best if element not in relevant]))
    return statistics.mean(recalls), statistics.mean(precisions), short, invented


def test_relevance(page, site, catalogue):
    """Queries written from the plans and from how people talk, judged against the sources."""
    rows = queries("queries")
    assert len(rows) >= 80
    recall, precision, short, invented = measured(page, site, catalogue, rows)
    assert recall >= 0.95 and precision >= 0.90 and not invented, (recall, precision, short, invented)


# Sets written by others. Three were blind when written (0.88 and 0.77, 0.63 and 0.43, 0.89 and 0.80 at first) and then looked at.
# The last was written after all tuning: short queries, and spoken sentences for a third. Least recall, least precision, and
# for how many queries without an answer something may be found.
OTHERS = {"unseen": (0.93, 0.89, 0), "sentences": (0.93, 0.79, 0), "mixed": (0.90, 0.79, 1), "blind": (0.93, 0.85, 1)}


@pytest.mark.parametrize("name", OTHERS)
def test_relevance_of_queries_of_others(name, page, site, catalogue):
    rows = queries(name)
    assert len(rows) >= 20
    recall, precision, short, invented = measured(page, site, catalogue, rows)
    least = OTHERS[name]
    assert recall >= least[0] and precision >= least[1] and len(invented) <= least[2], (recall, precision, short, invented)
