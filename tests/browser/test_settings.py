"""Reading settings: native controls that apply, are announced, stay on the device and can be undone."""

import pytest
from browsing import opened, violations

CHAPTER = "districts/ziyang/2021-2025/chapter-2.html"


def choose(page, key, value):
    page.evaluate("document.getElementById('set').hidden = false")
    page.locator(f"#set input[data-key={key}][value='{value}']").check()


def test_sizes_in_pixels(browser, site):
    page = opened(browser, site, CHAPTER)
    sizes = []
    for value in ("", "l", "xl", "xxl"):
        choose(page, "size", value)
        sizes.append(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p[id]')).fontSize)"))
    assert sizes == [18, 22, 28, 36]
    page.context.close()


def test_the_readers_own_text_size_counts_too(browser, site):
    """Sizes are relative to the browser's own: no setting goes over it."""
    page = opened(browser, site, CHAPTER)
    assert page.evaluate("document.documentElement.style.fontSize") == ""
    assert "%" in page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--size')")
    page.context.close()


def test_spacing_grows_in_three_steps(browser, site):
    page = opened(browser, site, CHAPTER)
    heights = []
    for value in ("", "m", "l"):
        choose(page, "space", value)
        heights.append(page.evaluate("(s => parseFloat(s.lineHeight) / parseFloat(s.fontSize))(getComputedStyle(document.querySelector('main p[id]')))"))
    assert heights[0] >= 1.75 and heights == sorted(heights) and len(set(heights)) == 3
    page.context.close()


def test_the_widest_spacing_parts_paragraphs_by_one_and_a_half_lines(browser, site):
    """WCAG 1.4.8, with lines of at most 40 characters (test_reflow.py) and without justified text."""
    page = opened(browser, site, CHAPTER)
    choose(page, "space", "l")
    line, gap, align = page.evaluate("""() => {
      const [one, two] = [...document.querySelectorAll('.t > p + p')].slice(0, 1).flatMap(p => [p.previousElementSibling, p]);
      const style = getComputedStyle(one);
      return [parseFloat(style.lineHeight), two.getBoundingClientRect().top - one.getBoundingClientRect().bottom, style.textAlign];
    }""")
    assert line >= 1.5 * 18 and gap >= 1.5 * line - 1 and align != "justify"
    page.context.close()


# Tokens that must stand out from each other (WCAG 1.4.11): rings, borders of controls, bars of figures, the mark.
PAIRS = [(one, ground) for one in ("ring", "edge", "accent") for ground in ("paper", "card", "wash")]
RATIO = """pairs => {
  const context = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true});
  const light = name => {
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
    context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b + .05;
  };
  return pairs.map(([one, other]) => { const [a, b] = [light(one), light(other)]; return Math.max(a, b) / Math.min(a, b); });
}"""


@pytest.mark.parametrize(("theme", "scheme"), [("", "light"), ("", "dark"), ("light", "dark"), ("dark", "light"), ("yellow", "light"), ("plain", "light")])
def test_rings_and_borders_stand_out_in_every_theme(theme, scheme, browser, site):
    page = opened(browser, site, CHAPTER, color_scheme=scheme)
    if theme:
        choose(page, "theme", theme)
    ratios = dict(zip(PAIRS, page.evaluate(RATIO, PAIRS), strict=True))
    assert not {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 3}
    texts = [("ink", "mark"), ("ink", "paper"), ("ink", "card"), ("ink", "wash"), ("soft", "paper"), ("soft", "card"), ("accent", "paper"), ("on-accent", "accent")]
    ratios = dict(zip(texts, page.evaluate(RATIO, texts), strict=True))
    assert not {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 7}
    page.context.close()


@pytest.mark.parametrize(("value", "table", "items"), [("", True, False), ("table", True, False), ("list", False, True)])
def test_table_form_by_choice(value, table, items, browser, site):
    page = opened(browser, site, CHAPTER)
    choose(page, "table", value)
    assert page.locator(".tscroll").first.is_visible() is table
    assert page.locator(".tlist").first.is_visible() is items
    page.context.close()
    page = opened(browser, site, CHAPTER, 320)
    choose(page, "table", value)
    assert page.locator(".tscroll").first.is_visible() is (value == "table")
    page.context.close()


def test_settings_are_announced_kept_and_reset(browser, site):
    page = opened(browser, site, CHAPTER)
    choose(page, "theme", "yellow")
    assert page.locator("#say").inner_text() == "配色：黑底黄字"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "yellow"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    assert page.locator("#set input[data-key=theme][value=yellow]").is_checked()
    page.evaluate("document.getElementById('set').hidden = false")
    page.locator("#set .set-reset").click()
    assert page.locator("#say").inner_text() == "已恢复默认设置"
    assert page.evaluate("document.documentElement.dataset.theme") is None
    page.reload()
    assert page.evaluate("localStorage.getItem('reading')") == "{}"
    page.context.close()


def test_settings_apply_before_the_first_paint(browser, site):
    """early.js stands in the head without defer, in front of everything that paints."""
    page = opened(browser, site, CHAPTER)
    script = page.locator("head script").first
    assert script.get_attribute("src").endswith("early.js")
    assert script.get_attribute("defer") is None and script.get_attribute("async") is None
    page.context.close()


def test_the_page_of_settings_and_the_panel_are_one(browser, site):
    page = opened(browser, site, "settings.html")
    page.locator("main input[data-key=size][value=xl]").check()
    assert page.locator("#set input[data-key=size][value=xl]").is_checked()
    assert page.evaluate("document.documentElement.dataset.size") == "xl"
    page.context.close()


def test_without_script_there_is_a_link_and_no_dead_button(browser, site):
    page = opened(browser, site, "index.html", java_script_enabled=False)
    assert page.locator(".set-link").is_visible() and not page.locator("#set-btn").is_visible()
    assert not page.locator("#set").is_visible()
    page.context.close()
    page = opened(browser, site, "settings.html", java_script_enabled=False)
    assert not page.locator(".set-only").is_visible()
    assert "这个浏览器没有打开" in page.locator("main").inner_text()
    page.context.close()


def test_large_pointer_and_ruler(browser, site):
    page = opened(browser, site, CHAPTER)
    choose(page, "pointer", "big")
    assert "url(" in page.evaluate("getComputedStyle(document.querySelector('main p')).cursor")
    choose(page, "ruler", "on")
    page.mouse.move(400, 300)
    ruler = page.locator(".ruler")
    assert ruler.is_visible() and ruler.get_attribute("aria-hidden") == "true"
    assert abs(ruler.bounding_box()["y"] - 312) < 2
    link = page.locator("main a:visible").last
    link.focus()
    page.wait_for_timeout(300)
    box = link.bounding_box()
    assert abs(ruler.bounding_box()["y"] - box["y"] - box["height"]) < 2, "the ruler stands under what has focus, also when the page has scrolled"
    choose(page, "ruler", "")
    assert ruler.count() == 0
    page.context.close()


def test_pinyin_for_one_section_on_demand(browser, site):
    page = opened(browser, site, "districts/jiangjin/2021-2025/chapter-3.html")
    assert page.locator("ruby").count() == 0 and page.locator(".pinyin-btn").count() == 0
    choose(page, "pinyin", "on")
    button = page.locator(".pinyin-btn").first
    before = page.locator("[id='c3.s1.u1.p1']").inner_text()
    button.click()
    page.wait_for_selector("ruby rt")
    assert button.get_attribute("aria-pressed") == "true"
    paragraph = page.locator("[id='c3.s1.u1.p1']")
    assert paragraph.locator("ruby").count() > 5
    marks = paragraph.locator("rt")
    assert set(marks.evaluate_all("all => all.map(e => e.getAttribute('aria-hidden') + e.lang)")) == {"truezh-Latn-pinyin"}
    assert page.locator("[id='c3.s2.u1.p1'] ruby").count() == 0, "only the open section"
    base = paragraph.evaluate("e => { const c = e.cloneNode(true); c.querySelectorAll('rt').forEach(r => r.remove()); return c.textContent; }")
    assert base == before
    button.click()
    assert page.locator("ruby").count() == 0 and paragraph.inner_text() == before
    page.context.close()


def test_pinyin_can_be_asked_for_again(browser, site):
    """The same marks, in the context of the text as it was before."""
    page = opened(browser, site, CHAPTER)
    choose(page, "pinyin", "on")
    button, text = page.locator(".pinyin-btn").first, page.locator("main")
    nodes = "() => { const walker = document.createTreeWalker(document.getElementById('main'), 4); let n = 0; while (walker.nextNode()) n++; return n; }"
    before, plain, marked = page.evaluate(nodes), text.inner_text(), []
    for _ in range(2):
        button.click()
        page.wait_for_selector("ruby rt")
        marked.append(text.inner_html())
        button.click()
        assert page.evaluate(nodes) == before and text.inner_text() == plain
    assert marked[0] == marked[1]
    page.context.close()


def test_pinyin_that_comes_too_late_is_not_shown(browser, site):
    page = opened(browser, site, CHAPTER)
    choose(page, "pinyin", "on")
    page.evaluate("() => { const button = document.querySelector('.pinyin-btn'); button.click(); button.click(); }")
    page.wait_for_function("() => plansite.readings")
    page.evaluate("() => plansite.readings(['残疾人'])")
    assert page.locator("ruby").count() == 0 and page.locator("#say").inner_text() != "这一节已注音"
    page.context.close()


@pytest.mark.parametrize("missing", ["pinyin.js", "pinyin/1.js"])
def test_a_dictionary_that_does_not_come_is_told(missing, browser, site):
    page = opened(browser, site, CHAPTER)
    choose(page, "pinyin", "on")
    page.route(f"**/assets/{missing}", lambda route: route.abort())
    page.reload()
    button = page.locator(".pinyin-btn").first
    button.click()
    page.wait_for_function("() => document.getElementById('say')?.textContent === '拼音没有取到。请检查网络，再试一次。'")
    assert button.get_attribute("aria-pressed") == "false" and page.locator("ruby").count() == 0
    page.unroute_all()
    button.click()
    page.wait_for_selector("ruby rt")
    assert page.locator("#say").inner_text() == "这一节已注音"
    page.context.close()


@pytest.mark.parametrize("theme", ["light", "dark", "yellow", "plain"])
@pytest.mark.parametrize("size", ["", "xxl"])
def test_axe_in_every_theme_and_size(theme, size, browser, site):
    """No violation, 7:1 contrast included, with the panel open, at 320 px, and nothing runs over."""
    for url in ("index.html", CHAPTER, "compare/assistive-devices.html"):
        page = opened(browser, site, url, 320)
        page.evaluate("([theme, size]) => { reading.saved.theme = theme; reading.saved.size = size; reading.saved.space = 'l'; reading.keep(); }", [theme, size])
        page.reload()
        page.locator("#set-btn").click()
        assert violations(page) == [], (url, theme, size)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), (url, theme, size)
        page.context.close()


def test_plain_words_are_shown_on_demand(browser, site):
    """Off at first; the box above the text and the setting are one, and last to the next page."""
    page = opened(browser, site, "districts/ziyang/2021-2025/measures.html")
    assert page.locator(".easy:visible").count() == 0
    page.get_by_label("在原文下面显示易读文字").check()
    assert page.locator(".easy:visible").count() > 40 and page.locator(".easy").first.inner_text().startswith("非官方易读文字：")
    assert page.locator("#set input[data-key=easy][value=on]").is_checked()
    page.goto(f"file://{site}/{CHAPTER.replace('chapter-2', 'chapter-3')}")
    assert page.locator(".easy:visible").count() > 20 and not violations(page)
    page.get_by_label("在原文下面显示易读文字").uncheck()
    assert page.locator(".easy:visible").count() == 0
    page.context.close()
