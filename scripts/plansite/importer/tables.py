"""Tables of indicators and of tasks: markdown, tabs, or one cell a line."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from ..vocabulary import split_agencies
from . import marks
from .lines import Line
from .marks import tidy

# What an agency looks like when the registry does not know it.
_AGENCY = re.compile(
    r"^(各|区|市|县|州|旗|省|团|有关|相关|人行|[\u4e00-\u9fff]{2,3}[区市县])?.*"
    r"(局|委|办|部|会|联|院|中心|单位|部门|公司|支行|镇街|镇|乡|街道|办公室|政府|馆|站|处|总队|大队|银行|企业|机构|[）)])$"
)


# Two agencies with no comma between them: a cell that was not parted.
_RUN_TOGETHER = re.compile(r"(局|委|联|办|部|会|心|院|[）)])(区|市|县|各|有关|相关)(?![）)])")


@dataclass
class Draft:
    """A table as read: its kind, header columns, rows as dicts, and where the reading stopped."""

    kind: str
    columns: list[dict]
    header: list[Line]
    rows: list[dict] = field(default_factory=list)
    end: int = 0
    doubts: list[tuple[int, str]] = field(default_factory=list)


def header_at(lines: list[Line], start: int) -> tuple[list[dict], int] | None:
    """The header columns that begin at lines[start] and the index behind them, None if there are none."""
    columns: list[dict] = []
    index, partial = start, ""
    while index < len(lines):
        cells = _header_cells(lines[index].text)
        known = [marks.header(partial + "".join(cell.split())) if partial else marks.header(cell) for cell in cells]
        if len(cells) == 1 and marks.PARTIAL_HEADER.match("".join(cells[0].split())):
            partial += "".join(cells[0].split())
        elif cells and all(known):
            for cell, name in zip(cells, known, strict=True):
                columns.append({"header": partial + _header_word(cell), "holds": name})
                partial = ""
        else:
            break
        index += 1
    names = [column["holds"] for column in columns]
    if len(names) != len(set(names)) or not ({"label", "target"} <= set(names) or {"text", "lead"} <= set(names)):
        return None
    if "number" not in names:
        first = "label" if "label" in names else "text"
        for column in columns:
            if column["holds"] == first:
                column["holds"] = f"number {first}"
    return columns, index


def _header_word(cell: str) -> str:
    """A header without the spaces that only spread it over its column: 指  标 is 指标."""
    return re.sub(r"(?<=[\u4e00-\u9fff”]) (?=[\u4e00-\u9fff])", "", tidy(cell))


def _header_cells(text: str) -> list[str]:
    if "\t" in text:
        return [cell.strip() for cell in text.split("\t") if cell.strip()]
    parts = text.split()
    if len(parts) > 1 and all(marks.header(part) for part in parts):
        return parts
    wide = [part for part in re.split(r"\s{2,}", text) if part]
    return wide if len(wide) > 1 and all(marks.header(part) for part in wide) else [text]


def read(lines: list[Line], start: int, ends: Callable[[Line], bool], known: set[str]) -> Draft | None:
    """The table whose header begins at lines[start]; `ends` tells the first line behind a table."""
    found = header_at(lines, start)
    if not found:
        return None
    columns, index = found
    names = " ".join(column["holds"] for column in columns).split()
    kind = "tasks" if "text" in names else "indicators"
    table = Draft(kind, columns, lines[start:index])
    keys = [name for name in names if name != "number"]
    body: list[Line] = []
    while index < len(lines) and not ends(lines[index]):
        again = header_at(lines, index)
        if again:  # a header repeated at the top of a page
            table.doubts.append((lines[index].number, "表头在换页处重复，已作为版面痕迹列入 errata.yml。"))
            body += [Line(line.number, "\0", line.gap) for line in lines[index : again[1]]]
            index = again[1]
            continue
        body.append(lines[index])
        index += 1
    table.end = index
    rows = [line for line in body if line.text != "\0"]
    table.rows = _rows(rows, keys, kind, known, table.doubts)
    return table if table.rows else None


def repeated_headers(lines: list[Line], draft: Draft, start: int) -> list[int]:
    """Source lines of headers that came again within the table."""
    first = {line.number for line in draft.header}
    found = []
    index = start
    while index < draft.end:
        again = header_at(lines, index)
        if again and lines[index].number not in first:
            found += [line.number for line in lines[index : again[1]]]
            index = again[1]
        else:
            index += 1
    return found


def _rows(lines: list[Line], keys: list[str], kind: str, known: set[str], doubts: list) -> list[dict]:
    rows: list[dict] = []
    current: list[Line] = []
    number = ""

    def close() -> None:
        if number:
            rows.append(_row(len(rows) + 1, number, current, keys, kind, known, doubts))

    for line in lines:
        expected = len(rows) + (2 if number else 1)
        found = re.match(rf"^{expected}(\s*[．.、](?!\d)|(?=\s)|$)", line.text.strip())
        if found and (not number or _complete(current, keys, kind)):
            close()
            number = found[0].strip()
            rest = line.text.strip()[found.end() :]
            current = [Line(line.number, rest, line.gap)] if rest.strip() else [Line(line.number, "", line.gap)]
        elif number:
            current.append(line)
        else:
            doubts.append((line.number, f"表格第一行之前有一段看不懂的文字：“{tidy(line.text)}”。"))
            return []
    close()
    return rows


def _complete(lines: list[Line], keys: list[str], kind: str) -> bool:
    cells = [cell for line in lines for cell in re.split(r"\t|\s{2,}", line.text) if cell.strip()]
    if kind == "indicators":
        return len(cells) >= len(keys) or any(cell.strip() in marks.NATURES for cell in cells)
    return len(cells) > 1 or bool(cells and re.search(r"。\s*\S", cells[0]))


def _row(ordinal: int, number: str, lines: list[Line], keys: list[str], kind: str, known: set[str], doubts: list) -> dict:
    row = {"id": f"{'task' if kind == 'tasks' else 'ind'}{ordinal}", "lines": (lines[0].number, lines[-1].number), "number": number}
    values = _tasks(lines, known, doubts) if kind == "tasks" else _indicators(lines, keys, doubts)
    for key in keys:
        row[key] = values.get(key) or "not_mentioned"
    return row


def _indicators(lines: list[Line], keys: list[str], doubts: list) -> dict[str, str]:
    cells = [tidy(cell) for line in lines for cell in line.text.split("\t") if cell.strip()]
    if len(cells) > len(keys):
        # A label that was broken over lines: it ends where its unit's bracket closes.
        last = next((i for i, cell in enumerate(cells) if re.search(r"[（(][^（(）)]+[)）]$", cell)), 0)
        extra = len(cells) - len(keys)
        join = min(last, extra)
        cells = ["".join(cells[: join + 1]), *cells[join + 1 :]]
        doubts.append((lines[0].number, f"指标名称分成了几行，已连成“{cells[0]}”，请核对。"))
    if len(cells) != len(keys):
        doubts.append((lines[0].number, f"指标表这一行有 {len(cells)} 格，表头有 {len(keys)} 格，请核对。"))
        if len(cells) > len(keys):
            cells = [*cells[: len(keys) - 1], "".join(cells[len(keys) - 1 :])]
    return dict(zip(keys, cells, strict=False))


def _tasks(lines: list[Line], known: set[str], doubts: list) -> dict[str, str]:
    first = lines[0].number
    tabbed = [cell for line in lines for cell in line.text.split("\t")]
    if len(lines) == 1 and len(tabbed) > 1:
        return dict(zip(("text", "lead", "responsible"), map(tidy, tabbed), strict=False))
    # The text ends with the last full stop; what follows are agencies.
    tokens: list[tuple[str, bool]] = []
    for line in lines:
        parts = [part for part in re.split(r"\t|\s+(?=(?:各|区|市|县|有关|相关))", line.text) if part.strip()]
        tokens += [(part.strip(), line.gap if i == 0 else True) for i, part in enumerate(parts)]
    last = max((i for i, (token, _) in enumerate(tokens) if token.endswith("。")), default=0)
    text = tidy("".join(token for token, _ in tokens[: last + 1]))
    if not text.endswith("。"):
        doubts.append((first, "任务文字没有以句号结束，请核对它和牵头单位的分界。"))
    lead, responsible = _agencies(tokens[last + 1 :], known, first, doubts)
    return {"text": text, "lead": lead, "responsible": responsible}


def _agencies(tokens: list[tuple[str, bool]], known: set[str], line: int, doubts: list) -> tuple[str, str]:
    """Where the lead cell ends and the responsible cell begins."""
    words = [tidy(token) for token, _ in tokens]
    if not words:
        doubts.append((line, "没有找到牵头单位。"))
        return "", ""
    choices = []
    for cut in range(1, len(words) + 1):
        lead, rest = "".join(words[:cut]), "".join(words[cut:])
        if _agency_list(lead) and (not rest or _agency_list(rest)):
            recognised = sum(name in known for cell in (lead, rest) for name in split_agencies(cell))
            total = sum(1 for cell in (lead, rest) for _ in split_agencies(cell))
            gap = cut < len(words) and tokens[cut][1]
            choices.append((recognised - total, gap, -cut, lead, rest))
    if not choices:
        doubts.append((line, f"牵头单位和责任单位分不开：“{'／'.join(words)}”，请手工分。"))
        return "".join(words[:1]), "".join(words[1:])
    choices.sort(reverse=True)
    if len(choices) > 1 and choices[0][:2] == choices[1][:2]:
        doubts.append((line, f"牵头单位取“{choices[0][3]}”，也可能是“{choices[1][3]}”，请核对。"))
    return choices[0][3], choices[0][4]


def _agency_list(cell: str) -> bool:
    if cell.count("（") != cell.count("）") or cell[-1] in "、，,；" or cell[0] in "、，（(":
        return False
    return all(_AGENCY.match(name) and not _RUN_TOGETHER.search(name) for name in split_agencies(cell))
