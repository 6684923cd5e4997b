"""Two more engines, on every kind of page: HTML_CodeSniffer (errors of WCAG 2 AA) and IBM's Equal Access (violations)."""

import re

import pytest
from browsing import TYPES, WIDTHS, engine, nothing, visit

SNIFF = """() => new Promise(done => HTMLCS.process('WCAG2AA', document, () => done(
  HTMLCS.getMessages().filter(one => one.type === HTMLCS.ERROR).map(one => [one.code, one.element.outerHTML || '']))))"""
CHECK = """async () => {
  const {results} = await new ace.Checker().check(document, ['WCAG_2_2', 'IBM_Accessibility']);
  return results.filter(one => one.value[0] === 'VIOLATION' && one.value[1] === 'FAIL').map(one => [one.ruleId, one.snippet]);
}"""
# What an engine says although it is right as it is: engine, rule, pattern of the element, reason.
ALLOWED = [
    ("ibm", "input_checkboxes_grouped", r'^<input value="[a-z-]+" name="c" type="checkbox">',
     "the chooser's boxes stand in one fieldset a topic, each with its legend; IBM wants all boxes of one name in one group"),
    ("ibm", "element_tabbable_role_valid", r'^<div [^>]*class="tscroll"',
     "a region that scrolls must take focus for readers without a mouse (WCAG 2.1.1, axe scrollable-region-focusable); IBM knows no such role"),
    ("ibm", "fieldset_label_valid", r"^<fieldset>$",
     "settings.html has the same groups as the header's panel, which is closed; IBM counts what is hidden"),
]


def allowed(name: str, rule: str, element: str) -> bool:
    return any(name == one and rule == code and re.search(pattern, element) for one, code, pattern, _ in ALLOWED)


def sniffed(page) -> list[tuple[str, str, str]]:
    page.evaluate(engine("@pa11y/html_codesniffer/build/HTMLCS.js"))
    return [("htmlcs", code, element) for code, element in page.evaluate(SNIFF)]


def checked(page) -> list[tuple[str, str, str]]:
    page.evaluate(engine("accessibility-checker-engine/ace.js"))
    return [("ibm", rule, element) for rule, element in page.evaluate(CHECK)]


@pytest.mark.parametrize("width", WIDTHS)
def test_engines(width, paged, site):
    """One page of each type, wide or narrow by turns."""
    page = paged(width)
    found = []
    for url in TYPES[WIDTHS.index(width)::len(WIDTHS)]:
        visit(page, site, url)
        found += [(url, width, *one[:2], one[2][:120]) for one in sniffed(page) + checked(page) if not allowed(*one)]
    nothing(found)


def test_engines_judge(paged, tmp_path):
    """Each engine finds a seeded fault."""
    (tmp_path / "bad.html").write_text("<!doctype html><html lang=zh><title>坏</title><img src=x><p id=a>甲<p id=a>乙<input></html>", encoding="utf-8")
    page = paged()
    visit(page, tmp_path, "bad.html")
    assert any("F77" in code for _, code, _ in sniffed(page))
    assert "input_label_exists" in {rule for _, rule, _ in checked(page)}
