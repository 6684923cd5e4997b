"""Boxes (专栏) of measures with their groups, and the tables in them."""

import re

from ..model import ordinal
from . import marks, tables
from .lines import Line
from .marks import tidy
from .reader import Reader, run_of


class BoxReader(Reader):
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
        table = {"id": f"{parent}.t1" if parent else self.child("", "a"), "lines": run_of(read.header), "table": read.kind, "columns": read.columns}
        if self.box:
            self.box["table"] = table
        else:
            self.add(table)
        getattr(self.draft, read.kind).extend(read.rows)
        self.at = read.end
        return True

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
        item = {"id": self.child(self.group() or box["id"], "i"), "lines": run_of(lines)}
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
