"""What every part of the importer shares: the lines, where it stands, and how lines become a paragraph."""

import re
from dataclasses import dataclass, field

from ..model import join_words, ordinal
from . import marks
from .lines import Line
from .marks import tidy

LEVEL_LETTERS = "csuv"  # chapter, section, subsection, the level below


@dataclass
class Draft:
    """A dict for each data file; what the reader was unsure of is in `doubts`: (line, what)."""

    parts: dict[str, list[dict]] = field(default_factory=lambda: {"notice": [], "plan": [], "annex": [], "colophon": []})
    indicators: list[dict] = field(default_factory=list)
    tasks: list[dict] = field(default_factory=list)
    furniture: list[dict] = field(default_factory=list)
    errata: list[dict] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)


def run_of(lines: list[Line]) -> tuple[int, int]:
    """The source lines that these came from."""
    return lines[0].number, lines[-1].number


class Reader:
    """The state of a reading: which part, which open headings, within a box or not."""

    def __init__(self, lines: list[Line], known: set[str], wrapped: bool, caution: int):
        self.lines, self.known, self.wrapped, self.caution = lines, known, wrapped, caution
        self.draft = Draft()
        self.part = "notice"
        self.at = 0
        self.stack: list[tuple[str, str]] = []  # (style, id) of the open headings
        self.counts: dict[str, int] = {}  # how many children of a kind an id has
        self.box: dict | None = None
        self.task_chapter = False
        # Sub-headings go unnumbered only where the document numbers nothing below its sections.
        self.bare = not any(self.style(line.text) == "bracket" for line in lines)

    def doubt(self, line: int, what: str) -> None:
        self.draft.doubts.append((line, what))

    def add(self, block: dict) -> dict:
        self.draft.parts[self.part].append(block)
        return block

    def child(self, parent: str, kind: str) -> str:
        key = f"{parent}/{kind}"
        self.counts[key] = self.counts.get(key, 0) + 1
        return f"{parent}.{kind}{self.counts[key]}" if parent else f"{kind}{self.counts[key]}"

    def paragraph(self, lines: list[Line], text: str, role: str | None = None, kind: str | None = None) -> dict:
        if kind is None:
            kind = {"notice": "n", "plan": "p", "annex": "a", "colophon": "k"}[self.part]
        parent = self.stack[-1][1] if self.stack and self.part == "plan" else ""
        block = {"id": self.child(parent, kind), "lines": run_of(lines)}
        return self.add(block | ({"role": role} if role else {}) | {"text": tidy(text)})

    def single(self, role: str) -> None:
        self.paragraph([self.lines[self.at]], self.lines[self.at].text, role)
        self.at += 1

    def prose(self, end: int) -> None:
        lines, text = self.gather(end)
        self.paragraph(lines, text)

    def starts(self, line: Line) -> bool:
        """Whether a line opens something of its own and can't go on with the paragraph before."""
        text = line.text
        return bool(
            marks.BOX.match(text)
            or self.style(text) in ("chapter", "section", "bracket")
            or (self.style(text) == "digit")
            or (self.style(text) == "numeral" and self.expected_numeral(text))
            or marks.DASH.match(text)
            or marks.ATTACHMENT.match(text)
            or marks.COPIED.match(text)
            or self.item_number(text)
        )

    def expected_numeral(self, text: str) -> bool:
        value = ordinal(self.mark(text, "numeral"))
        group = len(self.box["groups"]) + 1 if self.box else None
        return value in (group, self.next_of("numeral"), 1)

    def gather(self, end: int) -> tuple[list[Line], str]:
        """The paragraph at the current line, joined over wrapped lines and page breaks."""
        first = self.lines[self.at]
        lines, text = [first], first.text
        self.at += 1
        while self.at < end:
            line = self.lines[self.at]
            if line.number != lines[-1].number and (self.starts(line) or self.is_role(line)):
                break
            if line.number == lines[-1].number:
                break  # set apart by a tag on the same source line
            if marks.TERMINAL.search(text.strip()) and not (lines[-1].full and self.goes_on(line)):
                if lines[-1].full:
                    self.doubt(line.number, f"上一行写满了又以句号结束，这一行按另起一段读入：“{tidy(line.text)[:20]}……”。")
                break
            if not self.wrapped and line.gap:
                self.split(lines[-1], line)
            lines.append(line)
            text = join_words([text, line.text])
            self.at += 1
        return lines, text

    def goes_on(self, line: Line) -> bool:
        """Whether a line behind a full line that ends a sentence belongs to the same paragraph."""
        if not line.indented:
            return True
        if not self.box or self.box.get("table") or (not self.box["items"] and not self.counts.get(f"{self.box['id']}/i")):
            return False
        following = self.lines[self.at + 1 : self.at + 8]
        upcoming = next((i for i, other in enumerate(following) if self.item_number(other.text, ahead=1)), None)
        return upcoming is not None and not any(self.style(other.text) in ("chapter", "section") for other in following[:upcoming])

    def is_role(self, line: Line) -> bool:
        return bool(self.part != "plan" and (marks.BARE_DATE.match(line.squeezed) or marks.SIGNATURE.match(line.squeezed)))

    def split(self, before: Line, after: Line) -> None:
        """A paragraph cut by a page break: joined, and told in the errata."""
        left, right = before.squeezed[-8:], after.squeezed[:8]
        self.draft.errata.append(
            {
                "id": f"e{len(self.draft.errata) + 1}", "at": "", "lines": (before.number, after.number), "found": f"{left}⏎{right}",
                "reading": left + right, "certainty": "certain", "kind": "split", "why": "换页把一段话断成两段，已接上。",
            }
        )
        self.doubt(after.number, f"接上被换页断开的一段：“{left}／{right}”。")

    def strip(self, number: int, text: str, kind: str = "web", why: str = "网页上的装饰符号，不是文件内容。") -> None:
        for row in self.draft.furniture:
            if row.get("text") == text and row["why"] == why:
                row["lines"] += f", {number}"
                return
        rows = self.draft.furniture
        row = {"id": f"f{len(rows) + 1}", "lines": str(number), "kind": kind}
        rows.append(row | ({"text": text} if text else {}) | {"why": why})

    @staticmethod
    def style(text: str) -> str | None:
        return next((name for name, pattern in marks.STYLES.items() if pattern.match(text)), None)

    @staticmethod
    def mark(text: str, style: str) -> str:
        return marks.STYLES[style].match(text)[0]

    def next_of(self, style: str) -> int:
        """The number that the next heading of `style` would have here."""
        names = [name for name, _ in self.stack]
        if style in names:
            index = names.index(style)
            parent = self.stack[index - 1][1] if index else ""
        else:
            index, parent = len(self.stack), self.stack[-1][1] if self.stack else ""
        if index >= len(LEVEL_LETTERS):
            return 0
        return self.counts.get(f"{parent}/{LEVEL_LETTERS[index]}", 0) + 1

    def item_number(self, text: str, ahead: int = 0) -> re.Match | None:
        """The number with which the next item of the open box begins, a lost full stop allowed."""
        if not self.box or self.box.get("table"):
            return None
        found = marks.STYLES["digit"].match(text) or marks.DIGIT_ALONE.match(text)
        return found if found and ordinal(found[0]) == self.next_item() + ahead else None

    def next_item(self) -> int:
        return self.counts.get(f"{self.group() or self.box['id']}/i", 0) + 1

    def group(self) -> str | None:
        return self.box["groups"][-1]["id"] if self.box["groups"] else None
