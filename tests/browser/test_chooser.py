"""The chooser: an address makes a table, its sentences, CSV and JSON of exactly what is shown; from a file, by keyboard, at 320 px."""

import csv
import io
import json

import pytest
from browsing import nothing, opened, violations, visit

CHOICE = "choose.html?d=jiangjin&d=wulong&k=measures&c=subsistence-allowance&c=free-parking&c=two-subsidies#result"
# Cells without the words for where they are from: what the row, the list and the files have in common.
TABLE = """() => [...document.querySelectorAll('#chosen tbody tr')].map(row => [...row.cells].map(cell => cell.firstChild.textContent))"""
LIST = """() => [...document.querySelectorAll('#chosen .tlist > ol > li')].map(one => [one.querySelector('strong a').textContent,
  ...[...one.querySelectorAll('dd')].map(cell => cell.firstChild.textContent)])"""


def saved(page, name: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.path().read_text(encoding="utf-8-sig")


def test_the_address_carries_the_choice(browser, site):
    page = opened(browser, site, CHOICE)
    page.wait_for_selector("#chosen-cap")
    assert page.evaluate("[...document.querySelectorAll('#choose [name=d]:checked')].map(one => one.value)") == ["jiangjin", "wulong"]
    assert page.locator("#chosen-said").inner_text() == "江津区、武隆区，3 项专栏项目，其中 2 项各地不一样。"
    assert [row[0] for row in page.evaluate(TABLE)] == ["最低生活保障", "困难残疾人生活补贴和重度残疾人护理补贴", "残疾人停车免费"]
    assert page.locator("#chosen th[scope=col]").all_inner_texts() == ["专栏项目", "江津区", "武隆区"]
    assert page.faults == []
    page.context.close()


@pytest.mark.parametrize("kind", ["indicators", "measures", "tasks"])
def test_table_list_csv_and_json_are_the_same(kind, browser, site):
    page = opened(browser, site, f"choose.html?d=banan&d=jiangjin&k={kind}#result")
    page.wait_for_selector("#chosen-cap")
    table = page.evaluate(TABLE)
    assert len(table) > 10 and table == page.evaluate(LIST)
    assert list(csv.reader(io.StringIO(saved(page, "规划比较.csv"))))[1:] == table
    rows = json.loads(saved(page, "规划比较.json"))
    assert [[row["name"], *(cell["words"] for cell in row["cells"])] for row in rows] == table
    page.context.close()


def test_what_is_chosen_is_what_the_pages_say(browser, site, documents):
    """The chooser's cells begin with the words of the whole table."""
    page = opened(browser, site, "choose.html?k=measures&d=changyi&d=banan&d=jiangjin&d=wulong&d=ziyang#result")
    page.wait_for_selector("#chosen-cap")
    whole = {}
    for row in documents["measures/index.html"].xpath("//tbody/tr"):
        cells = ["".join(cell.itertext()).strip() for cell in row]
        whole[cells[0]] = cells[1:]
    for name, *cells in page.evaluate(TABLE):
        assert [cell.partition("（")[0] for cell in cells] == whole.pop(name), name
    assert not whole
    page.context.close()


def test_only_what_differs(browser, site):
    page = opened(browser, site, CHOICE.replace("#", "&diff=1#"))
    page.wait_for_selector("#chosen-cap")
    rows = page.evaluate(TABLE)
    assert len(rows) == 2 and all(len(set(row[1:])) > 1 for row in rows)
    page.goto(page.url.replace("d=wulong&", "").replace("#result", "") + "#result")
    page.wait_for_function("document.getElementById('chosen-said')?.textContent.includes('各地一样')")
    page.context.close()


def test_by_keyboard(browser, site):
    """Leave two districts, choose one task, make the table; the choice is in the address."""
    page = opened(browser, site, "choose.html")
    page.locator("[name=d][value=changyi]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("[name=k]").first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert page.locator("[data-kind=tasks]").is_visible() and page.locator("[data-kind=indicators]").is_hidden()
    page.locator("[data-kind=tasks] summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_selector("#chosen-cap")
    assert "k=tasks" in page.url and "d=changyi" not in page.url and page.url.count("c=") == 1
    assert page.locator("#chosen-said").inner_text().startswith("江津区、武隆区、资阳市，1 项任务")
    page.context.close()


def test_nothing_chosen_says_so(browser, site):
    page = opened(browser, site, "choose.html?d=nowhere&k=measures")
    page.wait_for_function("document.getElementById('chosen-said')?.textContent.includes('没有选地方')")
    page.context.close()


def test_small_screen_and_axe(paged, site):
    found = []
    for width, scheme in ((1280, "dark"), (320, "light")):
        page = paged(width, color_scheme=scheme)
        page.goto(f"file://{site}/{CHOICE}")
        page.wait_for_selector("#chosen-cap", state="attached")
        assert page.locator("#chosen .tlist").is_visible() is (width == 320)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found += violations(page)
    nothing(found)


def test_without_script_the_whole_table_is_there(browser, site):
    page = opened(browser, site, "choose.html", java_script_enabled=False)
    assert not page.locator("#choose").is_visible()
    assert page.locator("#whole tbody tr").count() >= 14 and page.get_by_role("link", name="专栏项目的表").is_visible()
    page.context.close()


def test_a_first_visit_shows_all(paged, site):
    page = paged()
    visit(page, site, "choose.html")
    assert page.locator("#whole").is_visible() and "还没有选" in page.locator("#chosen-said").inner_text()
