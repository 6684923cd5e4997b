"""axe-core with every rule on, AAA and best practices too, finds nothing on any page in any variant."""

import pytest
from browsing import READY, SHELL, TYPES, WIDTHS, halves, nothing, single, turn, violations, visit

# With forced colours axe takes the author's text colour with the system's background, which nobody sees together.
FORCED = ("color-contrast", "color-contrast-enhanced")
# Colours are all that differs between the light and the dark page, and between contrasts: these rules look at them, no other does.
# They take two thirds of axe's time.
COLOURS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
# What the system asks for: (name, how, rules left out, rules alone).
STATES = (
    ("dark", {"color_scheme": "dark"}, (), None),
    ("forced-colors-dark", {"forced_colors": "active", "color_scheme": "dark"}, FORCED, None),
    ("forced-colors-light", {"forced_colors": "active", "color_scheme": "light"}, FORCED, None),
    ("more-contrast-dark", {"contrast": "more", "color_scheme": "dark"}, (), COLOURS),
    ("more-contrast-light", {"contrast": "more", "color_scheme": "light"}, (), COLOURS),
    ("print", {"media": "print", "color_scheme": "light"}, (), None),
)
AS_IT_COMES = {"media": "screen", "color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}


def judge(page, site, names, variant, prepare=lambda: None, off=()) -> None:
    """Every page, then the verdict on all of them at once."""
    found = []
    for url in names:
        visit(page, site, url)
        prepare()
        found += [(url, variant, *violation) for violation in violations(page, off=off)]
    nothing(found)


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page(width, half, paged, site):
    """Every page, light and dark, wide and narrow. Pages that differ by their data alone are wide or narrow and light or dark
    by turns, without the shell, which is judged on the others."""
    page, found, whole = paged(width), [], set(single(site))
    for number, url in enumerate(halves(turn(site, whole, WIDTHS.index(width), len(WIDTHS)))[half]):
        alike = url not in whole
        scheme = "dark" if alike and number % 2 else "light"
        page.emulate_media(color_scheme=scheme)
        visit(page, site, url)
        found += [(url, f"{scheme}-{width}", *violation) for violation in violations(page, None, SHELL if alike else None)]
        if not alike:
            page.emulate_media(color_scheme="dark")
            found += [(url, f"dark-{width}", *violation) for violation in violations(page, COLOURS)]
    nothing(found)


@pytest.mark.parametrize("half", [0, 1])
def test_what_the_system_asks_for(half, paged, site):
    """On one page of each type, in the dark (where all rules say the same as in the light), with forced colours, with more contrast, on paper."""
    page, found = paged(), []
    for url in halves(TYPES)[half]:
        visit(page, site, url)
        for state, how, off, only in STATES:
            page.emulate_media(**AS_IT_COMES | how)
            found += [(url, state, *violation) for violation in violations(page, only, off=off)]
        page.emulate_media(**AS_IT_COMES)
    nothing(found)


@pytest.mark.parametrize("width", [320])
def test_without_script(width, paged, site):
    """Scripts are off while the page loads; axe needs them on again."""
    page = paged(width)
    switch = page.context.new_cdp_session(page)

    def scripts(off: bool) -> None:
        switch.send("Emulation.setScriptExecutionDisabled", {"value": off})

    found = []
    for url in TYPES:
        scripts(off=True)
        visit(page, site, url)
        scripts(off=False)
        found += [(url, f"no-script-{width}", *violation) for violation in violations(page)]
    nothing(found)


@pytest.mark.parametrize("width", [1280])
def test_text_of_twice_the_size(width, doubled, site):
    page = doubled.pages[0]
    page.set_viewport_size({"width": width, "height": 800})
    judge(page, site, TYPES, f"text-200-{width}", off=COLOURS)  # larger text needs less contrast, not more


@pytest.mark.parametrize("width", [320])
def test_details_open(width, paged, site):
    page = paged(width)
    judge(page, site, TYPES, f"details-open-{width}", lambda: page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true"))


@pytest.mark.parametrize("width", WIDTHS)
def test_settings_open(width, paged, site):
    page = paged(width)
    judge(page, site, TYPES[:4], f"settings-open-{width}", lambda: page.locator("#set-btn").click())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("words", ["辅助器具", "没有这样的词"])
def test_search_results(width, words, paged, site):
    page = paged(width)
    visit(page, site, "search.html")
    page.locator("#q").fill(words)
    page.locator("main button").click()
    page.wait_for_function(READY)
    nothing([(words, width, *violation) for violation in violations(page)])


def test_axe_judges(paged, tmp_path):
    """A bad page is found, by a rule of level A, of AAA, of best practice and of the style sheets: the tests above can fail."""
    (tmp_path / "bad.css").write_text("@media (orientation: portrait) { html { transform: rotate(90deg) } }", encoding="utf-8")
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=zh><title>坏</title><link rel=stylesheet href=bad.css><h2>甲</h2><img src=x>"
        "<p style='color:#666;background:#fff'>这一段的颜色太浅</p></html>", encoding="utf-8")
    page = paged()
    visit(page, tmp_path, "bad.html")
    assert {"image-alt", "color-contrast-enhanced", "page-has-heading-one", "css-orientation-lock"} <= {rule for rule, *_ in violations(page)}
