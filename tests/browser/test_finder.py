"""我能得到什么: place, people and needs chosen together; the address carries the choice."""

import pytest
from browsing import opened, violations


@pytest.fixture
def page(browser, site):
    made = opened(browser, site, "for/index.html")
    yield made
    made.context.close()


def find(page, site, query: str) -> str:
    page.goto(f"file://{site}/for/index.html?{query}")
    page.wait_for_function("document.getElementById('found-said')?.textContent")
    return page.locator("#found-said").inner_text()


def shown(page) -> list[str]:
    """All plain sentences found, the list drawn to its end."""
    more = page.get_by_role("button", name="再看 20 条")
    while more.is_visible():
        more.click()
    return page.locator("#found-list > ol > li > p:first-child").all_inner_texts()


def fitting(plan, people: set, needs: set) -> list:
    """The offers of a plan for any of the people, or for everyone, and with any of the needs."""
    return [
        offer for offer in plan.offers
        if (not people or (people | {"everyone"}) & set(offer.audiences)) and (not needs or needs & set(offer.needs))
    ]


@pytest.mark.parametrize(("people", "needs"), [({"hearing", "children"}, {"devices", "rehabilitation"}), ({"severe"}, set()), (set(), {"work"}), ({"family"}, {"care", "money"})])
def test_finds_what_the_files_say(people, needs, page, site, catalogue):
    plan = next(plan for plan in catalogue.current if catalogue.region(plan).slug == "jiangjin")
    expected = fitting(plan, people, needs)
    said = find(page, site, "&".join(["d=jiangjin", *(f"a={one}" for one in sorted(people)), *(f"n={one}" for one in sorted(needs))]))
    assert f"找到 {len(expected)} 条" in said and said.startswith("江津区")
    sentences = shown(page)
    assert sorted(sentences) == sorted(offer.plain for offer in expected)
    direct = {offer.plain for offer in expected if people & set(offer.audiences)}
    named = [sentence in direct for sentence in sentences]
    assert named == sorted(named, reverse=True), "what names the people comes first"


def test_all_districts_name_the_place(page, site, catalogue):
    find(page, site, "d=&a=sight&n=information")
    places = {sentence.partition("：")[0] for sentence in shown(page)}
    assert places <= {catalogue.label(plan) for plan in catalogue.current} and len(places) >= 3


def test_the_form_makes_the_address_and_the_address_the_form(page, site):
    page.get_by_label("武隆区", exact=True).check()
    page.get_by_label("听力残疾").check()
    page.get_by_label("辅具").check()
    page.get_by_role("button", name="找一找").click()
    page.wait_for_function("document.getElementById('found-said')?.textContent")
    assert page.url.endswith("?d=wulong&a=hearing&n=devices#result")
    assert page.get_by_label("武隆区", exact=True).is_checked() and page.get_by_label("听力残疾").is_checked() and not page.get_by_label("视力残疾").is_checked()
    assert page.title().startswith("武隆区，给听力残疾，帮辅具") and not page.faults and not violations(page)


def test_one_district_costs_one_file(page, site):
    page.requested.clear()
    find(page, site, "d=wulong&a=hearing")
    assert [url.rpartition("/")[2] for url in page.requested if "/assets/offers/" in url] == ["wulong.js"]


def test_nothing_is_said_honestly(page, site):
    said = find(page, site, "d=changyi&a=veterans&n=law")
    assert "找到" in said or "不等于当地没有" in said


def test_more_takes_the_focus_on(page, site):
    find(page, site, "d=jiangjin")
    page.get_by_role("button", name="再看 20 条").click()
    assert page.evaluate("[...document.querySelectorAll('#found-list > ol > li')].indexOf(document.activeElement)") == 20


def test_without_script_the_lists_are_there(browser, site):
    page = opened(browser, site, "for/index.html", java_script_enabled=False)
    assert not page.locator("#find").is_visible() and page.get_by_role("link", name="听力残疾").is_visible()
    page.context.close()
