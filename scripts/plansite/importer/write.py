"""A draft to the files of a plan folder, and a report of doubts. Never over a file that is there."""

import hashlib
import tempfile
from pathlib import Path

from .. import coverage
from .. import folder as folders
from ..folder import SOURCE
from ..load import Flow, dump
from ..problems import Problem, Stop, relative
from ..source import split_lines
from ..vocabulary import Region, Vocabulary
from . import facts, suggest
from .draft import CAUTIONS, Draft, draft

REPORT = "import-report.txt"
HEADS = {
    "plan.yml": "规划的文件信息。value 是值，at 是依据所在段落的编号（见 text.yml）。\n"
    "来源没有的写 not_mentioned（未提及）。说明见 docs 里的“数据字段”。",
    "text.yml": "规划全文，按原文顺序。lines 是 source.txt 的行号。\n"
    "文字照录来源，有错也不改；疑误写在 errata.yml。编号（id）定了就不再改。",
    "indicators.yml": "指标表的每一行。target、baseline、nature 照录来源。\n"
    "concept 是通用指标的编号（data/vocabulary/indicators.yml），match 是对应程度：same 相同，close 相近，none 没有对应。",
    "tasks.yml": "任务分工表的每一行。lead 是牵头单位，responsible 是责任单位，照录来源；空格写 not_mentioned。",
    "errata.yml": "furniture：来源里不属于规划的字符（页码、网页按钮、转换留下的标记）。\n"
    "errata：疑误。found 来源作，reading 应作，certainty 把握（certain 很大，likely 较大，unsure 不确定），why 理由。",
}


def read_text(path: Path) -> tuple[str, str]:
    """The text of a file and its encoding. Raises Stop if no encoding fits."""
    try:
        content = path.read_bytes()
    except OSError:
        raise Stop(Problem(str(path), 0, "file-missing", "打不开这个文件。", "检查文件名和路径；文件名里有空格时，两头加引号。")) from None
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ["utf-16"]
    else:
        candidates = ["utf-8", "gb18030"]
    for encoding in candidates:
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise Stop(Problem(str(path), 0, "empty", "文件是空的。", "换成有规划全文的文件。"))
        # A binary file or mojibake decodes too, but does not read as Chinese.
        common = sum(text.count(char) for char in "的和人规划残疾发展")
        if "\0" not in text and common * 50 > len("".join(text.split())):
            return text, encoding
    raise Stop(
        Problem(str(path), 0, "encoding", "读不出中文：可能不是纯文本，或编码不是 UTF-8、GB18030、UTF-16。",
                "用 Word 或记事本打开，另存为“纯文本”，编码选 UTF-8，再导入。")
    )


def write(path: Path, region: Region, start: int, end: int, root: Path, vocabulary: Vocabulary) -> tuple[Path, list[tuple[int, str]]]:
    """Make data/plans/<slug>-<period>/ from a text. Returns the folder and the doubts."""
    folder = root / "data" / "plans" / f"{region.slug}-{start}-{end}"
    if folder.exists() and any(folder.iterdir()):
        raise Stop(
            Problem(relative(folder, root), 0, "exists", "这份规划的文件夹已经有了，没有改动任何文件。",
                    "要重新导入，先把旧文件夹改名或移走；要修改，直接编辑里面的 YAML 文件。")
        )
    text, encoding = read_text(path)
    content = path.read_bytes()
    source = {"sha256": hashlib.sha256(content).hexdigest()} | ({} if encoding == "utf-8" else {"encoding": encoding})
    known = set(vocabulary.agency_names(region))
    with tempfile.TemporaryDirectory(dir=_made(folder.parent)) as place:
        fresh = Path(place) / folder.name
        fresh.mkdir()
        (fresh / SOURCE).write_bytes(content)
        for caution in CAUTIONS:
            read = draft(split_lines(text), known, caution)
            suggest.enrich(read.parts, read.indicators, vocabulary.topics, vocabulary.indicators, read.doubts)
            if encoding != "utf-8":
                read.doubts.append((1, f"文件按 {encoding} 编码读入，请看一看有没有乱码。"))
            if caution:
                read.doubts.append((1, _CAUTIOUS[caution]))
            for stale in fresh.glob("*.yml"):
                stale.unlink()
            for name, value in to_files(read, region, start, end, source).items():
                (fresh / name).write_text(dump(value, HEADS[name]), encoding="utf-8", newline="\n")
            if _faithful(fresh, root):
                break
        doubts = sorted(set(read.doubts))
        (fresh / REPORT).write_text(report(doubts, read), encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    return folder, doubts


_CAUTIOUS = {1: "表格读不准，为了不丢一个字，表格按段落读入，请手工录成表。", 2: "结构读不准，为了不丢一个字，全文按段落读入，请手工分章节。"}


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _faithful(fresh: Path, root: Path) -> bool:
    """Whether the draft on disk can be read and holds every character of its source."""
    read = folders.read(fresh, root)
    return not read.problems and not list(coverage.compare(read.plan, read.document))


def to_files(read: Draft, region: Region, start: int, end: int, source: dict) -> dict[str, dict]:
    """The values of each YAML file."""
    found = facts.facts(read.parts, read.doubts)
    status = "draft" if facts.is_draft(read.parts) else "final"
    plan = {"region": region.code, "period": Flow(start=str(start), end=str(end)), "status": status}
    plan |= {key: Flow(value) if isinstance(value, dict) else value for key, value in found.items() if key != "legal_bases"}
    plan |= {"source": source}
    if "legal_bases" in found:
        plan["legal_bases"] = [Flow(row) for row in found["legal_bases"]]
    for erratum in read.errata:
        erratum["at"] = _at(read.parts, erratum["lines"])
    files = {
        "plan.yml": plan,
        "text.yml": {part: [_block(block) for block in blocks] for part, blocks in read.parts.items() if blocks or part == "plan"},
        "errata.yml": {"furniture": read.furniture, "errata": [_block(row) for row in read.errata]},
    }
    for kind in ("indicators", "tasks"):
        if rows := getattr(read, kind):
            files[f"{kind}.yml"] = {kind: [_block(row) for row in rows]}
    return files


def _block(value):
    """Lines as "3-5", empty lists left out, all the way down."""
    if isinstance(value, dict):
        return {key: _lines(child) if key == "lines" else _block(child) for key, child in value.items() if child not in ([], None)}
    return [_block(child) for child in value] if isinstance(value, list) else value


def _lines(value) -> str:
    if isinstance(value, str):
        return value
    first, last = value
    return str(first) if first == last else f"{first}-{last}"


def _at(parts: dict[str, list[dict]], lines: tuple[int, int]) -> str:
    """The id of the innermost element that holds these source lines."""
    found = ""
    for blocks in parts.values():
        for block in blocks:
            for element in [block, *block.get("items", ())]:
                if element["lines"][0] <= lines[0] and lines[1] <= element["lines"][1]:
                    found = element["id"]
    return found


def report(doubts: list[tuple[int, str]], read: Draft) -> str:
    """What staff should look at, by source line."""
    blocks = sum(len(blocks) for blocks in read.parts.values())
    items = sum(len(block.get("items", ())) for blocks in read.parts.values() for block in blocks)
    head = (
        f"导入报告\n\n读出 {blocks} 段（标题、段落、专栏、表格），专栏项目 {items} 项，"
        f"指标 {len(read.indicators)} 行，任务 {len(read.tasks)} 行。\n"
        f"拿不准的有 {len(doubts)} 处，请对着 source.txt 逐条核对：\n\n"
    )
    return head + "".join(f"第 {line} 行：{what}\n" for line, what in doubts) + "\n核对完，可以删掉这份报告。\n"
