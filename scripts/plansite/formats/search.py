"""What the search page looks through: every clause, measure, indicator and task, as a script."""

import json

from ..catalogue import Catalogue
from ..compare import headings_above
from ..model import Box, Heading, Paragraph, Plan, Table
from ..places import PlanPlaces


def script(catalogue: Catalogue) -> str:
    """A call of searchData with rows [URL, place, where in the plan, text]."""
    rows = [row for plan in catalogue.current for row in _rows(catalogue, plan)]
    return f"searchData({json.dumps(rows, ensure_ascii=False, separators=(',', ':'))});\n"


def _rows(catalogue: Catalogue, plan: Plan):
    places = PlanPlaces(plan, catalogue.region(plan))
    place = catalogue.label(plan)
    for block in plan.blocks():
        if isinstance(block, Heading):
            yield [places.element(block.id), place, block.label, block.text_as_read]
        elif isinstance(block, Paragraph):
            above = headings_above(plan, block.id)
            yield [places.element(block.id), place, above[-1].label if above else "通知和前言", block.text]
        elif isinstance(block, Box):
            for item in block.items:
                name = f"{block.mark} {item.title}" if item.title else block.label
                yield [places.element(item.id), place, name, item.text_as_read]
            for row in plan.rows(block.table) if block.table else ():
                yield [places.element(row.id), place, f"指标 {row.name}", "　".join(text for _, text in row.fields())]
        elif isinstance(block, Table):
            for task in plan.rows(block):
                yield [places.element(task.id), place, f"任务分工 第 {task.ordinal} 项", "　".join(text for key, text in task.fields() if key != "number")]
