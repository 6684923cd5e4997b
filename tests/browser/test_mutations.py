"""The tests are tested: forty defects are put into a page, one at a time, and a named check catches each."""

import json
import re
import shutil
import subprocess

import pytest
from browsing import violations
from conftest import ROOT
from test_keyboard import keys_that_act, stops
from test_reflow import CLIPPED, SPACING, UNREACHED

from plansite import audit, compare

PAGE = "compare/assistive-devices.html"


def sub(find: str, put: str, count: int = 1):
    """A mutation of the page's HTML by a regular expression, which must be found."""

    def mutate(html: str) -> str:
        changed, times = re.subn(find, put, html, count=count, flags=re.S)
        assert times, f"{find} is not in the page"
        return changed

    return mutate


def style(css: str):
    return sub("</head>", f"<style>{css}</style></head>")


def script(js: str):
    return sub("</body>", f"<script>{js}</script></body>")


def insert(html: str):
    return sub('<h2 id="sentences"', html + '<h2 id="sentences"')


# name: (mutation, the check that must catch it)
DEFECTS = {
    "header row as td": (sub(r"<thead><tr>.*?</tr></thead>", "<thead><tr><td>地方</td><td>目标</td><td>基期</td><td>属性</td><td>依据</td></tr></thead>"), "tables"),
    "caption removed": (sub(r"<caption.*?</caption>", ""), "lints"),
    "scroll region without tabindex": (sub(r'(<div class="tscroll"[^>]*) tabindex="0"', r"\1"), "scrollers"),
    "heading level skipped": (sub(r"<h2 id=\"table\"(.*?)</h2>", r'<h4 id="table"\1</h4>'), "axe"),
    "heading as bold paragraph": (insert("<p><strong>第三章 重点任务</strong></p>"), "lints"),
    "skip target missing": (sub('<main id="main"', '<main id="other"'), "axe"),
    "wrong language": (sub('lang="zh-Hans-CN"', 'lang="en"'), "lints"),
    "duplicate id": (insert('<p id="table">重复</p>'), "lints"),
    "dead anchor": (sub('href="#sentences"', 'href="#nowhere"'), "anchors"),
    "status removed": (sub(r'<p id="say" class="vh" role="status"></p>', '<p id="say" class="vh"></p>'), "announced"),
    "aria-expanded not updated": (script("const b=document.getElementById('set-btn');b.setAttribute=()=>{};"), "expanded"),
    "no focus outline": (style("*:focus-visible{outline:none!important;box-shadow:none!important}"), "focus"),
    "low contrast by hex": (style("main p{color:#999!important}"), "axe"),
    "low contrast by rgba": (style("main p{color:rgba(0,0,0,.4)!important}"), "axe"),
    "low contrast only in the dark": (style("@media(prefers-color-scheme:dark){main p{color:#555!important}}"), "axe dark"),
    "button as div": (sub(r'<button type="button" id="set-btn"(.*?)</button>', r'<div id="set-btn"\1</div>'), "settings reached"),
    "positive tabindex": (sub('<a class="brand"', '<a class="brand" tabindex="3"'), "axe"),
    "visual order reversed": (style(".menu ul{flex-direction:row-reverse}"), "visual order"),
    "overflow at 320 px": (insert('<p style="width:900px">很宽</p>'), "reflow"),
    "keyboard trap": (script("document.querySelector('.brand').addEventListener('keydown',e=>{if(e.key==='Tab')e.preventDefault()})"), "trap"),
    "single-key shortcut": (script("addEventListener('keydown',e=>{if(e.key==='n')location.hash='table'})"), "keys"),
    "search label removed": (sub(r'<label for="q-top">.*?</label>', ""), "axe"),
    "row one cell short": (sub(r'(<th scope="row">.*?</th>)<td>.*?</td>', r"\1"), "tables"),
    "row headers with scope col": (sub('<th scope="row">', '<th scope="col">', 0), "tables"),
    "two cells swapped": (sub(r'(<span class="v">)85%(</span>.*?<span class="v">)高于 95%', r"\1高于 95%\g<2>85%"), "data"),
    "vague links": (insert('<p><a href="#table">点击这里</a><a href="#definition">点击这里</a></p>'), "lints"),
    "image without alt": (insert('<p><img src="../assets/icon.svg"></p>'), "axe"),
    "empty title": (sub(r"<title>.*?</title>", "<title></title>"), "axe"),
    "main hidden from readers": (sub('<main id="main"', '<main aria-hidden="true" id="main"'), "axe"),
    "invalid nesting": (insert("<p><div>框</div></p>"), "nu"),
    "ring by shadow only": (style("*:focus-visible{outline:none!important;box-shadow:0 0 0 3px #000!important}"), "forced focus"),
    "text clipped when spaced": (style("main p{max-height:1.9em;overflow:hidden}"), "clipping"),
    "targets of 14 px": (style(".foot a{min-height:0!important;height:14px;line-height:14px;font-size:10px}"), "targets"),
    "content needs script": (sub('<main id="main"', '<main hidden id="main"'), "no script"),
    "zero-width spaces": (sub('<h2 id="table" class="h2">各地目标', '<h2 id="table" class="h2">各地\u200b目标'), "lints"),
    "sticky header hides focus": (style(".top{position:fixed;inset:0 0 auto;height:100vh;background:#fff;z-index:9;pointer-events:auto}"), "covered"),
    "list made of br": (insert("<p>1. 第一<br>2. 第二<br>3. 第三</p>"), "lints"),
    "radios outside a fieldset": (insert('<p><label><input type="radio" name="x">甲</label><label><input type="radio" name="x">乙</label></p>'), "lints"),
    "link by colour only": (style("main a{text-decoration:none!important}") , "axe links"),
    "navigation without a name": (sub(r' aria-label="网站导航"', "", 1), "lints"),
}


@pytest.fixture(scope="module")
def mutated(site, tmp_path_factory):
    """Writes a defect into a copy of the page beside the site's assets; gives its URL and HTML."""
    folder = tmp_path_factory.mktemp("mutated")
    shutil.copytree(site / "assets", folder / "assets")
    (folder / "compare").mkdir()
    original = (site / PAGE).read_text(encoding="utf-8")

    def write(mutate):
        html = mutate(original) if mutate else original
        path = folder / PAGE
        path.write_text(html, encoding="utf-8")
        return f"file://{path}", html

    return write


class Checks:
    """Each check by name: whether it finds something on the page."""

    def __init__(self, browser, catalogue, url, html):
        self.browser, self.catalogue, self.url, self.html = browser, catalogue, url, html

    def page(self, width=1280, **options):
        page = self.browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN", **options).new_page()
        page.goto(self.url)
        return page

    def axe(self, width=1280, **options):
        return violations(self.page(width, **options))

    def scrollers(self):
        return self.page(800).evaluate(UNREACHED)

    def axe_dark(self):
        return [] if self.axe() else self.axe(color_scheme="dark")

    def axe_links(self):
        return [hit for hit in self.axe() if hit[0] == "link-in-text-block"] or audit_links(self.page())

    def lints(self):
        return list(audit.audit(self.html))

    def anchors(self):
        ids = set(re.findall(r'id="([^"]+)"', self.html))
        return [anchor for anchor in re.findall(r'href="#([^"]+)"', self.html) if anchor not in ids]

    def nu(self):
        path = self.url.removeprefix("file://")
        jar = ROOT / "tests" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
        done = subprocess.run(["java", "-jar", str(jar), "--format", "json", path], capture_output=True, text=True, encoding="utf-8", check=False)
        return json.loads(done.stderr)["messages"]

    def tables(self):
        return self.page().evaluate("""() => [...document.querySelectorAll('table')].filter(t => {
          const heads = [...t.querySelectorAll('thead th[scope=col]')], rows = [...t.querySelectorAll('tbody tr')];
          return heads.length < 2 || rows.some(r => r.cells.length !== heads.length || r.querySelectorAll('th[scope=row]').length !== 1);
        }).length""")

    def data(self):
        comparison = compare.indicator(self.catalogue, self.catalogue.vocabulary.indicators["assistive-devices"], self.catalogue.current)
        cells = self.page().locator("table tbody tr td:first-of-type").all_inner_texts()
        return [cell for cell, figure in zip(cells, comparison.cells, strict=True) if not cell.startswith(figure.words)]

    def announced(self):
        page = self.page()
        page.locator("#set-btn").click()
        page.locator("#set input[data-key=size][value=l]").check()
        return page.locator("[role=status]").all_inner_texts() != ["字号：大"]

    def expanded(self):
        page = self.page()
        page.locator("#set-btn").click()
        return page.locator("#set-btn").get_attribute("aria-expanded") != "true"

    def settings_reached(self):
        return "阅读设置" not in [stop["name"] for stop in stops(self.page(), 8)]

    def focus(self):
        return [stop for stop in stops(self.page(), 8) if not stop["ring"]]

    def forced_focus(self):
        return [stop for stop in stops(self.page(forced_colors="active"), 8) if not stop["ring"]]

    def covered(self):
        return [stop for stop in stops(self.page(), 40) if stop["covered"]]

    def visual_order(self):
        places = self.page().locator(".menu a").evaluate_all("all => all.map(e => e.getBoundingClientRect().left)")
        return places != sorted(places)

    def reflow(self):
        return self.page(320).evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def trap(self):
        return len({stop["order"] for stop in stops(self.page(), 12)}) < 12

    def keys(self):
        return keys_that_act(self.page())

    def clipping(self):
        page = self.page(320)
        page.add_style_tag(content=SPACING)
        return page.evaluate(CLIPPED)

    def targets(self):
        return self.page(320).locator(".menu a, .foot a, button:visible, summary").evaluate_all("all => all.filter(e => e.getBoundingClientRect().height < 43.5).length")

    def no_script(self):
        return not self.page(java_script_enabled=False).locator("h1").is_visible()


def audit_links(page):
    return page.evaluate("[...document.querySelectorAll('main p a')].filter(a => !getComputedStyle(a).textDecorationLine.includes('underline')).length")


@pytest.mark.parametrize("name", DEFECTS)
def test_defect_is_caught(name, mutated, browser, catalogue):
    mutate, check = DEFECTS[name]
    url, html = mutated(mutate)
    assert getattr(Checks(browser, catalogue, url, html), check.replace(" ", "_"))(), f"{check} misses: {name}"
    for context in browser.contexts:
        context.close()


def test_the_page_itself_passes_every_check(mutated, browser, catalogue):
    """Without a defect no check finds anything: they do not cry wolf."""
    url, html = mutated(None)
    checks = Checks(browser, catalogue, url, html)
    found = {check: getattr(checks, check.replace(" ", "_"))() for _, check in DEFECTS.values()}
    assert {check: hit for check, hit in found.items() if hit} == {}
    assert len(DEFECTS) == 40
