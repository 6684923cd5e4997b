"""The site in a real browser, opened from the disk as from a USB stick."""

import pytest
from browsing import TYPES, opened


@pytest.mark.parametrize("url", TYPES)
def test_without_script_all_is_there(url, browser, site):
    """With scripts off nothing is hidden but one of table and list, and it opens from a file."""
    for width, shown, hidden in ((320, ".tlist", ".tscroll"), (1280, ".tscroll", ".tlist")):
        page = opened(browser, site, url, width, java_script_enabled=False)
        assert page.locator("h1").is_visible()
        for view in page.locator(".tview").all():
            assert view.locator(shown).first.is_visible() and not view.locator(hidden).first.is_visible()
        assert all(request.startswith("file://") for request in page.requested)
        assert page.locator("main").inner_text().strip()
        page.context.close()


@pytest.mark.parametrize("url", TYPES)
def test_no_script_fails(url, browser, site):
    page = opened(browser, site, url)
    if url != "404.html":  # its addresses begin at the server's root
        assert page.faults == []
    page.context.close()


def test_a_link_to_a_row_reaches_it_where_the_list_is_shown(browser, site):
    for width in (320, 1280):
        page = opened(browser, site, "districts/banan/2021-2025/tasks.html#task30", width)
        page.wait_for_timeout(100)
        row = page.locator("#task30" if width == 1280 else "#task30-l")
        box = row.bounding_box()
        assert box and 0 <= box["y"] < 800, (width, box)
        page.context.close()


def test_the_skip_link_is_the_first_stop_and_leads_into_the_text(browser, site):
    page = opened(browser, site, "districts/jiangjin/2021-2025/chapter-1.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.context.close()


def test_evidence_opens_by_keyboard(browser, site):
    page = opened(browser, site, "districts/jiangjin/index.html")
    summary = page.locator(".figs summary").nth(9)
    summary.focus()
    page.keyboard.press("Enter")
    quote = page.locator(".figs .ev").nth(9)
    assert quote.is_visible() and "残疾人辅助器具适配率（%）" in quote.inner_text()
    assert "来源文本第 118 至 121 行" in quote.inner_text()
    page.context.close()
