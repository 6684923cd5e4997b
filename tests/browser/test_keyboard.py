"""The keyboard alone: order, focus that is seen, no trap, no stolen keys, and whole journeys."""

import pytest
from browsing import READY, TYPES, opened
from test_speech import STUB

# What the focused element looks like: where it is, whether its ring shows, whether anything covers it.
STOP = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const r = e.getClientRects()[0] || e.getBoundingClientRect(), s = getComputedStyle(e);
  const x = Math.min(Math.max(r.left + Math.min(r.width, 20) / 2, 0), innerWidth - 1);
  const y = Math.min(Math.max(r.top + Math.min(r.height, 20) / 2, 0), innerHeight - 1);
  const over = document.elementFromPoint(x, y);
  return {
    name: (e.getAttribute('aria-label') || e.textContent || e.name || e.id || e.tagName).trim().slice(0, 30), tag: e.tagName,
    ring: parseFloat(s.outlineWidth) >= 2 && s.outlineStyle !== 'none', size: r.width * r.height,
    inside: r.right > 0 && r.bottom > 0 && r.left < innerWidth && r.top < innerHeight,
    covered: !(over && (over === e || e.contains(over) || over.contains(e))),
    order: Array.prototype.indexOf.call(document.querySelectorAll('*'), e),
  };
}"""


# How many things Tab should stop at: what is shown and can take focus, one of each group of radio buttons.
REACHED = """() => new Set([...document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
  .map(one => one.type === 'radio' ? one.name : one)).size"""


def stops(page, most=400):
    """Every Tab stop of the page, until focus leaves it."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or (found and stop["order"] == found[0]["order"]):
            break
        found.append(stop)
    return found


# 404.html names its files from the server's root: it has no style when opened from the disk.
@pytest.mark.parametrize("url", [url for url in TYPES if url != "404.html"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_stop_is_seen_and_in_order(url, width, browser, site):
    page = opened(browser, site, url, width)
    found = stops(page, 2000)
    assert len(found) == page.evaluate(REACHED), url
    assert [s["name"] for s in found if not s["ring"]] == []
    assert [s["name"] for s in found if not s["inside"] or s["size"] < 4] == []
    assert [s["name"] for s in found if s["covered"]] == []
    orders = [s["order"] for s in found]
    assert orders == sorted(orders), "focus goes back"
    assert "阅读设置" in [s["name"] for s in found[:5]]
    page.context.close()


def test_focus_is_seen_in_forced_colors(browser, site):
    page = opened(browser, site, "compare/assistive-devices.html", forced_colors="active")
    assert [s["name"] for s in stops(page, 40) if not s["ring"]] == []
    page.context.close()


def test_no_trap(browser, site):
    """Tab leads through the whole page and out of it, and back again."""
    page = opened(browser, site, "index.html")
    forward = stops(page)
    assert page.evaluate("document.activeElement === document.body || document.activeElement.className === 'skip'")
    links = page.locator("a:visible, button:visible, summary:visible, input:visible").count()
    assert len(forward) == links
    page.locator("footer a").last.focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.context.close()


def keys_that_act(page) -> bool:
    """Whether any single key changes the page's address, focus or place."""
    state = "[location.href, document.activeElement.outerHTML.slice(0, 80), scrollY]"
    page.locator("h1").click()
    before = page.evaluate(state)
    for key in "abcdefghijklmnopqrstuvwxyz0123456789,./;'[]-=":
        page.keyboard.press(key)
    return page.evaluate(state) != before


@pytest.mark.parametrize("url", ["index.html", "districts/jiangjin/2021-2025/chapter-3.html", "compare/index.html", "search.html"])
def test_no_single_key_does_anything(url, browser, site):
    page = opened(browser, site, url)
    assert not keys_that_act(page)
    page.context.close()


def test_escape_closes_the_settings_and_gives_focus_back(browser, site):
    page = opened(browser, site, "index.html")
    button = page.locator("#set-btn")
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true" and page.locator("#set").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "size"
    page.keyboard.press("Escape")
    assert not page.locator("#set").is_visible()
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.id") == "set-btn"
    page.context.close()


def test_wide_tables_scroll_by_keyboard(browser, site):
    page = opened(browser, site, "compare/index.html", 700)
    region = page.locator(".tscroll").first
    region.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert region.evaluate("e => e.scrollLeft") > 0
    page.context.close()


# --- journeys ---------------------------------------------------------------------------------


def reach(page, name: str, most=250):
    """Tab until the focused element is called `name`."""
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop and stop["name"] == name:
            return
    raise AssertionError(f"never reached {name}")


def follow(page, name: str):
    reach(page, name)
    enter(page)


def enter(page):
    """Follow the link that has focus."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_journey_find_my_district_read_chapter_3_and_go_on(browser, site):
    page = opened(browser, site, "index.html")
    follow(page, "江津区")
    assert "江津区" in page.title() and page.locator("h1").inner_text().startswith("重庆市江津区")
    follow(page, "第三章　重点任务")
    assert page.locator("h1").inner_text() == "第三章　重点任务"
    page.locator(".pager a").last.focus()
    enter(page)
    assert page.locator("h1").inner_text() == "第四章　保障措施"
    page.context.close()


def test_journey_compare_assistive_devices(browser, site):
    page = opened(browser, site, "index.html")
    follow(page, "比一比")
    follow(page, "残疾人辅助器具适配率")
    assert page.locator("h1").inner_text() == "残疾人辅助器具适配率"
    row = page.locator("tr", has_text="巴南区").inner_text()
    assert "高于 95%" in row and "专栏1 第 10 行" in row
    page.context.close()


def test_journey_larger_text(browser, site):
    page = opened(browser, site, "districts/jiangjin/2021-2025/chapter-1.html")
    size = "parseFloat(getComputedStyle(document.querySelector('main p[id]')).fontSize)"
    assert page.evaluate(size) == 18
    reach(page, "阅读设置")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(size) == 22
    assert page.locator("#say").inner_text() == "字号：大"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(size) == 28
    page.context.close()


def test_journey_search_and_open_the_clause(browser, site):
    page = opened(browser, site, "index.html")
    page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q-top"
    page.keyboard.insert_text("巴南 辅助器具适配率")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    page.wait_for_selector("#results li")
    assert page.locator("h1").inner_text().startswith("搜索“巴南 辅助器具适配率”：找到")
    assert page.locator("#found").inner_text().startswith("找到")
    first = page.locator("#results ol a").first
    assert first.inner_text().startswith("巴南区")
    first.focus()
    enter(page)
    assert "districts/banan/2021-2025/" in page.url and "#" in page.url
    page.context.close()


def test_journey_listen(browser, site):
    """The device's voice is a stub; everything else is pressed by keyboard."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN").new_page()
    page.add_init_script(STUB + "speechSynthesis.hold = true;")
    page.goto(f"file://{site}/districts/jiangjin/2021-2025/chapter-1.html")
    reach(page, "阅读设置")
    page.keyboard.press("Enter")
    reach(page, "朗读正文")
    page.keyboard.press("Enter")
    assert [words for words, *_ in page.evaluate("said")] == ["重庆市江津区“十四五”残疾人保障和发展规划（二零二一到二零二五年）"]
    reach(page, "下一句")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert len(page.evaluate("said")) == 3 and page.evaluate("CSS.highlights.get('speak').size") == 1
    for _ in range(2):
        page.keyboard.press("Shift+Tab")
    assert page.evaluate(STOP)["name"] == "停止"
    page.keyboard.press("Enter")
    assert page.evaluate("CSS.highlights.size") == 0
    page.context.close()


def test_search_finds_nothing_honestly(browser, site):
    page = opened(browser, site, "search.html?q=%E9%BE%98%E9%BE%98")
    page.wait_for_function(READY)
    assert "没有找到" in page.locator("#found").inner_text()
    assert page.locator("#results li").count() == 0
    page.context.close()
    page = opened(browser, site, "search.html")
    assert page.locator("#found").inner_text() == "请输入要找的词。"
    page.context.close()
