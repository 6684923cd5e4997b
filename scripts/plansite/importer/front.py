"""Before the first chapter: the notice with which a plan is issued, the plan's title and its preamble."""

import re

from ..model import ordinal
from . import marks
from .lines import Line
from .marks import tidy
from .reader import Reader


class FrontReader(Reader):
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
