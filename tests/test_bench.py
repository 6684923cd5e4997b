"""Synthetic plans keep the rules, are marked on every page and never get into the project; what is measured is what a command cost."""

import json
import os
import re
import shutil
import sys
from itertools import combinations, product
from pathlib import Path

import pytest
from conftest import ROOT, check, run
from lxml import html

from benchmark import corpus, markdown, meter, peers, regions, report, wording
from benchmark.base import MARK

pytestmark = pytest.mark.xdist_group("bench")  # one corpus and one site for all
PLANS = 3


def files(folder: Path) -> dict[str, bytes]:
    """All that was written, not what is linked."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for top in folder.iterdir() if not top.is_symlink() and top.name != ".cache" for path in [top, *top.rglob("*")] if path.is_file()}


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "corpus"
    corpus.make(ROOT, folder, PLANS, seed=1)
    return folder


@pytest.fixture(scope="module")
def built(synthetic) -> Path:
    folder = synthetic.parent / "site"
    done = run("build", "--site", str(folder), root=synthetic)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


# --- the corpus -------------------------------------------------------------------------------


def test_all_rules_hold(synthetic):
    assert check(synthetic) == (0, "检查完毕，没有发现问题。\n")


def test_the_same_seed_makes_the_same_bytes_and_another_seed_others(synthetic, tmp_path):
    corpus.make(ROOT, tmp_path / "again", PLANS, seed=1)
    corpus.make(ROOT, tmp_path / "other", 1, seed=2)
    assert files(synthetic) == files(tmp_path / "again")
    sources = {content for folder in (synthetic, tmp_path / "other") for path, content in files(folder).items() if path.endswith("source.txt")}
    assert len(sources) == PLANS + 1


def sentences(path: Path) -> set[str]:
    return {sentence for sentence in re.sub(r"\s", "", path.read_text(encoding="utf-8")).split("。") if len(sentence) > 15}


def test_plans_differ_as_much_as_real_ones_do(synthetic):
    """Else what remembers texts, and search, would look quicker and smaller than with real plans."""
    real = [sentences(path) for path in (ROOT / "data" / "plans").glob("*/source.txt")]
    made = [sentences(path) for path in (synthetic / "data" / "plans").glob("*/source.txt")]
    most = max(len(one & other) / min(len(one), len(other)) for one, other in combinations(real, 2))
    for one, other in [*combinations(made, 2), *product(made, real)]:
        assert len(one & other) / min(len(one), len(other)) < 1.5 * most


def test_no_real_place_is_left(synthetic, catalogue):
    names = {name for plan in catalogue.plans for region in catalogue.vocabulary.chain(plan.region) for name in (region.name, region.name[:-1], region.code)}
    texts = [content.decode() for path, content in files(synthetic).items() if path.startswith("data/plans/") or path == "data/regions.yml"]
    assert not [name for name in names for text in texts if name in text]


def test_every_page_of_a_plan_says_that_it_is_made_up(synthetic, built):
    folders = sorted((built / "districts").glob("p*"))
    assert len(folders) == PLANS
    for page in (page for folder in folders for page in folder.rglob("*.html")):
        assert MARK in page.read_text(encoding="utf-8"), page
    for page in (built / "about.html", built / "404.html"):
        assert MARK in html.parse(str(page), html.HTMLParser(encoding="utf-8")).findtext(".//title")


@pytest.mark.parametrize("place", [".", "data", "data/plans", "docs/corpus", "site", ".."])
def test_nothing_is_written_into_the_project(place):
    before = sorted(ROOT.iterdir()), sorted((ROOT / "data").rglob("*"))
    with pytest.raises(corpus.Refusal, match="不能写进项目里"):
        corpus.make(ROOT, ROOT / place, PLANS, seed=1)
    assert (sorted(ROOT.iterdir()), sorted((ROOT / "data").rglob("*"))) == before


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(corpus.Refusal, match="里有别的东西"):
        corpus.make(ROOT, tmp_path, PLANS, seed=1)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_edit_changes_one_sentence_and_keeps_the_rules(synthetic, tmp_path):
    shutil.copytree(synthetic / "data", tmp_path / "data")
    before = files(tmp_path)
    edit = corpus.edit(tmp_path)
    changed = {path.rsplit("/", 1)[1] for path, content in files(tmp_path).items() if content != before[path]}
    assert changed == {"text.yml", "source.txt", "plan.yml"}
    assert check(tmp_path)[0] == 0 and edit.after in next(tmp_path.glob(f"data/plans/{edit.slug}-*/text.yml")).read_text(encoding="utf-8")


def test_the_invented_country_is_nowhere_in_china(catalogue):
    made, real = regions.regions(), catalogue.vocabulary.regions.values()
    assert len(made) == len({one.code for one in made}) == len({one.name for one in made}) == len({one.slug for one in made})
    assert sum(one.parent is None for one in made) == 31 and sum(map(len, regions.clusters(made))) >= 3200
    assert not {one.code[:2] for one in made} & {one.code[:2] for one in real} and not {one.name.removeprefix("合成") for one in made} & {one.name for one in real}


def test_every_exchange_of_words_and_numbers_keeps_the_rules(tmp_path, monkeypatch):
    """Each word becomes the next of its group, in plans made from all the real ones."""
    assert len({word for group in wording.ALIKE for word in group}) == sum(map(len, wording.ALIKE))
    monkeypatch.setattr(wording, "exchanged", lambda rng: {word: other for group in wording.ALIKE for word, other in zip(group, group[1:] + group[:1], strict=True)})
    corpus.make(ROOT, tmp_path, 5, seed=4)
    lines = [{path.read_bytes().count(b"\n") for path in root.glob("data/plans/*/source.txt")} for root in (ROOT, tmp_path)]
    assert lines[0] == lines[1], "not all real plans had their turn"
    assert check(tmp_path)[0] == 0


# --- what a command costs ---------------------------------------------------------------------

HOLDING = """
import os, time
held = bytearray(os.urandom(1 << 20)) * 60
if os.fork():
    while time.process_time() < 0.2: pass
    time.sleep(0.5)
    os.wait()
else:
    began = time.process_time()
    while time.process_time() - began < 0.2: pass
    time.sleep(0.5)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is asked of Linux")
def test_the_cost_of_a_command_and_of_what_it_starts(tmp_path):
    cost = meter.measure([sys.executable, "-c", HOLDING], tmp_path)
    assert not cost.failed and cost.said == ""
    assert cost.wall >= 0.5 and 0.4 <= cost.cpu <= cost.wall * os.cpu_count()
    assert 60 << 20 <= cost.memory < 110 << 20  # what the two processes share counts once


def test_a_command_that_fails_is_told(tmp_path):
    cost = meter.measure([sys.executable, "-c", "import sys; print('坏了'); sys.exit(3)"], tmp_path, {"PYTHONUTF8": "1"})
    assert (cost.status, cost.said, report.failure(cost)) == (3, "坏了", "失败（3）：坏了")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is asked of Linux")
@pytest.mark.parametrize(("limits", "why"), [(meter.Limits(seconds=0.2), "超过 0 秒，停了。"), (meter.Limits(memory=1 << 20), "内存超过 0 GB，停了。")])
def test_a_command_beyond_its_limits_is_ended(tmp_path, limits, why):
    cost = meter.measure([sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '600'])"], tmp_path, limits=limits)
    assert cost.failed and cost.said == why


# --- the same content for others --------------------------------------------------------------

PAGE = """<html><head><title>标题 – 站</title></head><body><nav>不要</nav><main id="main">
<div class="slip"><p>规划*名*</p><h1 id="c1">第一章　背景</h1></div>
<p>一句<a href="a/b.html#x">链接<span class="vh">：补充</span></a>，<strong>要紧</strong>。</p>
<form><label>不要<input></label></form>
<div class="tview"><div class="tscroll"><table><caption>表</caption><thead><tr><th>甲</th><th>乙|丙</th></tr></thead>
<tbody><tr><th>一</th><td><span class="v">&gt;1</span><div class="no"><b>未提及</b></div></td></tr></tbody></table></div>
<div class="tlist"><p>逐行清单</p><ol><li>再说一遍</li></ol></div></div>
<ol><li><p>第一</p><details><summary>看原文</summary><div>“原文”</div></details></li><li>第二<ul><li>里面</li></ul></li></ol>
<dl><div><dt>词</dt><dd>解释</dd></div></dl><pre><code>a  b</code></pre>
<svg><text>不要</text></svg></main></body></html>"""
MARKDOWN = r"""---
title: "标题 – 站"
---

规划\*名\*

# 第一章 背景

一句[链接：补充](a/b.html#x)，**要紧**。

**表**

| 甲 | 乙\|丙 |
| --- | --- |
| 一 | \>1 **未提及** |

1.  第一

    **看原文**

    “原文”
1.  第二

    -   里面

-   **词**：解释

```
a  b
```
"""


def test_a_page_as_markdown():
    assert markdown.page(PAGE.encode()) == MARKDOWN
    assert markdown.page("<html><body><p>没有正文</p></body></html>".encode()) is None


def test_each_generator_gets_the_pages_as_it_wants_them(built, synthetic, tmp_path):
    hugo, material = peers.Hugo(tmp_path / "hugo"), peers.Material(tmp_path / "material")
    pages = {path.relative_to(built).with_suffix(".md").as_posix() for path in built.rglob("*.html")} - {"404.md"}
    assert markdown.write(built, [hugo, material]) == len(pages)
    assert {path.relative_to(material.content).as_posix() for path in material.content.rglob("*.md")} == pages
    assert {path.relative_to(hugo.content).as_posix().replace("_index.md", "index.md") for path in hugo.content.rglob("*.md")} == pages
    assert "](districts/index.html)" in (hugo.content / "_index.md").read_text(encoding="utf-8")
    assert "](districts/index.md)" in (material.content / "index.md").read_text(encoding="utf-8")
    shutil.copytree(synthetic / "data", tmp_path / "edited" / "data")
    edit = corpus.edit(tmp_path / "edited")
    assert peers.edit(hugo.content / "districts" / edit.slug, edit.before, edit.after) == peers.edit(material.content / "districts" / edit.slug, edit.before, edit.after) > 0


# --- the report -------------------------------------------------------------------------------


def step(plans, program, pages, wall, **cost):
    return report.Step(plans, program, "生成，首次", meter.Cost(wall, wall, 10 * pages, cost.get("status", 0), cost.get("said", "")), pages, 100 * pages, 200 * pages)


def test_material_is_estimated_by_pages_where_it_was_not_run():
    steps = [step(50, "本站", 1000, 1.0), step(200, "本站", 2000, 2.0), step(800, "本站", 8000, 8.0), step(50, "Material", 1000, 10.0), step(200, "Material", 2000, 40.0)]
    (found,) = report.estimates(steps)
    assert (found.plans, found.pages, found.estimated) == (800, 8000, True)
    assert found.cost.wall == pytest.approx(640) and found.cost.memory == pytest.approx(80_000)
    line = next(line for line in report.table(steps).splitlines() if line.startswith("800") and "Material" in line)
    assert "约 8,000" in line and "约 640.0" in line and "估算" in report.table(steps)
    assert "约 0.01、0.01" in next(line for line in report.table(steps).splitlines() if line.startswith("800") and "本站" in line)


def test_what_failed_is_in_the_table_with_its_reason():
    steps = [step(50, "本站", 1000, 1.0), step(50, "Hugo", 0, 9.0, status=-9, said="内存超过 16 GB，停了。")]
    table = report.table(steps)
    assert "失败" in next(line for line in table.splitlines() if line.startswith("50") and "Hugo" in line)
    assert "50 份　Hugo：生成，首次　失败（-9）：内存超过 16 GB，停了。" in table
    assert report.estimates(steps) == []


def test_the_page_for_maintainers_tells_what_was_measured():
    """The list of docs/scale.md has the seconds, pages and megabytes of data/bench.json."""
    said = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    found = {(step["plans"], step["program"], step["what"]): step for step in json.loads((ROOT / "data" / "bench.json").read_text(encoding="utf-8"))["steps"]}

    def cost(name: str, *step) -> float:
        return found[step]["cost"][name]

    def line(plans: int) -> str:
        first, edited = (
            "，".join(f"{program} {cost('wall', plans, program, f'生成，{what}'):.1f} 秒" for program in ("本站", "Hugo")) for what in ("首次", "改了一句"))
        memory = "，".join(f"{program} {cost('memory', plans, program, '生成，首次') / 1e6:,.0f} MB" for program in ("本站", "Hugo"))
        return f"- {plans:,} 份，{found[plans, '本站', '生成，首次']['pages']:,} 页。首次：{first}。改一句：{edited}。内存最多时：{memory}。"

    for plans in (50, 200, 800, 3200):
        assert line(plans) in said, line(plans)
    assert f"检查 3,200 份规划：首次 {cost('wall', 3200, '本站', '检查，首次'):.1f} 秒，再次 {cost('wall', 3200, '本站', '检查，再次'):.1f} 秒" in said
    assert found[800, "Material", "生成，首次"]["estimated"]
    hours = cost("wall", 800, "Material", "生成，首次") / 3600
    assert f"50 份要 {cost('wall', 50, 'Material', '生成，首次'):.1f} 秒；800 份，照 25 份和 50 份估算，要 {hours:.0f} 个小时" in said
