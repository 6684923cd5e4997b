"""Drawing pages: what is kept between them changes nothing on any, and a plan's pages rest on the plan alone."""

import csv
import gc
import io
import json
import sys
import weakref
from collections import defaultdict
from dataclasses import replace

import pytest
from conftest import ROOT, TODAY
from markupsafe import Markup, escape

from plansite import catalogue as catalogues
from plansite import folder, offers
from plansite.catalogue import Catalogue
from plansite.formats.dataset import dumps
from plansite.formats.table import csv_text
from plansite.model import Match, Period, Plan
from plansite.pages.page import Page
from plansite.pages.plan import district, plan_pages
from plansite.render import Renderer, environment
from plansite.shell import Site
from plansite.terms import Terms
from plansite.vocabulary import Term


@pytest.fixture
def fresh() -> Catalogue:
    """The real data, read anew: nothing is kept in it yet."""
    return catalogues.read(ROOT, TODAY)


def renderer(catalogue: Catalogue):
    return Renderer(ROOT / "overrides", catalogue.vocabulary, Site.read(ROOT)).of(catalogue, defaultdict(int)).content


def of_plan(catalogue: Catalogue, plan: Plan) -> list[Page]:
    found = offers.entries(catalogue, plan)
    return [district(catalogue, plan, found), *plan_pages(catalogue, plan, found)]


def test_a_page_is_the_same_whatever_was_drawn_before_it(catalogue):
    made = [page for plan in catalogue.current[:2] for page in of_plan(catalogue, plan)]
    draw, again = renderer(catalogue), renderer(catalogue)
    forth, back = {page.url: draw(page) for page in made}, {page.url: again(page) for page in reversed(made)}
    assert forth == back
    mixed = [page for pair in zip(made[: len(made) // 2], made[len(made) // 2 :], strict=False) for page in pair]
    assert all(draw(page) == forth[page.url] for page in mixed)


def test_a_drawn_plan_is_let_go_of(fresh):
    """At once when the next is drawn: to look for what holds itself takes long where plans are many."""
    draw = Renderer(ROOT / "overrides", fresh.vocabulary, Site.read(ROOT))
    read = [folder.path for folder in fresh.folders]
    registries = replace(fresh, folders=[])
    gc.collect()
    gc.disable()
    try:
        kept = []
        for path in read:
            catalogue = registries.over([folder.read(path, ROOT)])
            kept.append(weakref.ref(catalogue.current[0]))
            draw.of(catalogue, defaultdict(int)).files(of_plan(catalogue, catalogue.current[0]))
            del catalogue
        assert [one() is None for one in kept] == [True, True, True, True, False]
    finally:
        gc.enable()


def test_pages_of_a_plan_tell_its_own_period(catalogue):
    """Others that have ended, or go on, say nothing of it."""
    plan, *others = catalogue.current
    later = replace(plan, period=Period(2026, 2030))
    both = replace(catalogue, folders=[*(folder for folder in catalogue.folders if folder.plan is not plan), replace(next(folder for folder in catalogue.folders if folder.plan is plan), plan=later)])
    draw = renderer(both)
    for one, period, ended in ((later, "2026 到 2030", False), (others[0], "2021 到 2025", True)):
        pages = [page for page in of_plan(both, one) if page.template in ("easy-read.html", "offers-for.html")]
        assert len(pages) > 2
        for page in pages:
            html = draw(page)
            assert f"这些规划管 {period} 年{'，已经结束' if ended else ''}。" in html, page.url


def test_a_plan_costs_the_same_among_many(fresh):
    """Deriving and drawing its pages makes no more calls among fifty others than alone: compared are counts, not times."""
    plan = fresh.current[0]
    folder = next(folder for folder in fresh.folders if folder.plan is plan)
    rest = [code for code, region in fresh.vocabulary.regions.items() if region.level == "county" and code > plan.region][:50]
    counts = []
    for others in ([], [replace(folder, plan=replace(plan, region=code, folder=f"other-{code}")) for code in rest]):
        anew = catalogues.read(ROOT, TODAY)
        mine = next(folder for folder in anew.folders if folder.plan.id == plan.id)
        among = replace(anew, folders=[mine, *others])
        draw = renderer(among)
        for page in of_plan(fresh, plan):
            draw(page)  # templates are compiled once
        counts.append(calls(among, mine.plan, draw))
    assert counts[1] < counts[0] * 1.01, counts


def calls(catalogue: Catalogue, plan: Plan, draw: Renderer) -> int:
    """How many functions are called to make and draw the pages of a plan."""
    count = 0

    def note(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        for page in of_plan(catalogue, plan):
            draw(page)
    finally:
        sys.setprofile(None)
    return count


def test_everything_is_escaped_as_markup_says(tmp_path):
    (tmp_path / "one.html").write_text("{{ value }}", encoding="utf-8")
    one = environment(tmp_path).get_template("one.html")
    for value in ("残疾人", "<b>&\"'</b>", "", Markup("<b>&amp;</b>"), 7, 2.5, ["<i>"], Markup("<p>{}</p>").format("<")):
        assert one.render(value=value) == escape(value)


def test_terms_are_found_longest_first_and_never_one_within_another():
    terms = {word: Term(word, word, "") for word in ("残疾", "残疾人", "残疾人证", "人证", "证件", "残联", "C++", "C")}
    find = Terms(terms)

    def found(*texts: str) -> list[str]:
        return [term.term for term in find(texts)]

    assert found("残疾人证件") == ["残疾人证"]
    assert found("残疾人的残疾，残联") == ["残疾人", "残疾", "残联"]
    assert found("证件和人证", "残疾人证", "证件") == ["证件", "人证", "残疾人证"]
    assert found("C+和C++") == ["C", "C++"] and found("疾人") == [] and Terms({})(["残疾"]) == []


@pytest.mark.parametrize(
    "value", [{}, [], {"a": {}}, {"a": []}, [[]], [{}], [{}, {"a": 1}], [{"a": 1}, {"b": None, "c": "行1\n行2"}, {"d": [1, "二", None]}, {"e": {"f": 2.5}}], {"e": [["x"], "y", {"z": {"w": [{"v": 1}]}}]}, {"b": [{"c": '},\n   {"'}, {"c": "\u2028\\\""}], "d": [True, -1.5, "", ["x"]], "e": {"f": 1}}],
)
def test_json_has_a_line_for_each_record(value):
    text = dumps(value).decode()
    assert json.loads(text) == value and text.endswith("\n")
    lists = [one for one in ([value] if isinstance(value, list) else value.values()) if isinstance(one, list)]
    for record in (one for records in lists if all(isinstance(one, dict) for one in records) for one in records):
        assert any(line.rstrip(",") and json.loads(line.rstrip(",")) == record for line in text.split("\n") if line.startswith("{") and line != "{")


@pytest.mark.parametrize(
    "row", [["甲", "乙"], ["甲,乙", "丙"], ['说“"是"”', ""], ["一行\n两行", "末\r"], [None, 2.5], ["", None], [""], [], ["只有一格"], [" 空格", "，、"], [Match.SAME, 3]],
)
def test_tables_are_written_as_the_module_csv_writes_them(row):
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(row)
    assert csv_text([row, ["末"]]) == "\ufeff" + out.getvalue() + "末\r\n"
