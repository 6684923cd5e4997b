"""The comparison as CSV: the table as it is shown, and one row a figure with its evidence."""

import csv
import io
from collections.abc import Iterable, Sequence

from ..compare import Comparison
from ..model import Absence

# With a byte order mark Excel on Windows reads it as UTF-8.
_MARK = "\ufeff"


def shown(comparisons: list[Comparison]) -> str:
    """Rows are indicators, columns are places, cells are just what the page says."""
    places = [cell.place for cell in comparisons[0].cells] if comparisons else []
    return csv_text([["指标", *places], *([c.concept.name, *(cell_words(cell) for cell in c.cells)] for c in comparisons)])


def cell_words(cell) -> str:
    """The words of a cell and, behind them, its note."""
    return cell.words + (f"（{cell.note.rstrip('。')}）" if cell.note else "")


def evidence(comparisons: list[Comparison]) -> str:
    """One row for each indicator and place: figure, unit, match, note, quote and where it stands."""
    head = [
        "indicator", "指标", "region", "地区", "规划", "目标", "op", "value", "unit", "absent", "属性", "match", "说明", "原文", "出处",
    ]
    rows = []
    for comparison in comparisons:
        for cell in comparison.cells:
            q = cell.quantity
            rows.append(
                [
                    comparison.concept.id, comparison.concept.name, cell.plan.region, cell.place, cell.plan.id, cell.words, q.op or "",
                    "" if q.value is None else q.value, q.unit or cell.unit or "", q.absence.value if isinstance(q.absence, Absence) else "",
                    cell.nature or "", cell.match.value, cell.note or "", cell.evidence.quote if cell.evidence else "",
                    cell.evidence.place if cell.evidence else "",
                ]
            )
    return csv_text([head, *rows])


def csv_text(rows: Iterable[Sequence]) -> str:
    """Rows as the module csv writes them; None is an empty cell."""
    return _MARK + "".join(map(_line, rows))


def _line(row: Sequence) -> str:
    cells = ["" if cell is None else str(cell) for cell in row]
    line = ",".join(cells)
    # What has nothing to quote, as nearly all, is written at once: the module looks at each character.
    if len(cells) > 1 and line.count(",") < len(cells) and not ('"' in line or "\r" in line or "\n" in line):
        return line + "\r\n"
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
