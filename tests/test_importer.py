"""The importer, on documents invented for the purpose and on the five as received."""

import random

import pytest
import yaml
from conftest import DOCUMENTS, ROOT, SAMPLE, check, run

from plansite import catalogue as catalogues
from plansite import coverage
from plansite import folder as folders
from plansite.importer import draft, marks, write
from plansite.source import split_lines

CODES = {"styles": "990101", "markdown": "990100", "wrapped": "990102"}
FOLDERS = {"styles": "ceshi", "markdown": "ceshishi", "wrapped": "ceshixian"}
REAL = {"banan": "500113", "changyi": "220202", "jiangjin": "500116", "wulong": "500156", "ziyang": "512000"}


@pytest.fixture
def empty(sample):
    """The sample's registries without its plan."""
    plan = sample / "data" / "plans" / "ceshi-2021-2025"
    for path in plan.iterdir():
        path.unlink()
    plan.rmdir()
    return sample


def imported(root, name, source=None):
    done = run("import", str(source or DOCUMENTS / f"{name}.txt"), "--region", CODES[name], "--period", "2021-2025", root=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return folders.read(root / "data" / "plans" / f"{FOLDERS[name]}-2021-2025", root)


@pytest.mark.parametrize("name", CODES)
def test_an_import_leaves_coverage_passing(name, empty):
    folder = imported(empty, name)
    assert folder.problems == []
    assert list(coverage.compare(folder.plan, folder.document)) == []
    assert (folder.path / "source.txt").read_bytes() == (DOCUMENTS / f"{name}.txt").read_bytes()
    _, said = check(empty)
    assert "（coverage）" not in said and "（lines）" not in said


def test_four_numbering_styles_give_four_levels(empty):
    plan = imported(empty, "styles").plan
    assert [(h.id, h.label) for h in plan.headings] == [
        ("c1", "第一章　编制背景"),
        ("c2", "第二章　重点任务"),
        ("c2.s1", "第一节　完善残疾人社会保障"),
        ("c2.s1.u1", "（一）加强社会救助"),
        ("c2.s1.u1.v1", "1．做好临时救助"),
        ("c2.s1.u1.v2", "2．做好医疗救助"),
        ("c2.s1.u2", "（二）发展托养照护"),
        ("c3", "第三章　保障措施"),
    ]


def test_a_run_in_heading_is_parted_from_its_paragraph(empty):
    plan = imported(empty, "styles").plan
    assert plan.elements["c2.s1.u1.v1"].heading == "做好临时救助。"
    assert plan.elements["c2.s1.u1.v1.p1"].text == "对遇到困难的残疾人家庭及时给予救助。"


def test_boxes_with_groups_in_which_numbers_begin_anew(empty):
    box = imported(empty, "styles").plan.boxes[1]
    assert [(group.label, [item.title for item in items]) for group, items in box.grouped()] == [
        ("一、资金类", ["最低生活保障", "辅助器具适配资助"]),
        ("二、服务类", ["走访探视服务"]),
    ]


def test_tables_by_tabs_and_by_one_cell_a_line(empty):
    plan = imported(empty, "styles").plan
    assert [(r.number, r.label, r.target, r.nature) for r in plan.indicators] == [
        ("1", "残疾人辅助器具适配率（%）", "≥90", "约束性"),
        ("2", "城乡残疾人职业技能培训人数（人）", "300", "预期性"),
    ]
    assert [(t.lead, t.responsible) for t in plan.tasks] == [
        ("区民政局", "区残联"), ("区残联", "各镇（街道）"), ("区残联、区文化旅游委", "not_mentioned"),
    ]


def test_markdown_tables_and_debris(empty):
    folder = imported(empty, "markdown")
    plan = folder.plan
    assert [(r.number, r.name, r.baseline, r.target) for r in plan.indicators] == [
        ("1.", "困难残疾人生活补贴覆盖率", "——", "100"), ("2.", "残疾儿童少年义务教育入学率", "95", ">97"),
    ]
    assert plan.draft and plan.title.value == "测试市“十四五”残疾人保障和发展规划"
    assert [(item.name, item.text) for item in plan.boxes[1].items] == [("生活补贴", "按规定发放生活补贴。"), ("护理补贴", "按规定发放护理补贴。")]
    assert {thing.text for thing in plan.furniture} == {"**", "-", "|", None}
    assert [(e.kind, e.found) for e in plan.errata] == [("split", "发展，让残疾人生⏎活得更好。")]


def test_hard_wrapped_lines_become_paragraphs(empty):
    plan = imported(empty, "wrapped").plan
    assert plan.elements["c1.p1"].text.startswith("过去五年") and plan.elements["c1.p1"].text.endswith("更加有信心了。")
    assert plan.elements["c1.p2"].text == "残疾人自强不息的精神得到发扬，涌现出一批先进典型。"
    assert [h.title for h in plan.headings if h.level == 3] == ["加强残疾人社会救助保障", "加快发展残疾人托养和照护服务", "落实就业创业的政策"]
    assert [item.title for item in plan.boxes[0].items] == ["最低生活保障", "走访探视服务"]


def test_facts_are_read_from_the_notice(empty):
    plan = imported(empty, "styles").plan
    assert plan.document_number.value == "测府发〔2022〕3号"
    assert plan.issuer.value == "测试市测试区人民政府"
    assert plan.signed.value == "2022-03-04"
    assert plan.addressees.value == "各镇人民政府，区政府各部门"
    assert plan.openness.value == "此件公开发布"
    assert [(b.title, b.number) for b in plan.legal_bases] == [("中华人民共和国残疾人保障法", None), ("测试省残疾人规划", "测发〔2021〕1号")]


def test_the_report_tells_every_doubt_in_chinese(empty):
    folder = imported(empty, "wrapped")
    report = (folder.path / write.REPORT).read_text(encoding="utf-8")
    assert "第 21 行：上一行写满了又以句号结束，这一行按另起一段读入" in report
    assert "第 27 行：没有编号的短句按小标题读入" in report


def test_nothing_is_written_over(empty):
    folder = imported(empty, "styles")
    path = folder.path / "text.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# 改过\n", encoding="utf-8")
    before = {p.name: p.read_bytes() for p in folder.path.iterdir()}
    done = run("import", str(DOCUMENTS / "styles.txt"), "--region", "990101", "--period", "2021-2025", root=empty)
    assert done.returncode == 1
    assert "（exists）" in done.stderr and "没有改动任何文件" in done.stderr
    assert {p.name: p.read_bytes() for p in folder.path.iterdir()} == before


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_other_encodings_are_read_and_kept(encoding, empty, tmp_path):
    source = tmp_path / "规划 全文.txt"
    source.write_bytes((DOCUMENTS / "styles.txt").read_text(encoding="utf-8").encode(encoding))
    folder = imported(empty, "styles", source)
    assert (folder.path / "source.txt").read_bytes() == source.read_bytes()
    assert list(coverage.compare(folder.plan, folder.document)) == []
    assert check(empty)[0] == 0


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\0\xd8", [], "（encoding）"),
        (b"Ein Plan ohne ein chinesisches Wort. " * 9, [], "（encoding）"),
        (b"", [], "（empty）"),
        (b" \n\n ", [], "（empty）"),
        (None, [], "（file-missing）"),
        ("规划".encode(), ["--region", "999999"], "（region）"),
        ("规划".encode(), ["--period", "十四五"], "（period）"),
        ("规划".encode(), ["--period", "2025-2021"], "（period）"),
    ],
)
def test_bad_input_gets_its_message_and_writes_nothing(content, words, told, empty, tmp_path):
    source = tmp_path / "plan.txt"
    if content is not None:
        source.write_bytes(content)
    defaults = {"--region": "990101", "--period": "2021-2025"} | dict(zip(words[::2], words[1::2], strict=True))
    done = run("import", str(source), *[word for pair in defaults.items() for word in pair], root=empty)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert list((empty / "data" / "plans").iterdir()) == []


def test_a_document_without_any_heading_is_still_kept_whole(empty, tmp_path):
    source = tmp_path / "plan.txt"
    source.write_text("残疾人规划的说明。\n\n这里没有章节。\n", encoding="utf-8")
    folder = imported(empty, "styles", source)
    assert list(coverage.compare(folder.plan, folder.document)) == []


# --- not one character is lost, whatever comes ------------------------------------------------


@pytest.mark.parametrize("slug", REAL)
def test_the_five_as_received(slug, tmp_path):
    """A fresh import of each of the five passes coverage before any hand has touched it."""
    source = ROOT / "data" / "plans" / f"{slug}-2021-2025" / "source.txt"
    root = tmp_path / "project"
    (root / "data" / "plans").mkdir(parents=True)
    for name in ("regions.yml", "vocabulary", "news.yml"):
        (root / "data" / name).symlink_to(ROOT / "data" / name)
    done = run("import", str(source), "--region", REAL[slug], "--period", "2021-2025", root=root)
    assert done.returncode == 0, done.stderr
    status, said = check(root)
    assert status == 0, said
    fresh = folders.read(root / "data" / "plans" / f"{slug}-2021-2025", root).plan
    kept = folders.read(source.parent, ROOT).plan
    # What the importer finds by itself is what was published, but for hand corrections.
    assert [b.label for b in fresh.boxes] == [b.label for b in kept.boxes]
    assert [h.label for h in fresh.headings] == [h.label for h in kept.headings]
    assert [(t.lead, t.responsible) for t in fresh.tasks] == [(t.lead, t.responsible) for t in kept.tasks]
    assert [(r.label, r.target, r.baseline) for r in fresh.indicators] == [(r.label, r.target, r.baseline) for r in kept.indicators]


def shuffled(seed: int) -> str:
    """Lines of the invented documents torn apart and put together anew."""
    random_ = random.Random(seed)
    lines = [line for name in CODES for line in (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()]
    kept = [line for line in lines if random_.random() > 0.2]
    for _ in range(12):
        at = random_.randrange(len(kept))
        kept[at : at + 4] = reversed(kept[at : at + 4])
        at = random_.randrange(len(kept))
        cut = random_.randrange(len(kept[at]) + 1)
        kept[at : at + 1] = [kept[at][:cut], kept[at][cut:]]
        kept.insert(random_.randrange(len(kept)), random_.choice(["", "－ 7 －", "| a | b |", "3．", "专栏9", "附件", "**", "第九章", "1"]))
    return "\n".join(kept)


@pytest.mark.parametrize("seed", range(60))
def test_no_character_is_lost_from_a_torn_document(seed, tmp_path):
    text = shuffled(seed)
    vocabulary = catalogues.read(SAMPLE, None).vocabulary
    source = tmp_path / "source.txt"
    source.write_text(text, encoding="utf-8")
    folder, _ = write.write(source, vocabulary.regions["990101"], 2021, 2025, tmp_path, vocabulary)
    read = folders.read(folder, tmp_path)
    assert read.problems == [], [str(p) for p in read.problems]
    assert list(coverage.compare(read.plan, read.document)) == []


def test_tidy_keeps_words_and_drops_only_runs_of_space():
    assert marks.tidy("  第一章 　 编制背景 ") == "第一章 编制背景"
    assert marks.tidy("共 3 家") == "共 3 家"


def test_a_draft_needs_no_files():
    """The reader is a pure function of lines."""
    found = draft.draft(split_lines("一、背景\n\n有进步。\n"))
    assert [block["id"] for block in found.parts["plan"]] == ["c1", "c1.p1"]


def test_yaml_of_an_import_can_be_read_by_anything(empty):
    folder = imported(empty, "styles")
    for path in folder.path.glob("*.yml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))
