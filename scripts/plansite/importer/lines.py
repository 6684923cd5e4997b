"""The lines of a document with its page furniture set apart; not a character is lost."""

import re
from dataclasses import dataclass
from unicodedata import east_asian_width

from . import marks


@dataclass(frozen=True)
class Line:
    """A run of text on one source line, furniture removed.

    `gap`: a blank line stands before it. `slack`: how many half-width cells it is shorter than
    the longest line near it; None where lines are not broken at a fixed width.
    """

    number: int
    text: str
    gap: bool = False
    slack: int | None = None

    @property
    def full(self) -> bool:
        """Broken at the right margin, not ended by its author."""
        return self.slack is not None and self.slack <= 8

    @property
    def indented(self) -> bool:
        """Shorter than its neighbours by the two characters that open a paragraph."""
        return self.slack is not None and self.slack > 2

    @property
    def squeezed(self) -> str:
        return "".join(self.text.split())


def width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def read(source: tuple[str, ...]) -> tuple[list[Line], list[dict]]:
    """Lines with text, and the furniture taken out as rows for errata.yml."""
    found: list[Line] = []
    furniture: dict[tuple, list[int]] = {}
    gap = False
    widths = [width(text.strip()) for text in source]
    wrapped = hard_wrapped(source)

    def drop(number: int, kind: str, text: str | None, why: str) -> None:
        furniture.setdefault((kind, text, why), []).append(number)

    for number, raw in enumerate(source, 1):
        text = raw.strip()
        if not text:
            gap = True
            continue
        if marks.PAGE_NUMBER.match(text):
            drop(number, "page_number", None, "页码，不是正文。")
            continue
        if marks.WEB.search(text) and len(text) < 60:
            drop(number, "web", None, "网页上的导航或按钮，不是文件内容。")
            continue
        if "|" in text and marks.RULER.match(text):
            drop(number, "markdown", None, "转换时留下的表格线，不是文件内容。")
            continue
        # A local width: boxes and tables are set wider or narrower than the body.
        near = max(widths[max(0, number - 7) : number + 6])
        slack = near - width(text) if wrapped else None
        for piece in _pieces(text, lambda kind, t, why, n=number: drop(n, kind, t, why)):
            found.append(Line(number, piece, gap, slack))
            gap = False
    return found, _rows(furniture)


def _pieces(text: str, drop) -> list[str]:
    if bullet := marks.BULLET.match(text):
        drop("web" if bullet[1] == "•" else "markdown", bullet[1], "转换时留下的列表符号，不是文件内容。")
        text = text[bullet.end() :]
    # Only paragraph and line-break tags part what was set apart; bold marks stand within it.
    pieces = re.split(r"</?p>|<br\s*/?>", text, flags=re.I)
    for tag in dict.fromkeys(match[0] for match in marks.MARKDOWN.finditer(text)):
        drop("markdown", tag, "转换时留下的标记，不是文件内容。")
    pieces = [marks.MARKDOWN.sub("", piece) for piece in pieces]
    if text.startswith("|") and text.endswith("|"):
        drop("markdown", "|", "转换时留下的表格线，不是文件内容。")
        pieces = ["\t".join(cell.strip() for cell in piece.strip().strip("|").split("|")) for piece in pieces]
    return [piece.strip() for piece in pieces if piece.strip()]


def _rows(furniture: dict[tuple, list[int]]) -> list[dict]:
    rows = []
    for (kind, text, why), numbers in sorted(furniture.items(), key=lambda entry: entry[1]):
        row = {"id": f"f{len(rows) + 1}", "lines": ", ".join(map(str, numbers)), "kind": kind}
        rows.append(row | ({"text": text} if text else {}) | {"why": why})
    return rows


def hard_wrapped(source: tuple[str, ...]) -> bool:
    """Whether lines were broken at a fixed width: most of the longer ones are about as long."""
    widths = sorted(width(text.strip()) for text in source if width(text.strip()) > 30)
    if len(widths) < 10:
        return False
    return widths[len(widths) * 9 // 10] < 110 and sum(w > 40 for w in widths) > len(widths) // 2
