"""Lines of a document to blocks with ids: a draft that staff correct."""

import re

from ..model import ordinal
from . import lines as source_lines
from . import marks
from .boxes import BoxReader
from .front import FrontReader
from .lines import Line
from .marks import tidy
from .reader import LEVEL_LETTERS, Draft, run_of

_SHORT_TITLE = 50
_TASK_CHAPTER = re.compile(r"(重点|主要)任务")
# How much a reading dares: all; no tables; nothing but paragraphs.
CAUTIONS = (0, 1, 2)


def draft(source: tuple[str, ...], known_agencies: set[str] = frozenset(), caution: int = 0) -> Draft:
    """Read a document. `known_agencies`: agency names as plans of this region write them."""
    lines, furniture = source_lines.read(source)
    reader = _DocumentReader(lines, known_agencies, source_lines.hard_wrapped(source), caution)
    reader.draft.furniture = furniture
    for row in furniture:
        reader.doubt(int(row["lines"].split(",")[0]), f"删去版面痕迹：{row.get('text', '整行')}（{row['why']}）共 {row['lines'].count(',') + 1} 处。")
    reader.run()
    return reader.draft


class _DocumentReader(FrontReader, BoxReader):
    """A state machine over the lines of a whole document."""

    def run(self) -> None:
        if self.caution == 2:
            self.part = "plan"
            for line in self.lines:
                self.paragraph([line], line.text)
            return
        self.front()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if marks.COPIED.match(line.text) or (self.part == "annex" and marks.PRINTED.search(line.text)):
                self.part, self.box, self.stack = "colophon", None, []
            if self.part == "colophon":
                self.colophon()
            elif marks.ATTACHMENT.match(line.text) and len(line.text) < 40 and not self.box_continues(line):
                self.part, self.box, self.stack = "annex", None, []
                self.paragraph([line], line.text, "attachment")
                self.at += 1
            elif self.part == "annex":
                self.annex()
            else:
                self.body()

    def body(self) -> None:
        line = self.lines[self.at]
        style = self.style(line.text)
        if found := marks.BOX.match(line.text):
            self.open_box(line, found)
        elif self.box and self.box_takes(line, style):
            self.box_line(line, style)
        elif style and self.fits(line, style):
            self.heading(line, style)
        else:
            if self.box:
                self.box = None
                self.doubt(line.number, f"专栏到此结束，这一段按正文读入：“{tidy(line.text)[:20]}……”。")
            self.plain()

    def fits(self, line: Line, style: str) -> bool:
        value = ordinal(self.mark(line.text, style))
        if value == self.next_of(style) or value == 1:
            return True
        if style in ("chapter", "section", "bracket"):
            self.doubt(line.number, f"标题编号不连续：“{tidy(line.text)[:20]}”，这里应当是第 {self.next_of(style)} 个。")
            return True
        self.doubt(line.number, f"这一行以编号开头，但编号不连续，按段落读入：“{tidy(line.text)[:20]}”。")
        return False

    def heading(self, line: Line, style: str) -> None:
        self.box = None
        names = [name for name, _ in self.stack]
        del self.stack[names.index(style) if style in names else len(self.stack) :]
        if len(self.stack) >= len(LEVEL_LETTERS):
            self.doubt(line.number, "标题超过四级，这一级按段落读入。")
            return self.plain()
        mark = self.mark(line.text, style)
        lines, text = self.heading_text(style)
        title, rest = self.run_in(text[len(mark) :])
        if title is None:
            self.doubt(line.number, f"编号后没有找到小标题，按段落读入：“{tidy(text)[:20]}……”。")
            self.paragraph(lines, text)
            return
        parent = self.stack[-1][1] if self.stack else ""
        id = self.child(parent, LEVEL_LETTERS[len(self.stack)])
        self.stack.append((style, id))
        if len(self.stack) == 1:
            self.task_chapter = bool(_TASK_CHAPTER.search(title))
        self.place_heading(id, lines, title, rest, mark.strip())

    def place_heading(self, id: str, lines: list[Line], title: str, rest: str, mark: str | None) -> None:
        shown = len("".join(((mark or "") + title).split()))
        own = self.covering(lines, shown)
        block = {"id": id, "lines": run_of(own)} | ({"number": tidy(mark)} if mark else {})
        self.add(block | {"heading": tidy(title)})
        if rest:
            self.paragraph(self.behind(lines, shown), rest)

    @staticmethod
    def covering(lines: list[Line], count: int) -> list[Line]:
        """The lines that hold the first `count` characters."""
        total = 0
        for index, line in enumerate(lines):
            total += len(line.squeezed)
            if total >= count:
                return lines[: index + 1]
        return lines

    @staticmethod
    def behind(lines: list[Line], count: int) -> list[Line]:
        """The lines that hold what comes after the first `count` characters."""
        total = 0
        for index, line in enumerate(lines):
            total += len(line.squeezed)
            if total > count:
                return lines[index:]
        return lines[-1:]

    def heading_text(self, style: str) -> tuple[list[Line], str]:
        """The whole logical line of a heading: to its end, or with the paragraph run into it."""
        line = self.lines[self.at]
        following = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        if "。" in line.text or (self.wrapped and line.full):
            return self.gather(len(self.lines))
        self.at += 1
        broken = (
            following and self.stops(style) and not self.starts(following) and 2 <= len(following.squeezed) <= 15
            and following.squeezed.endswith("。") and following.squeezed.count("。") == 1 and "，" not in following.squeezed
        )
        if broken:
            self.at += 1
            self.split(line, following)
            return [line, following], line.text + following.text
        return [line], line.text

    def stops(self, style: str) -> bool:
        """Whether headings of this style end with a full stop in this document."""
        return any(self.style(line.text) == style and len(line.text) <= _SHORT_TITLE and line.text.endswith("。") for line in self.lines)

    def run_in(self, text: str) -> tuple[str | None, str]:
        """Title and the paragraph run into it. A long first sentence is no title."""
        head, stop, rest = text.strip().partition("。")
        if not stop:
            return (head, "") if len(head) <= _SHORT_TITLE else (None, "")
        if len(head) > _SHORT_TITLE:
            return None, ""
        return head + stop, rest.strip()

    def plain(self) -> None:
        """A paragraph, or in a chapter of tasks a sub-heading without number run into it."""
        lines, text = self.gather(len(self.lines))
        head, stop, rest = text.strip().partition("。")
        titled = stop and rest and len(head) <= 30 and "，" not in head and not marks.DASH.match(text)
        if titled and self.task_chapter and self.bare and len(self.stack) >= 2 and self.stack[-1][0] in ("section", "unnumbered"):
            names = [name for name, _ in self.stack]
            if "unnumbered" in names:
                del self.stack[names.index("unnumbered") :]
            id = self.child(self.stack[-1][1], LEVEL_LETTERS[len(self.stack)])
            self.stack.append(("unnumbered", id))
            self.doubt(lines[0].number, f"没有编号的短句按小标题读入：“{tidy(head)}”。")
            self.place_heading(id, lines, head + stop, rest, None)
        else:
            self.paragraph(lines, text)

    def annex(self) -> None:
        line = self.lines[self.at]
        if self.table():
            return
        if len(line.squeezed) < 30 and not marks.TERMINAL.search(line.squeezed):
            self.single("title")
        else:
            self.prose(len(self.lines))

    def colophon(self) -> None:
        line = self.lines[self.at]
        if marks.PRINTED.search(line.text):
            return self.single("printed")
        lines, text = self.gather(len(self.lines))
        self.paragraph(lines, text, "copied" if marks.COPIED.match(line.text) else None)
