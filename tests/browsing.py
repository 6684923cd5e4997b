"""How tests open pages: Debian's Chromium by playwright, pages from the disk, axe-core at hand."""

from conftest import ROOT

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]
# One page of each type.
TYPES = [
    "index.html", "districts/index.html", "districts/ziyang/index.html", "districts/banan/2021-2025/preface.html",
    "districts/banan/2021-2025/chapter-3.html", "districts/wulong/2021-2025/tasks.html", "districts/changyi/2021-2025/full.html",
    "districts/ziyang/2021-2025/indicators.html", "districts/ziyang/2021-2025/measures.html", "districts/banan/2021-2025/errata.html",
    "compare/index.html", "compare/home-accessibility.html", "data/index.html", "guide.html", "search.html", "settings.html", "help.html",
    "glossary.html", "accessibility.html", "404.html",
]
AXE = (ROOT / "tests" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8") + ";0"
# All rules on, AAA and best practices too. hidden-content only asks for a look by hand.
RUN_AXE = """async () => {
  const rules = {};
  for (const rule of axe.getRules()) rules[rule.ruleId] = { enabled: rule.ruleId !== 'hidden-content' };
  const found = await axe.run(document, { rules, resultTypes: ['violations'] });
  return found.violations.flatMap(v => v.nodes.map(n => [v.id, n.target.join(' '), n.failureSummary.slice(0, 160)]));
}"""


def opened(browser, site, url, width=1280, **options):
    """A page of the built site in a context of its own; `requested` and `faults` are collected."""
    page = browser.new_context(viewport={"width": width, "height": 800}, locale="zh-CN", **options).new_page()
    page.requested = []
    page.faults = []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(f"file://{site}/{url}")
    return page
