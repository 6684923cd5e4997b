"""Lines of a document to blocks with ids: a draft that staff correct.

The draft is a dict for each data file. Everything the reader was unsure of is in `doubts`.
"""

import re
from dataclasses import dataclass, field

from ..model import join_words, ordinal
from . import lines as source_lines
from . import marks, tables
from .lines import Line
from .marks import tidy

_LEVEL_LETTERS = "csuv"  # chapter, section, subsection, the level below
_SHORT_TITLE = 50
_TASK_CHAPTER = re.compile(r"(重点|主要)任务")


@dataclass
class Draft:
    parts: dict[str, list[dict]] = field(default_factory=lambda: {"notice": [], "plan": [], "annex": [], "colophon": []})
    indicators: list[dict] = field(default_factory=list)
    tasks: list[dict] = field(default_factory=list)
    furniture: list[dict] = field(default_factory=list)
    errata: list[dict] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)


# How much a reading dares: all; no tables; nothing but paragraphs.
CAUTIONS = (0, 1, 2)


def draft(source: tuple[str, ...], known_agencies: set[str] = frozenset(), caution: int = 0) -> Draft:
    """Read a document. `known_agencies`: agency names as plans of this region write them."""
    lines, furniture = source_lines.read(source)
    reader = _Reader(lines, known_agencies, source_lines.hard_wrapped(source), caution)
    reader.draft.furniture = furniture
    for row in furniture:
        reader.doubt(int(row["lines"].split(",")[0]), f"删去版面痕迹：{row.get('text', '整行')}（{row['why']}）共 {row['lines'].count(',') + 1} 处。")
    reader.run()
    return reader.draft


def _run(lines: list[Line]) -> tuple[int, int]:
    return lines[0].number, lines[-1].number


class _Reader:
    """A state machine over the lines: which part, which heading, within a box or not."""

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

    # --- bookkeeping --------------------------------------------------------------------------

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
        block = {"id": self.child(parent, kind), "lines": _run(lines)}
        return self.add(block | ({"role": role} if role else {}) | {"text": tidy(text)})

    # --- the walk -----------------------------------------------------------------------------

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

    # --- before the first chapter -------------------------------------------------------------

    def front(self) -> None:
        """The notice with which a plan is issued, the plan's title and its preamble."""
        end = next((i for i, line in enumerate(self.lines) if self.is_first_heading(line)), len(self.lines))
        if end == len(self.lines):
            self.doubt(1, "没有找到第一个章标题（第一章、一、）；整份文件按段落读入。")
            self.part = "plan"
            return
        dated = [i for i in range(end) if marks.BARE_DATE.match(self.lines[i].squeezed)]
        opened = [i for i in range(end) if marks.OPENNESS.match(self.lines[i].squeezed)]
        notice_end = max(dated + opened, default=-1) + 1
        if not dated:
            self.doubt(1, "没有找到印发通知的日期；可能只有规划正文。")
        self.front_part(notice_end)
        self.part = "plan"
        self.front_part(end)

    def is_first_heading(self, line: Line) -> bool:
        style = self.style(line.text)
        return bool(style) and ordinal(self.mark(line.text, style)) == 1 and style in ("chapter", "numeral") and len(line.text) < 40

    def front_part(self, end: int) -> None:
        while self.at < end:
            line = self.lines[self.at]
            squeezed = line.squeezed
            if found := marks.METADATA.match(line.text):
                self.metadata(found, end)
            elif marks.DOCUMENT_NUMBER.match(squeezed):
                self.single("number")
            elif marks.ADDRESSEES.match(squeezed):
                self.single("addressees")
            elif marks.BARE_DATE.match(squeezed):
                self.single("date")
            elif marks.OPENNESS.match(squeezed):
                self.single("openness")
            elif marks.DRAFT.match(squeezed):
                self.single("subtitle")
            elif marks.ATTACHMENT.match(squeezed) and len(squeezed) < 5:
                self.single("attachment")
            elif self.signs(self.at, end):
                self.single("signature")
            elif title := self.title_end(self.at, end):
                lines = self.lines[self.at : title]
                self.at = title
                again = self.title_end(title, end) if self.part == "notice" else None
                if again and len(lines) == 1 and "".join(part.squeezed for part in self.lines[title:again]) == line.squeezed:
                    self.strip(line.number, "", "web", "网页的标题，下面的文件里还有一次。")
                    continue
                self.paragraph(lines, "".join(tidy(part.text) for part in lines), "title", "t" if self.part == "plan" else None)
            elif len(squeezed) < 20 and not marks.TERMINAL.search(squeezed):
                self.doubt(line.number, f"不清楚这一行是什么，按版头读入：“{tidy(line.text)}”。")
                self.single("letterhead")
            else:
                self.prose(end)

    def single(self, role: str) -> None:
        self.paragraph([self.lines[self.at]], self.lines[self.at].text, role)
        self.at += 1

    def signs(self, at: int, end: int) -> bool:
        following = self.lines[at + 1].squeezed if at + 1 < end else ""
        return bool(marks.SIGNATURE.match(self.lines[at].squeezed) and marks.BARE_DATE.match(following))

    def title_end(self, at: int, end: int) -> int | None:
        """The index behind a title of up to four lines that begins at `at`."""
        whole = ""
        for index in range(at, min(at + 4, end)):
            whole += self.lines[index].squeezed
            if marks.TERMINAL.search(whole) or len(whole) > 80:
                return None
            if re.search(r"的通知$|(规划|方案|计划)([（(]20\d\d.20\d\d年?[)）])?$", whole):
                following = self.lines[index + 1].squeezed if index + 1 < end else ""
                if not re.match(r"^[（(]20\d\d", following) and "规划" in whole:
                    return index + 1
        return None

    def metadata(self, found: re.Match, end: int) -> None:
        """"[ 索引号 ]" with its value on the next line, which may be missing."""
        line = self.lines[self.at]
        for bracket in "[]":
            self.strip(line.number, bracket)
        block = {"id": self.child("", "m"), "lines": (line.number, line.number), "entry": found["entry"]}
        self.at += 1
        following = self.lines[self.at] if self.at < end else None
        if following and not marks.METADATA.match(following.text) and self.listed(following.number) and self.listed(line.number):
            block |= {"lines": (line.number, following.number), "text": tidy(following.text)}
            self.at += 1
        else:
            self.doubt(line.number, f"“{found['entry']}”后面没有值，按空值录入。")
        self.add(block)

    def listed(self, number: int) -> bool:
        """Whether a bullet was taken from that line."""
        return any(row.get("text") == "•" and str(number) in row["lines"].split(", ") for row in self.draft.furniture)

    def strip(self, number: int, text: str, kind: str = "web", why: str = "网页上的装饰符号，不是文件内容。") -> None:
        for row in self.draft.furniture:
            if row.get("text") == text and row["why"] == why:
                row["lines"] += f", {number}"
                return
        rows = self.draft.furniture
        row = {"id": f"f{len(rows) + 1}", "lines": str(number), "kind": kind}
        rows.append(row | ({"text": text} if text else {}) | {"why": why})

    # --- prose --------------------------------------------------------------------------------

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

    def prose(self, end: int) -> None:
        lines, text = self.gather(end)
        self.paragraph(lines, text)

    # --- headings and boxes -------------------------------------------------------------------

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
        if index >= len(_LEVEL_LETTERS):
            return 0
        return self.counts.get(f"{parent}/{_LEVEL_LETTERS[index]}", 0) + 1

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
        if len(self.stack) >= len(_LEVEL_LETTERS):
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
        id = self.child(parent, _LEVEL_LETTERS[len(self.stack)])
        self.stack.append((style, id))
        if len(self.stack) == 1:
            self.task_chapter = bool(_TASK_CHAPTER.search(title))
        self.place_heading(id, lines, title, rest, mark.strip())

    def place_heading(self, id: str, lines: list[Line], title: str, rest: str, mark: str | None) -> None:
        shown = len("".join(((mark or "") + title).split()))
        own = self.covering(lines, shown)
        block = {"id": id, "lines": _run(own)} | ({"number": tidy(mark)} if mark else {})
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
            id = self.child(self.stack[-1][1], _LEVEL_LETTERS[len(self.stack)])
            self.stack.append(("unnumbered", id))
            self.doubt(lines[0].number, f"没有编号的短句按小标题读入：“{tidy(head)}”。")
            self.place_heading(id, lines, head + stop, rest, None)
        else:
            self.paragraph(lines, text)

    def open_box(self, line: Line, found: re.Match) -> None:
        number = int(found[1])
        self.at += 1
        title = line.text[found.end() :].strip()
        self.box = self.add({"id": f"box{number}", "lines": (line.number, line.number), "box": tidy(found[0]), "title": tidy(title), "groups": [], "items": []})
        if not title:
            self.doubt(line.number, f"专栏{number}没有标题，请补上。")
        self.table()

    def table(self) -> bool:
        """A table at the current line, put into the open box or as a block of its own."""
        ends = lambda line: bool(  # noqa: E731
            marks.BOX.match(line.text) or marks.COPIED.match(line.text)
            or self.style(line.text) in ("chapter", "section")
            or (self.style(line.text) in ("numeral", "bracket") and len(line.text) < 40)
            or marks.ATTACHMENT.match(line.text)
        )
        if self.caution:
            return False
        read = tables.read(self.lines, self.at, ends, self.known)
        if not read:
            return False
        if getattr(self.draft, read.kind):
            self.doubt(self.lines[self.at].number, "又出现一张同类的表，按段落读入；一份规划只录一张指标表、一张任务表。")
            return False
        for number in tables.repeated_headers(self.lines, read, self.at):
            self.strip(number, "", "layout", "换页处重复的表头，不是新的内容。")
        self.draft.doubts += read.doubts
        parent = self.box["id"] if self.box else ""
        table = {"id": f"{parent}.t1" if parent else self.child("", "a"), "lines": _run(read.header), "table": read.kind, "columns": read.columns}
        if self.box:
            self.box["table"] = table
        else:
            self.add(table)
        getattr(self.draft, read.kind).extend(read.rows)
        self.at = read.end
        return True

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

    def box_continues(self, line: Line) -> bool:
        return bool(self.box and self.item_number(line.text))

    def box_takes(self, line: Line, style: str | None) -> bool:
        """Whether the line belongs to the open box rather than to the text behind it."""
        if self.box.get("table"):
            return False
        if self.item_number(line.text):
            if style == "digit" and self.next_of("digit") == self.next_item() and self.box["items"]:
                self.doubt(line.number, f"编号既接专栏也接正文，按专栏的一项读入：“{tidy(line.text)[:20]}”。")
            return True
        if style == "numeral":
            value = ordinal(self.mark(line.text, style))
            opens = not self.box["items"] and value == 1
            if opens or (self.box["groups"] and value == len(self.box["groups"]) + 1):
                if value == self.next_of("numeral") and not opens:
                    self.doubt(line.number, f"编号既接专栏的分组也接章标题，按分组读入：“{tidy(line.text)}”。")
                return True
            return False
        if style:
            return False
        if self.box["groups"] and not any(item.get("group") == self.group() for item in self.box["items"]):
            return True  # a group that is one paragraph
        return not self.box["items"]

    def box_line(self, line: Line, style: str | None) -> None:
        box = self.box
        if style == "numeral" and not self.item_number(line.text):
            mark = self.mark(line.text, style)
            id = self.child(box["id"], "g")
            box["groups"].append({"id": id, "lines": (line.number, line.number), "number": mark, "title": tidy(line.text[len(mark) :])})
            self.at += 1
            return
        found = self.item_number(line.text)
        lines, text = self.gather(len(self.lines))
        number = found[0].strip() if found else ""
        rest = text[len(found[0]) :] if found else text
        if found and not re.search(r"[．.、]", number):
            self.doubt(line.number, f"“{tidy(text)[:12]}”的编号后面没有点，按第 {number} 项读入。")
        name, rest = self.item_name(rest.strip()) if found else ("", rest)
        if found and not name:
            self.doubt(line.number, f"这一项没有名称：“{tidy(rest)[:20]}……”。")
        item = {"id": self.child(self.group() or box["id"], "i"), "lines": _run(lines)}
        item |= {"number": tidy(number)} if number else {}
        item |= {"name": tidy(name)} if name else {}
        item |= {"text": tidy(rest)} if rest.strip() else {}
        item |= {"group": self.group()} if self.group() else {}
        box["items"].append(item)

    @staticmethod
    def item_name(text: str) -> tuple[str, str]:
        """The name of an item: its first short sentence, or its first words up to a space."""
        head, stop, rest = text.partition("。")
        spaced = re.match(r"^([^\s。，]{4,30})\s+(?=[\u4e00-\u9fff“])", text)
        if spaced and (not stop or spaced.end() < len(head)):
            return spaced[1], text[spaced.end() :]
        if stop and rest.strip() and len(head) <= 40 and "，" not in head and "," not in head:
            return head + stop, rest.strip()
        return "", text

    # --- behind the last chapter --------------------------------------------------------------

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
