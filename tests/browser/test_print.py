"""Printing: black on white, nothing cut, in large type on demand."""

import re
import subprocess
import tempfile
from pathlib import Path

import pytest
from browsing import opened


def printed(page) -> str:
    """The text of the page as printed on A4, by pdftotext's layout."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        page.pdf(path=str(path), format="A4", tagged=True, outline=True, prefer_css_page_size=True)
        done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, encoding="utf-8", check=True)
        info = subprocess.run(["pdfinfo", str(path)], capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return done.stdout + info


def test_no_column_is_cut(browser, site):
    page = opened(browser, site, "compare/index.html", color_scheme="dark")
    text = re.sub(r"\s+", "", printed(page))
    for words in ("昌邑区", "巴南区", "江津区", "武隆区", "资阳市", "高于98%", "2006户", "应改尽改"):
        assert words in text
    assert "Tagged:yes" in text
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('main p')).color") == "rgb(0, 0, 0)"
    assert not page.evaluate("[...document.querySelectorAll('table')].some(t => t.scrollWidth > t.parentNode.clientWidth + 1)")
    assert page.locator(".tlist:visible").count() == 0 and page.locator(".menu ul:visible").count() == 0
    page.context.close()


def test_the_whole_plan_prints(browser, site):
    page = opened(browser, site, "districts/changyi/2021-2025/full.html")
    text = re.sub(r"\s+", "", printed(page))
    for words in ("编制背景", "残联助力乡村振兴", "每年为400名有需求的残疾人", "实施机制"):
        assert words in text
    page.context.close()


def test_large_type_prints_larger(browser, site):
    pages = []
    for size in ("", "xxl"):
        page = opened(browser, site, "districts/changyi/2021-2025/chapter-2.html")
        page.evaluate("size => { reading.saved.size = size; reading.keep(); }", size)
        pages.append(int(re.search(r"Pages:\s+(\d+)", printed(page))[1]))
        page.context.close()
    assert pages[1] > 2 * pages[0]


def test_folded_evidence_is_printed(browser, site):
    page = opened(browser, site, "districts/jiangjin/index.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert "残疾人辅助器具适配率（%）" in printed(page).replace(" ", "")
    page.context.close()


def test_explanations_are_printed_where_somebody_opened_them(browser, site):
    """They stand between the paragraphs of the plan: only what a reader wants to have on paper."""
    page = opened(browser, site, "districts/ziyang/2021-2025/chapter-3.html")
    lists = page.locator("details.terms")
    wanted, other = (lists.nth(number).locator("dd").first.text_content() for number in (3, 4))
    lists.nth(3).locator("summary").click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    text = re.sub(r"\s+", "", printed(page))
    assert wanted in text and other not in text and text.count("专门说法") == 1
    page.context.close()


@pytest.mark.parametrize("district", ["banan", "changyi", "jiangjin", "wulong", "ziyang"])
def test_the_plain_edition_is_two_sides_in_large_type(district, browser, site, documents):
    url = f"districts/{district}/2021-2025/easy-read.html"
    page = opened(browser, site, url)
    text = printed(page)
    assert int(re.search(r"Pages:\s+(\d+)", text)[1]) <= 2
    text = re.sub(r"\s+", "", text)
    sentences = documents[url].xpath("//h2[@id='summary']/following-sibling::ol[1]/li")
    assert all(re.sub(r"\s+", "", "".join(one.itertext())) in text for one in sentences) and "到哪里问" in text and "非官方" in text
    page.emulate_media(media="print")
    sizes = page.evaluate("[...document.querySelectorAll('.sheet :is(li, p)')].map(one => parseFloat(getComputedStyle(one).fontSize) / 96 * 72)")
    assert min(sizes) >= 18
    page.context.close()
