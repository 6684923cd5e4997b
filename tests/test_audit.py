"""Our own lints: each catches what it is for and lets the right way pass; the real site has no finding."""

import ast

import pytest
from conftest import ROOT

from plansite.audit import LINTS, audit

TABLE = "<table><caption>甲</caption><tr><th scope=col>乙</th></tr><tr><td>{}</td></tr></table>"
# rule, what it catches, what passes. A page without <html> is put into a good one.
CASES = [
    ("page-language", "<html lang=zh><h1>甲</h1></html>", "<html lang=zh-Hans-CN><h1>甲</h1></html>"),
    ("page-language", "<html><h1>甲</h1></html>", "<html lang=zh-Hans-CN><h1>甲</h1></html>"),
    ("one-h1", "<html lang=zh-Hans-CN><p>甲</p></html>", "<html lang=zh-Hans-CN><h1>甲</h1></html>"),
    ("one-h1", "<h1>又一个</h1>", "<h2>下一级</h2>"),
    ("heading-order", "<h2>甲</h2><h4>乙</h4>", "<h2>甲</h2><h3>乙</h3><h2>丙</h2>"),
    ("heading-order", "<html lang=zh-Hans-CN><h2>甲</h2><h1>乙</h1></html>", "<html lang=zh-Hans-CN><h1>甲</h1><h2>乙</h2></html>"),
    ("nav-name", "<nav><ul></ul></nav>", "<nav aria-label=本页目录></nav>"),
    ("nav-name", "<nav aria-label=' '></nav>", "<p id=n>目录</p><nav aria-labelledby=n></nav>"),
    ("chrome-english", "<footer>Copyright 2026</footer>", "<footer>版权 2026，CSV 文件</footer><p>plansite</p>"),
    ("chrome-english", "<nav aria-label=Breadcrumbs></nav>", "<header><a href=en lang=en>English</a></header>"),
    ("zero-width", "<p>规\u200b划</p>", "<p>规<wbr>划</p>"),
    ("zero-width", "<p>规&#8203;划</p>", "<p>规&nbsp;划</p>"),
    ("duplicate-id", "<p id=a>甲</p><p id=a>乙</p>", "<p id=a>甲</p><p id=b>乙</p>"),
    ("fake-heading", "<p><strong>主要目标</strong></p>", "<p><strong>注意。</strong>这是讨论稿。</p>"),
    ("fake-heading", "<p>第三章 重点任务</p>", "<p>第三章讲重点任务，一共五节。</p><div class='t'><p>第三章 重点任务</p></div>"),
    ("fake-heading", "<p>一、总体要求</p>", "<h2>一、总体要求</h2>"),
    ("br-list", "<p>1. 甲<br>2. 乙</p>", "<p>甲<br>乙</p><ol><li>甲</li><li>乙</li></ol>"),
    ("br-list", "<div>甲<br>乙<br>丙<br>丁</div>", "<address>甲<br>乙<br>丙<br>丁</address>"),
    ("table-caption", "<table><tr><th scope=col>甲</th></tr></table>", TABLE.format("丙")),
    ("table-scope", "<table><caption>甲</caption><tr><th>乙</th></tr></table>", TABLE.format("丙")),
    ("table-scope", "<table><caption>甲</caption><tr><td>乙</td></tr></table>", TABLE.format("丙")),
    ("empty-cell", TABLE.format(""), TABLE.format("未提及")),
    ("empty-cell", TABLE.format("——"), TABLE.format("<img src=a alt=有>")),
    ("empty-cell", TABLE.format("<span aria-hidden=true>甲</span>"), TABLE.format("-5")),
    ("radio-fieldset", "<label><input type=radio name=a>大</label>", "<fieldset><legend>字号</legend><label><input type=radio name=a>大</label></fieldset>"),
    ("radio-fieldset", "<fieldset><label><input type=radio>大</label></fieldset>", "<label><input type=checkbox>大光标</label>"),
    *(("vague-link", f"<a href=a>{words}</a>", "<a href=a>江津区规划第三章</a>")
      for words in ("点击这里", "这里", "更多", "详情", "查看", "查看更多>>", "了解详情", "https://example.org/a")),
    ("vague-link", "<a href=a aria-label=更多>江津区</a>", "<a href=a>更多江津区的指标</a>"),
    ("same-words", "<a href=a>江津区</a><a href=b>江津区</a>", "<a href=a>江津区</a><a href=a>江津区</a>"),
    ("same-words", "<a href=a>校订</a><a href=b>校订</a>", "<a href=a>校订<span class=vh>：第一条</span></a><a href=b>校订<span class=vh>：第二条</span></a>"),
    ("place-alone", "<p>请点击右侧的按钮。</p>", "<p>请点“搜索”按钮。</p><p>原文写“见下图”。</p><div class=t><p>见下图</p></div>"),
    ("place-alone", "<p>详见下图。</p>", "<p>规划里写到红色资源。</p>"),
    ("image-alt", "<img src=a.png>", "<img src=a.png alt=''>"),
    ("image-alt", "<img src=a.png alt=a.png>", "<img src=a.png alt=江津区地图>"),
    ("control-name", "<button><svg aria-hidden=true><title>搜索</title></svg></button>", "<button><svg aria-hidden=true></svg>搜索</button>"),
    ("control-name", "<input type=search>", "<label for=q>找什么</label><input id=q type=search>"),
    ("control-name", "<a href=a></a>", "<a href=a><img src=b alt=首页></a><input type=hidden><input type=submit value=搜索>"),
    ("dangling-reference", "<p aria-describedby='a b' id=a>甲</p>", "<p aria-describedby=a id=a>甲</p>"),
    ("dangling-label", "<label for=q>找什么</label>", "<label for=q>找什么</label><input id=q>"),
    ("positive-tabindex", "<p tabindex=1>甲</p>", "<p tabindex=0>甲</p><p tabindex=-1>乙</p>"),
    ("title-tooltip", "<a href=a title=江津区>区</a>", "<abbr title=国家标准>国标</abbr>"),
    ("new-window", "<a href=a target=_blank>江津区</a>", "<a href=a>江津区</a>"),
    ("autoplay", "<audio src=a autoplay></audio>", "<audio src=a controls></audio>"),
    ("meta-refresh", "<meta http-equiv=Refresh content=5>", "<meta charset=utf-8>"),
    ("inline-handler", "<p onclick='a()'>甲</p>", "<p data-onclick=a>甲</p>"),
    ("inline-handler", "<a href='javascript:a()'>甲</a>", "<a href=a>甲</a>"),
]


def rules(html: str) -> set[str]:
    whole = html if html.startswith("<html") else f"<!doctype html><html lang=zh-Hans-CN><body><h1>题</h1>{html}</body></html>"
    return {rule for rule, _, _ in audit(whole)}


@pytest.mark.parametrize(("rule", "bad", "good"), CASES, ids=[case[0] for case in CASES])
def test_lint(rule, bad, good):
    assert rules(bad) == {rule}
    assert rules(good) == set()


def test_every_lint_has_a_case():
    assert {rule for rule, _, _ in CASES} == set(LINTS)


def test_a_finding_names_the_line():
    assert list(audit("<html lang=zh-Hans-CN>\n<h1>题</h1>\n<p tabindex=3>甲</p>")) == [
        ("positive-tabindex", 3, "p 的 tabindex 是 3，只可以是 0 或 -1。")]


def test_the_lints_need_nothing():
    """The module stands alone: the standard library's, nothing of plansite."""
    tree = ast.parse((ROOT / "scripts" / "plansite" / "audit.py").read_text(encoding="utf-8"))
    found = {name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in (alias.name for alias in node.names)}
    found |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert found == {"re", "collections.abc", "dataclasses", "html.parser"}


def test_the_site(site):
    pages = sorted(site.rglob("*.html"))
    found = [(path.relative_to(site).as_posix(), *finding) for path in pages for finding in audit(path.read_text(encoding="utf-8"))]
    if found or not pages:
        pytest.fail("\n".join([f"{len(found)} found on {len(pages)} pages", *map(repr, found)]), pytrace=False)
