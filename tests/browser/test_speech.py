"""Reading aloud, with a stub in the place of the device's voice: headless Chromium has none."""

import pytest
from browsing import opened

STUB = """
(() => {
  const said = [], voices = [{ lang: 'zh-CN', name: '测试' }];
  window.said = said;
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  const stub = {
    paused: false, hold: false, getVoices: () => voices,
    speak(u) { said.push([u.text, u.lang, u.rate]); if (!stub.hold) setTimeout(() => !stub.paused && u.onend && u.onend(), 0); },
    cancel() {}, pause() { stub.paused = true; }, resume() { stub.paused = false; },
  };
  Object.defineProperty(window, 'speechSynthesis', { value: stub });
})();
"""
CHAPTER = "districts/banan/2021-2025/chapter-2.html"


def speaking(browser, site, url, width=1280):
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN").new_page()
    page.add_init_script(STUB)
    page.goto(f"file://{site}/{url}")
    page.locator("#set-btn").click()
    return page


def test_every_sentence_once_and_in_order(browser, site):
    page = speaking(browser, site, CHAPTER)
    page.locator("#set [data-do=play]").click()
    page.wait_for_function("window.said.length > 20 && CSS.highlights.size === 0", timeout=20000)
    said = page.evaluate("said")
    assert {lang for _, lang, _ in said} == {"zh-CN"}
    whole = "".join(text for text, _, _ in said)
    places = [whole.find(words) for words in ("第二章", "高举中国特色社会主义伟大旗帜", "坚持以人民为中心", "残疾人家庭人均收入年均增长", "高于92")]
    assert -1 not in places and places == sorted(places)
    assert whole.count("坚持以人民为中心") == 1
    assert all(len(text) <= 140 for text, _, _ in said)
    page.context.close()


def test_what_only_helps_to_find_the_way_is_not_spoken(browser, site):
    """The ways back to the contents, and the names of lists of terms that are folded."""
    page = speaking(browser, site, "districts/changyi/2021-2025/chapter-3.html")
    page.locator("details.terms summary").nth(1).click()
    opened_list = page.locator("details.terms").nth(1).locator("dd").first.text_content()
    page.evaluate("speechSynthesis.hold = true")
    page.locator("#set [data-do=play]").click()
    page.evaluate("speechSynthesis.hold = false; document.querySelector('#set [data-do=on]').click()")
    page.wait_for_function("window.said.length > 100 && CSS.highlights.size === 0", timeout=60000)
    said = "".join(text for text, _, _ in page.evaluate("said"))
    assert "残疾人" in said and "回到本页目录" not in said
    assert said.count("专门说法") == 1 and opened_list in said
    page.context.close()


def test_tables_are_spoken_from_their_list_form(browser, site):
    page = speaking(browser, site, CHAPTER)
    page.locator("#set [data-do=play]").click()
    page.wait_for_function("window.said.length > 20 && CSS.highlights.size === 0", timeout=20000)
    said = [text for text, _, _ in page.evaluate("said")]
    at = next(i for i, text in enumerate(said) if text.startswith("指标：残疾人辅助器具适配率"))
    assert said[at : at + 7] == ["指标：残疾人辅助器具适配率，百分比", "序号", "10", "“十四五”目标值", "高于95", "指标属性", "约束性"]
    page.context.close()


def test_the_sentence_is_marked(browser, site):
    page = speaking(browser, site, CHAPTER)
    page.evaluate("speechSynthesis.hold = true")
    page.locator("#set [data-do=play]").click()
    page.locator("#set [data-do=on]").click()
    assert page.evaluate("CSS.highlights.get('speak').size") == 1
    marked = page.evaluate("[...CSS.highlights.get('speak')][0].toString()")
    assert marked and marked[:4] in page.evaluate("said.at(-1)[0]")
    page.context.close()


def test_buttons(browser, site):
    page = speaking(browser, site, CHAPTER)
    page.evaluate("speechSynthesis.hold = true")
    for act in ("play", "on", "on", "back"):
        page.locator(f"#set [data-do={act}]").click()
    said = [text for text, _, _ in page.evaluate("said")]
    assert said[3] == said[1] and len({*said}) == 3
    page.locator("#set [data-do=pause]").click()
    assert page.evaluate("speechSynthesis.paused")
    page.locator("#set [data-do=play]").click()
    assert not page.evaluate("speechSynthesis.paused") and len(page.evaluate("said")) == 4
    page.locator("#set [data-do=stop]").click()
    assert page.evaluate("CSS.highlights.size") == 0
    page.locator("#set input[data-key=rate][value='1.4']").check()
    page.locator("#set [data-do=play]").click()
    assert page.evaluate("said.at(-1)[2]") == 1.4
    page.context.close()


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("武隆府办发〔2022〕77 号", "武隆府办发 二零二二年 77 号"),
        ("≥60", "不低于60"), ("＞90", "高于90"), (">95", "高于95"),
        ("85%", "百分之85"), ("占总数的72.95%", "占总数的百分之72.95"),
        ("2021—2025年", "二零二一到二零二五年"), ("（2021－2025年）", "（二零二一到二零二五年）"), ("(2021-2025年)", "(二零二一到二零二五年)"),
        ("16—59周岁", "16到59周岁"), ("0-6岁", "0到6岁"), ("适配率（%）", "适配率，百分比"), ("——", "，"),
    ],
)
def test_marks_are_spoken_properly(written, spoken, browser, site):
    page = opened(browser, site, "about.html")
    assert page.evaluate("text => reading.spoken(text)", written) == spoken
    page.context.close()


def test_without_a_voice_it_is_hidden_and_said(browser, site):
    page = opened(browser, site, CHAPTER)
    page.locator("#set-btn").click()
    assert not page.locator("#set .speak").is_visible()
    assert page.locator("#set .speak-no").is_visible()
    assert "没有中文语音" in page.locator("#set .speak-no").inner_text()
    page.context.close()
