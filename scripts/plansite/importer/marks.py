"""How Chinese official documents mark things: page numbers, headings, boxes, dates, tables."""

import re

# Page furniture: a whole line that is no part of the document.
PAGE_NUMBER = re.compile(r"^[－—–\-·•]\s*\d{1,3}\s*[－—–\-·•]$|^第\s*\d+\s*页(\s*[/，,]?\s*共\s*\d+\s*页)?$")
WEB = re.compile(r"^首页\s*[>＞»]|^(您|你)?(当前|现在)?的?位置\s*[:：]|扫一扫|^分享到|^打印(本页)?$|^关闭(窗口)?$|^字体[:：]|^浏览次数|^信息来源[:：]")
# Pieces of markdown and HTML within a line, each removed by itself.
MARKDOWN = re.compile(r"\*\*|</?p>|<br\s*/?>|</?(?:table|tr|td|strong|b)>", re.I)
RULER = re.compile(r"^[\s\-*]*\|?[\s:|\-]*\|[\s:|\-]*$")  # |--| or - | |
BULLET = re.compile(r"^\s*([-*•])\s+(?=\S)")

_NUMERAL = "[一二三四五六七八九十]+"
# Heading numbers from the outermost style to the innermost.
STYLES = {
    "chapter": re.compile(rf"^第{_NUMERAL}章(?=\s|　|\S)"),
    "section": re.compile(rf"^第{_NUMERAL}节(?=\s|　|\S)"),
    "numeral": re.compile(rf"^{_NUMERAL}、(?!{_NUMERAL}[级类、])"),
    "bracket": re.compile(rf"^[（(]{_NUMERAL}[)）]"),
    "digit": re.compile(r"^\d{1,2}\s*[．.、](?!\d)"),
}
BOX = re.compile(r"^专栏\s*(\d{1,2})\s*[:：]?")
DIGIT_ALONE = re.compile(r"^(\d{1,2})(?=[\u4e00-\u9fff])")

DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
BARE_DATE = re.compile(r"^\d{4}\s*年[\d\s月日]{2,12}$")
DOCUMENT_NUMBER = re.compile(r"^[\u4e00-\u9fff]{2,12}〔\d{4}〕\s*\d+\s*号$")
ADDRESSEES = re.compile(r"^(各|市|区|县).{4,}[:：]$")
SIGNATURE = re.compile(r"^[\u4e00-\u9fff]{2,20}(人民政府|办公室|委员会|联合会|残联)$")
OPENNESS = re.compile(r"^[（(]?此件(主动|依申请|不予)?公开(发布)?[)）]?$|^[（(]此件.{0,8}[)）]$")
METADATA = re.compile(r"^[•·]?\s*\[\s*(?P<entry>[\u4e00-\u9fff]{2,8})\s*\]$")
DRAFT = re.compile(r"^[（(](讨论稿|征求意见稿|草案|送审稿|初稿)[)）]$")
ATTACHMENT = re.compile(r"^附件\s*\d*\s*[:：]?")
COPIED = re.compile(r"^抄送[:：]")
PRINTED = re.compile(r"年\s*\d+\s*月\s*\d+\s*日\s*印发$")
DASH = re.compile(r"^[—－\-]{2}")

TERMINAL = re.compile(r"[。！？；：!?;:][”’」）)]*$")
NATURES = ("约束性", "预期性")

# Headers of the two kinds of table; what a column holds by what its header says.
HEADERS = {
    "number": re.compile(r"^序号$|^编号$"),
    "label": re.compile(r"^(主要)?指标(名称|内容)?$"),
    "unit_cell": re.compile(r"^(计量)?单位$"),
    "baseline": re.compile(r"^(20\d\d年)?(基期|基数|基准|现状|实际|完成)值?$|^20[12]0年$"),
    "target": re.compile(r"^(“十[三四五]五”)?(20\d\d年)?(目标|规划)值?$|^20\d[1-9]年$|^2030年$"),
    "nature": re.compile(r"^(指标)?(属性|性质|类型)$"),
    "text": re.compile(r"^(工作|重点|主要)?任务(内容|事项)?$"),
    "lead": re.compile(r"^牵头(单位|部门)$"),
    "responsible": re.compile(r"^(责任|配合|参与|参加|协助)(单位|部门)$"),
}
PARTIAL_HEADER = re.compile(r"^“十[三四五]五”$")


def header(cell: str) -> str | None:
    """Which field a table header names, None for anything else."""
    squeezed = "".join(cell.split())
    return next((field for field, pattern in HEADERS.items() if pattern.match(squeezed)), None)


def tidy(text: str) -> str:
    """Runs of white space become one space; the ends have none."""
    return re.sub(r"\s+", " ", text).strip()
