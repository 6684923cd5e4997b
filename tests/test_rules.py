"""Each rule has a folder: input.yml breaks the sample, expected.txt is what staff are told."""

import os
import re

import pytest
import yaml
from conftest import ROOT, check, edit

from plansite import problems

RULES = ROOT / "tests" / "rules"
# Told while importing or building, tested in test_importer.py, test_build.py and test_search.py.
ELSEWHERE = {"exists", "news-link", "synonym"}


@pytest.mark.parametrize("rule", sorted(path.name for path in RULES.iterdir()))
def test_rule(rule, sample):
    folder = RULES / rule
    edit(sample, yaml.safe_load((folder / "input.yml").read_text(encoding="utf-8")))
    status, said = check(sample)
    expected = folder / "expected.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert f"（{rule}）" in said
    assert status == (0 if "没有错误" in said else 1)
    for line in said.splitlines():
        assert re.search("[\u4e00-\u9fff]", line), f"not Chinese: {line}"


def test_the_sample_is_without_fault(sample):
    assert check(sample) == (0, "检查完毕，没有发现问题。\n")


def test_every_rule_has_a_folder():
    assert {path.name for path in RULES.iterdir()} == set(problems.RULES) - ELSEWHERE


def test_a_form_error_hides_no_other_form_error(sample):
    """All problems are shown at once, not the first."""
    folder = sample / "data/plans/ceshi-2021-2025"
    for name, find, replace in (("text.yml", "lines: 23\n", "lines: 行\n"), ("plan.yml", "status: final", "status: 正式"), ("tasks.yml", "  number: 2\n", "")):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace(find, replace, 1), encoding="utf-8")
    status, said = check(sample)
    assert status == 1
    assert all(rule in said for rule in ("（type）", "（choice）", "（missing-key）"))


@pytest.mark.parametrize("content", ["", "# 什么也没有\n"])
@pytest.mark.parametrize("name", ["regions.yml", "vocabulary/topics.yml", "plans/ceshi-2021-2025/plan.yml", "plans/ceshi-2021-2025/text.yml", "plans/ceshi-2021-2025/tasks.yml"])
def test_an_empty_file_is_told(name, content, sample):
    (sample / "data" / name).write_text(content, encoding="utf-8")
    status, said = check(sample)
    assert status == 1 and f"data/{name}：错误（empty）文件是空的。" in said
