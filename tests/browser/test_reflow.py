"""Small screens, large text, wide spacing: nothing scrolls sideways, nothing is cut off, everything to press is large enough."""

import pytest
from browsing import TYPES, halves, nothing, turn, urls, varied, visit

# Elements that reach beyond the right or left edge, unless a scroller or a clip that contains them holds them.
# What is positioned absolutely is contained by its offset parent alone: it escapes a scroller that is not positioned.
WIDE = """() => {
  const root = document.documentElement, limit = root.clientWidth + 1, found = [];
  const around = one => /absolute|fixed/.test(getComputedStyle(one).position) ? one.offsetParent : one.parentElement;
  const held = one => {
    for (let up = around(one); up && up !== document.body; up = around(up))
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    return false;
  };
  if (root.scrollWidth > root.clientWidth) found.push(`page: ${root.scrollWidth} px`);
  for (const one of document.body.querySelectorAll('*')) {
    const box = one.getBoundingClientRect();
    if (box.width && box.height && box.bottom > 0 && (box.right > limit || box.left < -1) && one.checkVisibility() && !one.closest('svg *') && !held(one))
      found.push(`${one.tagName.toLowerCase()}.${one.getAttribute('class')} ${one.id}: ${Math.round(box.left)} to ${Math.round(box.right)} px`);
  }
  return found.slice(0, 3);
}"""
# WCAG 1.4.12, on every element.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
# Elements whose text is hidden by their own edges, or runs out of them over what follows.
# Line boxes may be lower than the glyphs' own boxes, hence the tolerance of half a line.
CLIPPED = """() => {
  const found = [];
  for (const one of document.body.querySelectorAll('*')) {
    if (one.closest('svg') || !one.textContent.trim() || !one.checkVisibility()) continue;
    const style = getComputedStyle(one);
    if (style.display === 'inline' || style.display === 'contents' || style.clipPath !== 'none') continue;
    const slack = parseFloat(style.fontSize) / 2;
    const scrolls = axis => /auto|scroll/.test(style['overflow' + axis]);
    const low = !scrolls('Y') && one.scrollHeight > one.clientHeight + slack;
    const wide = !scrolls('X') && one.scrollWidth > one.clientWidth + slack;
    if (low || wide)
      found.push(`${one.tagName.toLowerCase()}.${one.getAttribute('class')} ${one.id}: ${one.scrollWidth} in ${one.clientWidth}, ${one.scrollHeight} in ${one.clientHeight} px`);
  }
  return found.slice(0, 3);
}"""
# What can be pressed, with the size of the area that takes the press, where that is under 44 px.
# WCAG 2.5.5 leaves out links in a sentence or block of text: here a link drawn inline whose block is a table cell or
# a definition, or holds words besides its links. Told by the place in the page: how many there, and the first.
SMALL = """() => {
  const least = 44 - .5, found = {};
  const box = one => one.getBoundingClientRect();
  const inline = one => {
    if (one.localName !== 'a' || getComputedStyle(one).display !== 'inline') return false;
    let block = one.parentElement;
    while (getComputedStyle(block).display === 'inline') block = block.parentElement;
    if (block.closest('td, th, dd')) return true;
    const rest = block.cloneNode(true);
    for (const link of rest.querySelectorAll('a, .vh')) link.remove();
    return /[\\p{L}\\p{N}]/u.test(rest.textContent);
  };
  // How far the press reaches from a point, pseudo-elements and labels included.
  const reach = (one, x, y, dx, dy) => {
    let far = 0;
    for (let step = 1; step <= 44; step++) {
      const hit = document.elementFromPoint(x + dx * step, y + dy * step);
      if (!hit || !(one.contains(hit) || [...one.labels || []].some(label => label.contains(hit)))) break;
      far = step;
    }
    return far;
  };
  for (const one of document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden]), [role=button], [role=link]')) {
    if (!one.checkVisibility() || one.disabled || inline(one)) continue;
    if (box(one).bottom < 0 || box(one).right < 0) one.focus();  // shown only on focus
    const seen = [one, ...one.labels || []].map(box);
    if (seen.some(area => area.width >= least && area.height >= least)) continue;
    one.scrollIntoView({block: 'center', inline: 'center'});
    const area = box(one), x = area.x + area.width / 2, y = area.y + area.height / 2;
    const width = Math.max(area.width, reach(one, x, y, -1, 0) + reach(one, x, y, 1, 0) + 1);
    const height = Math.max(area.height, reach(one, x, y, 0, -1) + reach(one, x, y, 0, 1) + 1);
    if (width >= least && height >= least) continue;
    const place = [one.parentElement.parentElement, one.parentElement, one].map(part => `${part.localName}.${part.className}`).join(' > ');
    found[place] = [...found[place] || [], `${one.textContent.trim().slice(0, 20)} ${Math.round(width)} × ${Math.round(height)} px`];
  }
  return Object.entries(found).map(([place, all]) => `${place}: ${all.length}, ${all[0]}`);
}"""
# What scrolls sideways and can't be reached by Tab or has no name (WCAG 2.1.1, 4.1.2). Links inside don't count: they may all
# stand at one end.
UNREACHED = """() => [...document.body.querySelectorAll('*')]
  .filter(one => /auto|scroll/.test(getComputedStyle(one).overflowX) && !(one.tabIndex === 0 &&
    (one.hasAttribute('aria-label') || document.getElementById(one.getAttribute('aria-labelledby')))))
  .map(one => one.outerHTML.slice(0, 90))"""
# Blocks of running text with lines of more than 40 characters (WCAG 1.4.8), told by their place: lines as the browser broke them.
# Table cells are left out: their words are few and the row is the line.
LONG = """() => {
  const found = {};
  for (const one of document.querySelectorAll('main :is(p, li, dd, dt, h1, h2, h3), .foot p, .foot li')) {
    if (!one.checkVisibility() || one.closest('td, th, .vh') || one.querySelector(':is(p, li, dd, table, div)')) continue;
    const size = parseFloat(getComputedStyle(one).fontSize), range = document.createRange(), lines = {}, boxes = [];
    for (let walker = document.createTreeWalker(one, 4), node; (node = walker.nextNode());) {
      range.selectNodeContents(node);
      if (!node.parentNode.closest('.vh')) boxes.push(...range.getClientRects());
    }
    for (const box of boxes) {
      const row = Math.round(box.bottom / size);
      const line = lines[row] ||= [box.left, box.right];
      line[0] = Math.min(line[0], box.left); line[1] = Math.max(line[1], box.right);
    }
    const longest = Math.max(0, ...Object.values(lines).map(([left, right]) => (right - left) / size));
    const place = [one.parentElement, one].map(part => `${part.localName}.${part.className}`).join(' > ');
    if (longest > 40.5) found[place] = `${longest.toFixed(1)}: ${one.textContent.trim().slice(0, 30)}`;
  }
  return Object.entries(found).map(entry => entry.join(' '));
}"""
OPEN = "for (const one of document.querySelectorAll('details')) one.open = true"


def judge(page, site, names, variant, *scripts, prepare=lambda: None) -> None:
    """Every page, then the verdict on all of them at once."""
    found = []
    for url in names:
        visit(page, site, url)
        page.evaluate(OPEN)
        prepare()
        found += [(url, variant, one) for script in scripts for one in page.evaluate(script)]
    nothing(found)


@pytest.mark.parametrize("half", [0, 1])
def test_nothing_scrolls_sideways(half, paged, site):
    """Every page, as it comes and unfolded. 640 is a screen of 1280 at 200 % zoom, 320 the same at 400 %; pages that differ by their data alone at 320."""
    page, found, whole = paged(320), [], set(varied(site))
    for url in halves(urls(site))[half]:
        visit(page, site, url)
        found += [(url, "folded", one) for one in page.evaluate(WIDE)]
        page.evaluate(OPEN)
        for width in (640, 320) if url in whole else (320,):
            page.set_viewport_size({"width": width, "height": 800})
            found += [(url, width, one) for script in (WIDE, CLIPPED) for one in page.evaluate(script)]
    nothing(found)


@pytest.mark.parametrize("half", [0, 1])
def test_nothing_scrolls_sideways_with_text_of_twice_the_size(half, doubled, site):
    page = doubled.pages[0]
    page.set_viewport_size({"width": 320, "height": 800})
    judge(page, site, halves(turn(site, varied(site), half))[half], "text-200", WIDE, CLIPPED)


@pytest.mark.parametrize("width", [320, 1280])
def test_wide_spacing_cuts_nothing_off(width, paged, site):
    page = paged(width)
    judge(page, site, TYPES, f"spacing-{width}", WIDE, CLIPPED, prepare=lambda: page.add_style_tag(content=SPACING))


def test_everything_to_press_is_large_enough(paged, site):
    judge(paged(320), site, TYPES, 320, SMALL)


def test_no_line_is_longer_than_forty_characters(paged, site):
    judge(paged(1280), site, TYPES, 1280, LONG)


@pytest.mark.parametrize("width", [320, 800])
def test_what_scrolls_is_reached_by_tab(width, paged, site):
    judge(paged(width), site, TYPES, width, UNREACHED)


def test_this_judges(paged, tmp_path):
    """Each measure finds a seeded fault, and leaves a link in a sentence alone."""
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html lang=zh><title>坏</title><div style='width:2000px'>宽</div><div id=cut style='height:1em;overflow:hidden'>一<br>二<br>三</div>"
        f"<main><p style='font-size:10px'>{'长' * 60}</main><p>句子里的<a href=a>链接</a>可以小。</p><p><a href=b>单独的链接</a></p><pre style='overflow-x:auto'>长</pre></html>", encoding="utf-8")
    page = paged(320)
    visit(page, tmp_path, "bad.html")
    assert page.evaluate(WIDE)[0].startswith("page:")
    assert any("cut" in one for one in page.evaluate(CLIPPED))
    assert len(page.evaluate(SMALL)) == 1
    assert len(page.evaluate(UNREACHED)) == 1
    page.set_viewport_size({"width": 1280, "height": 800})
    assert len(page.evaluate(LONG)) == 1
