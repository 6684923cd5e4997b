"""Clauses of two plans laid side by side, measured against a sample judged by hand."""

import itertools
import re
import shutil

import pytest
import yaml
from conftest import ROOT, check

from plansite import align, pairs
from plansite.align import Clause

SAMPLE = yaml.safe_load((ROOT / "tests" / "alignment.yml").read_text(encoding="utf-8"))


def clause(text: str, field: str = "x") -> Clause:
    return Clause("c1.p1", text, field, field)


@pytest.fixture(scope="module")
def told(catalogue) -> dict[tuple[str, str], dict[str, set[str]]]:
    """For each pair of plans, what each clause of the one or other is laid beside."""
    found = {}
    for text in pairs.compare(catalogue, list(itertools.combinations(catalogue.current, 2))):
        beside: dict[str, set[str]] = {}
        for pair in text.pairs:
            for mine, yours in ((pair.one, pair.other), (pair.other, pair.one)):
                if mine:
                    beside.setdefault(mine.text, set()).update(one.text for one in (yours, pair.near) if one)
        found[text.one.id, text.other.id] = found[text.other.id, text.one.id] = beside
    return found


def test_judged_pairs_stay_together(told):
    """Nearly all pairs that a reader judged to be the same matter are pairs still."""
    alike = [one for one in SAMPLE["pairs"] if one["alike"]]
    kept = [one for one in alike if one["second"] in told[one["one"], one["other"]][one["first"]]]
    assert len(alike) == 69 and len(kept) >= 64


def test_judged_lone_clauses(told):
    """Some of the counterparts that a reader found are found, and hardly any where there is none."""
    lone = [(one, told[one["one"], one["other"]][one["text"]]) for one in SAMPLE["alone"]]
    found = [one for one, beside in lone if one["counterpart"] and one["counterpart"] in beside]
    invented = [one for one, beside in lone if not one["counterpart"] and beside]
    assert len(found) >= 10 and len(invented) <= 2, (len(found), len(invented))


def test_every_clause_once(catalogue):
    """Each clause of both plans is told exactly once, and the counts of the sentence add up."""
    for text in pairs.compare(catalogue):
        for plan, side in ((text.one, "one"), (text.other, "other")):
            mine = [getattr(pair, side) for pair in text.pairs if getattr(pair, side)]
            assert sorted(c.text for c in mine) == sorted(c.text for c in pairs.clauses(catalogue, plan))
        assert sum(text.counts().values()) == len(text.pairs) == sum(sum(text.counts(field).values()) for field in text.fields)


def test_clauses_are_the_text(catalogue):
    """No word of the chapters and boxes is lost, the review of past years aside."""
    for plan in catalogue.current:
        told_words = "".join(c.text for c in pairs.clauses(catalogue, plan))
        for _, item in plan.measures:
            if item.text and not plan.errata_at.get(item.id):
                assert all(sentence in told_words for sentence in align.sentences(item.text) if Clause("", sentence, "", "").words), item.id


def test_kinds():
    ones = [clause("为残疾儿童提供康复救助。"), clause("建设残疾人体育公园。"), clause("加强无障碍环境建设，改造困难家庭。")]
    others = [clause("为残疾儿童提供康复救助"), clause("加强无障碍环境建设，改造三百户困难家庭。"), clause("开展盲文出版。")]
    assert [pair.kind for pair in align.align(ones, others)] == ["same", "removed", "changed", "added"]


def test_punctuation_makes_no_difference():
    assert [pair.kind for pair in align.align([clause("坚持保基本、兜底线，提高标准。")], [clause("坚持保基本兜底线,提高标准")])] == ["same"]
    assert all(run.kept for run in align.changes("补贴，到 2025 年", "补贴,到2025年"))
    assert align.fold("达到1.5万人，占85%。") == "达到1.5万人占85%"


def test_hardly_alike_is_only_perhaps_the_same():
    pair = align.Pair(clause("残疾人事业基础保障条件改善，质量效益不断提升。"), clause("残疾人生活无障碍环境不断优化。"))
    assert pair.kind == "loose"


def test_what_is_left_over_points_at_the_clause_that_says_it():
    ones = [clause("落实残疾人医疗救助政策和临时救助政策，提高救助标准。")]
    others = [clause("落实残疾人医疗救助政策，提高救助标准。"), clause("落实残疾人临时救助政策。")]
    kinds = {pair.other.text: (pair.kind, pair.near) for pair in align.align(ones, others) if pair.other}
    assert kinds["落实残疾人医疗救助政策，提高救助标准。"][0] == "changed"
    assert kinds["落实残疾人临时救助政策。"] == ("merged", ones[0])


@pytest.mark.parametrize(("one", "other"), [("将补贴延伸到低收入家庭", "探索将补贴逐步延伸到低收入家庭中的残疾人"), ("甲乙丙", "丁"), ("一样", "一样")])
def test_changes_keep_both_texts(one, other):
    runs = align.changes(one, other)
    assert "".join(run.one for run in runs) == one and "".join(run.other for run in runs) == other
    assert all(a.kept != b.kept for a, b in itertools.pairwise(runs))


def test_differences_are_by_words():
    """A change never cuts a word: 辅具 is not told as 辅 and 具."""
    runs = align.changes("为残疾人配发轮椅", "为残疾人租赁轮椅")
    assert [(run.one, run.other) for run in runs if not run.kept] == [("配发", "租赁")]


def test_many_plans_build_no_square_of_pairs(catalogue, monkeypatch):
    monkeypatch.setattr(pairs, "WHOLE", 3)
    assert pairs.chosen(catalogue) == []
    monkeypatch.setattr(catalogue, "asked_pairs", {("jiangjin-2021-2025", "wulong-2021-2025"): 1})
    assert [(one.id, other.id) for one, other in pairs.chosen(catalogue)] == list(catalogue.asked_pairs)


def test_pairs_are_asked_for_by_a_file(sample):
    """A plan that is not there and a pair across provinces are told, with their line; a good pair is not."""
    plans = sample / "data" / "plans"
    shutil.copy(ROOT / "data" / "regions.yml", sample / "data" / "regions.yml")
    for name in ("wulong-2021-2025", "jiangjin-2021-2025", "ziyang-2021-2025"):
        shutil.copytree(ROOT / "data" / "plans" / name, plans / name)
    before = check(sample)
    (sample / "data" / "pairs.yml").write_text("- {one: jiangjin-2021-2025, other: wulong-2021-2025}\n", encoding="utf-8")
    assert check(sample) == before
    asked = "- {one: jiangjin-2021-2025, other: wulong-2021-2025}\n- {one: jiangjin-2021-2025, other: nowhere-2021-2025}\n- {one: jiangjin-2021-2025, other: ziyang-2021-2025}\n"
    (sample / "data" / "pairs.yml").write_text(asked, encoding="utf-8")
    status, said = check(sample)
    assert status == 1 and [re.sub(r"：.*", "", line) for line in said.splitlines() if "pairs.yml" in line] == ["data/pairs.yml 第2行", "data/pairs.yml 第3行"]
    assert "没有规划“nowhere-2021-2025”" in said and "“jiangjin-2021-2025”和“ziyang-2021-2025”不在一个省" in said
    (sample / "data" / "pairs.yml").write_text("one: ceshi-2021-2025\n", encoding="utf-8")
    status, said = check(sample)
    assert status == 1 and "应当是一个列表" in said
