"""A plan as plain text: for braille displays, screen readers, old phones."""

from ..catalogue import Catalogue
from ..model import Absence, Box, Entry, Heading, Plan, Table

_WIDE = "　"


def plan(catalogue: Catalogue, plan: Plan) -> str:
    """The whole plan, verbatim, a paragraph a line, with the errata behind it. Ends with a newline."""
    lines = [plan.title.value, "", f"{catalogue.place(plan)}，规划期{plan.period.words}。" + ("这是讨论稿。" if plan.draft else ""), ""]
    for block in plan.blocks():
        lines += _block(catalogue, plan, block)
    if plan.errata:
        lines += ["", "校订（本站编写，不是规划原文）", ""]
        for e in plan.errata:
            meant = f"疑作“{e.reading}”" if e.found != e.reading else "照录"
            lines.append(f"{e.number}. 来源{e.lines.words}作“{e.found}”，{meant}。把握：{e.certainty.words}。{e.why}")
    return "\n".join(lines) + "\n"


def _block(catalogue: Catalogue, plan: Plan, block) -> list[str]:
    if isinstance(block, Heading):
        number = block.number or ""
        return ["", number + (_WIDE if number[-1:] in "章节" and number else "") + block.heading, ""]
    if isinstance(block, Entry):
        return [f"{block.entry}：{block.text or '（来源为空）'}"]
    if isinstance(block, Box):
        found = ["", f"{block.box}{'' if block.box[-1] in '：:' else _WIDE}{block.title}", ""]
        if block.table:
            found += _table(plan, block.table)
        for part in block.contents():
            found.append("".join(text for _, text in part.fields()))
        return [*found, ""]
    if isinstance(block, Table):
        return _table(plan, block)
    return [block.text]


def _table(plan: Plan, table: Table) -> list[str]:
    """Each row as "header：cell" pairs, so that it can be read without seeing columns."""
    found = []
    for row in plan.rows(table):
        cells = []
        for column in table.columns:
            values = [getattr(row, key) for key in column.holds]
            words = "".join("来源此格为空" if isinstance(value, Absence) else value for value in values)
            cells.append(f"{column.header}：{words}")
        found.append("；".join(cells))
    return found
