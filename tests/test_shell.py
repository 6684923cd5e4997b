"""The shell around every page: what it replaces of Material, what it offers everywhere."""

import json
import re
from pathlib import Path

import material
import pytest
from conftest import ROOT

from plansite import hotlines, statement
from plansite.model import Heading, Paragraph
from plansite.model.elements import Lines
from plansite.pages.plan import elements
from plansite.terms import Terms

OURS = (ROOT / "overrides" / "base.html").read_text(encoding="utf-8")
MATERIAL = (Path(material.__file__).parent / "templates" / "base.html").read_text(encoding="utf-8")


def blocks(template: str) -> set[str]:
    return set(re.findall(r"{%-?\s*block\s+(\w+)", template))


def test_our_blocks_are_blocks_of_the_installed_material():
    """A template of the theme that extends base.html finds the blocks it fills; a renamed block is told here."""
    assert blocks(OURS) <= blocks(MATERIAL), blocks(OURS) - blocks(MATERIAL)
    assert {"htmltitle", "header", "content", "footer", "scripts"} <= blocks(OURS)


def test_nothing_of_materials_shell_is_left(documents):
    for url, page in documents.items():
        assert not page.xpath("//*[starts-with(@class, 'md-')] | //input[@type='checkbox'][not(ancestor::form or @data-key)]"), url
        scripts = [node.get("src").rsplit("/", 1)[-1] for node in page.iter("script")]
        assert set(scripts) <= {"early.js", "site.js", "search.js", "choose.js", "find.js"}, url


def test_header_and_footer_offer_the_same_everywhere(documents):
    def shape(page):
        nodes = [*page.xpath("//header"), *page.xpath("//nav[@aria-label='网站导航']"), *page.xpath("//footer")]
        return [(n.tag, (n.text or "").strip(), n.get("class"), n.get("name")) for node in nodes for n in node.iter()]

    first = shape(documents["index.html"])
    assert all(shape(page) == first for page in documents.values())


def test_help_lines_stand_as_the_plans_name_them(documents, catalogue):
    found = {number: {row.place for row in rows} for number, _, rows in hotlines.by_number(one for plan in catalogue.current for one in hotlines.of_plan(catalogue, plan))}
    assert found == {"12385": {"昌邑区（讨论稿）", "巴南区", "武隆区"}, "12345": {"昌邑区（讨论稿）", "江津区"}}
    text = "".join(documents["help.html"].xpath("//main")[0].itertext())
    assert "依托12345政务服务便民热线" in text and "资阳市的规划没有写号码" in text and "没有核实" in text
    for page in documents.values():
        assert page.xpath("//footer//a[contains(., '12385')]") and page.xpath("//footer//a[contains(., '无障碍声明')]")


def test_chapters_lead_to_the_whole_plan_and_back(documents):
    page = documents["districts/banan/2021-2025/chapter-3.html"]
    contents = page.xpath("//nav[@aria-label='规划目录']//a")
    assert [a.text for a in contents][:3] == ["通知和前言", "第一章　编制背景", "第二章　总体要求"]
    assert [a.text for a in contents if a.get("aria-current")] == ["第三章　重点任务"]
    assert page.xpath("//p[@class='up']/a[@href='#toc']") and page.xpath("//*[@id='toc']")


def lists_of_terms(page) -> dict[str, dict[str, str]]:
    """Id of a list to its terms with their explanations."""
    return {
        found.get("id"): {entry.xpath("./dt")[0].text: entry.xpath("./dd")[0].text for entry in found.xpath("./dl/div")}
        for found in page.xpath("//details[contains(@class, 'terms')]")
    }


def test_terms_of_a_chapter_are_explained_where_they_stand(documents, catalogue):
    """A short chapter has one list, a long one a list below each heading; together they have all terms, each with a text that has it."""
    terms = {term.term: term for term in catalogue.vocabulary.glossary.values()}
    finding = Terms(catalogue.vocabulary.words)
    for plan in catalogue.plans:
        for heading, blocks in plan.chapters:
            page = documents[catalogue.at(plan).chapter(heading)]
            lists = lists_of_terms(page)
            every = {term.term for term in finding(elements(blocks))}
            assert {word for found in lists.values() for word in found} == every
            assert set(lists) <= {"terms"} if len(every) <= 30 else max(map(len, lists.values())) <= 60
            for id, found in lists.items():
                assert all(terms[word].definition == words for word, words in found.items())
                if id != "terms":
                    part = id.removesuffix("-terms")
                    under = finding([one for one in elements(blocks) if (one.id + ".").startswith(part + ".") or not one.id.startswith("c")])
                    assert set(found) <= {term.term for term in under}
                    assert page.xpath(f"//details[@id='{id}']/preceding::*[self::h1 or self::h2 or self::h3 or self::h4][1]/@id") == [part]
    assert len(lists_of_terms(documents["districts/ziyang/2021-2025/chapter-3.html"])) > 20


def test_terms_stand_below_the_lowest_heading_that_needs_them(catalogue):
    """Parts with few terms are told as one, the terms that a crowded heading has to itself stay with it."""
    def block(kind, id, words):
        return kind(id, Lines(1, 1), words)

    finding = Terms(catalogue.vocabulary.words)
    chapter = block(Heading, "c1", "主要任务")
    inside = [
        block(Paragraph, "c1.p1", "开展辅助性就业。"), block(Heading, "c1.s1", "甲"), block(Paragraph, "c1.s1.p1", "支持孤独症儿童。"), block(Heading, "c1.s1.u1", "乙"),
        block(Paragraph, "c1.s1.u1.p1", "发放护理补贴。"), block(Heading, "c1.s2", "丙"), block(Paragraph, "c1.s2.p1", "无障碍改造。"), block(Heading, "c1.s2.u1", "丁"), block(Paragraph, "c1.s2.u1.p1", "推广国家通用手语。"),
    ]
    told = {most: {id: [term.term for term in found] for id, found in finding.by_heading(chapter, inside, most).items()} for most in (100, 2, 1)}
    whole = [term.term for term in finding(inside)]
    assert told[100] == {"c1": whole} and len(whole) >= 5
    assert list(told[1]) == ["c1", "c1.s1", "c1.s1.u1", "c1.s2", "c1.s2.u1"] and [word for found in told[1].values() for word in found] == whole
    assert told[2]["c1.s1"] == told[1]["c1.s1"] + told[1]["c1.s1.u1"]


def test_the_longest_term_wins(catalogue):
    class Text:
        text_as_read = "落实困难残疾人生活补贴。"

    found = [term.term for term in Terms(catalogue.vocabulary.words)([Text()])]
    assert "困难残疾人生活补贴" in found and "困难残疾人" not in found


def test_glossary_terms_occur_in_the_plans(catalogue):
    texts = re.sub(r"\s", "", "".join((ROOT / "data" / "plans" / plan.id / "source.txt").read_text(encoding="utf-8") for plan in catalogue.plans))
    assert len(catalogue.vocabulary.glossary) >= 80
    for term in catalogue.vocabulary.glossary.values():
        for word in (term.term, *term.aliases):
            assert word in texts, word
        assert len(term.definition) <= 90 and term.definition.endswith("。")


def test_search_leads_to_real_anchors(site, documents):
    rows = []
    for path in (site / "assets" / "search").glob("t*.js"):
        rows += json.loads("[" + re.fullmatch(r"searchTexts\((.*)\);\n", path.read_text(encoding="utf-8"), re.S)[1] + "]")[1]
    assert len(rows) > 1500
    ids = {url: {node.get("id") for node in page.iter() if node.get("id")} for url, page in documents.items()}
    for target, title, words in rows:
        url, _, anchor = target.partition("#")
        assert (not anchor or anchor in ids[url]) and url in ids and title and words


# --- the statement ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "checks", "fails", "passed", "result"),
    [
        ("whole", ("axe",), None, {"axe"}, "测试通过"),
        ("partly", ("axe", "orca"), None, {"axe", "orca"}, "部分测试通过"),
        ("whole", ("axe", "orca"), None, {"axe"}, "测试没有通过"),
        ("whole", (), None, {"axe"}, "没有测试"),
        ("none", ("axe",), None, {"axe"}, "没有测试"),
        ("not_applicable", (), None, set(), "不适用"),
        ("none", (), "true", set(), "没有做到"),
    ],
)
def test_the_statement_never_says_more_than_tests_showed(scope, checks, fails, passed, result):
    assert statement.Criterion("1.1.1", "名称", scope, checks, fails=fails).result(passed) == result


def test_the_statement_names_test_files_that_are_there():
    found = statement.read(ROOT)
    for check in found["checks"]:
        assert check.tests and all((ROOT / name).is_file() for name in check.tests), check.id
    named = [row.id for row in found["criteria"]]
    assert len(named) == len(set(named)) == 86 and len(found["checklist"]) == 35
    assert all(row.note for row in (*found["criteria"], *found["checklist"]) if row.scope != "whole")


def test_a_record_counts_what_passed(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase classname="tests.browser.test_axe" name="a"/><testcase classname="tests.browser.test_axe" name="b">'
        '<failure/></testcase><testcase classname="tests.test_html" name="c"/></testsuite></testsuites>', encoding="utf-8",
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "accessibility.yml").write_text(
        "checks:\n- {id: axe, name: axe, says: 检查, tests: [tests/browser/test_axe.py]}\ncriteria: []\nchecklist: []\nuntested: [真人]\nlimits: [原文]\n", encoding="utf-8"
    )
    kept = statement.write_record(tmp_path, [report], "2026-11-22", 80, {"axe-core": "4"})
    assert kept["checks"] == {"axe": {"passed": 1, "failed": 1}}
    assert statement.record(tmp_path) == kept
