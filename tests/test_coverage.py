"""The coverage rule: one character dropped, added or changed anywhere in any plan is found at its place."""

import random
import shutil

import pytest
from conftest import ROOT, SAMPLE, check

from plansite import coverage
from plansite import folder as folders

PLANS = ["banan", "changyi", "jiangjin", "wulong", "ziyang"]
POSITIONS = 30  # of each plan, drawn anew by a fixed seed; each with all three changes


class Changed:
    """A plan whose text differs in one place."""

    def __init__(self, plan, at: int, key: str, text: str):
        self.furniture = plan.furniture
        self.pieces = list(plan.pieces)
        element, found, _ = self.pieces[at]
        assert found == key
        self.pieces[at] = (element, key, text)


@pytest.fixture(scope="module", params=PLANS)
def folder(request):
    return folders.read(ROOT / "data" / "plans" / f"{request.param}-2021-2025", ROOT)


def test_the_data_is_the_source(folder):
    assert list(coverage.compare(folder.plan, folder.document)) == []


def test_one_character_anywhere(folder):
    plan, document = folder.plan, folder.document
    pieces = list(plan.pieces)
    characters = [(at, offset) for at, (_, _, text) in enumerate(pieces) for offset, char in enumerate(text) if not char.isspace()]
    # The very first and last characters are where an off-by-one would hide.
    for at, offset in [characters[0], characters[-1], *random.Random(2026).sample(characters, POSITIONS)]:
        element, key, text = pieces[at]
        for name, changed in {
            "drop": text[:offset] + text[offset + 1 :],
            "add": text[:offset] + "龘" + text[offset:],
            "change": text[:offset] + "龘" + text[offset + 1 :],
        }.items():
            found = list(coverage.compare(Changed(plan, at, key, changed), document))
            assert len(found) == 1, (name, element.id, key, offset, found)
            difference = found[0]
            assert isinstance(difference, coverage.Difference)
            if name != "drop":
                assert (difference.element, difference.key) == (element.id, key)
            # A dropped character that equals its neighbour may be told at either.
            assert element.lines.first - 1 <= difference.line <= element.lines.last + 2, (name, element.id, difference)
            place = folder.problem(difference.element, "coverage", "错", "改")
            text_lines = (ROOT / place.file).read_text(encoding="utf-8").splitlines()
            assert f"id: {difference.element}" in text_lines[place.line - 1]


def test_a_changed_source_is_found_too(folder):
    """The same holds the other way round: a character lost from source.txt."""
    lines = list(folder.document.lines)
    number = folder.plan.elements["c1.p1"].lines.first - 1
    lines[number] = lines[number][:20] + lines[number][21:]
    changed = type(folder.document)(tuple(lines), "")
    (found,) = coverage.compare(folder.plan, changed)
    assert found.line == number + 1
    assert found.has and not found.wants


def test_white_space_does_not_count(folder):
    at = next(i for i, (_, _, text) in enumerate(folder.plan.pieces) if len(text) > 30)
    _, key, text = list(folder.plan.pieces)[at]
    assert list(coverage.compare(Changed(folder.plan, at, key, text[:10] + " \u3000\n" + text[10:]), folder.document)) == []


@pytest.mark.parametrize("slug", PLANS)
def test_check_names_file_and_line(slug, tmp_path):
    """The command that staff run fails with the file and line of a changed character."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data" / "plans" / f"{slug}-2021-2025" / "text.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    where = [i for i, line in enumerate(lines) if line.startswith("  text: ") and len(line) > 60]
    target = where[len(where) // 2]
    lines[target] = lines[target][:40] + lines[target][41:]
    path.write_text("".join(lines), encoding="utf-8")
    head = max(i for i in range(target) if lines[i].startswith("- id: "))
    status, said = check(tmp_path)
    assert status == 1
    assert f"data/plans/{slug}-2021-2025/text.yml 第{head + 1}行：错误（coverage）" in said
    assert "source.txt 第" in said


def test_two_faults_are_told_apart():
    folder = folders.read(SAMPLE / "data" / "plans" / "ceshi-2021-2025", SAMPLE)
    pieces = list(folder.plan.pieces)
    long = [i for i, (_, _, text) in enumerate(pieces) if len(text) > 20]
    changed = Changed(folder.plan, long[0], pieces[long[0]][1], pieces[long[0]][2][1:])
    element, key, text = changed.pieces[long[-1]]
    changed.pieces[long[-1]] = (element, key, text + "了")
    assert [d.element for d in coverage.compare(changed, folder.document)] == [pieces[long[0]][0].id, element.id]
