"""What is wrong with the data, told to staff in Chinese."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

# Every rule, with what it watches over. An id is for life: staff look it up, tests name it.
RULES = {
    "agency": "任务里的单位都在单位表里",
    "alias": "一个写法只归一个单位或词语",
    "block": "正文的每一块看得出是什么",
    "choice": "只有几种写法的键，写的是其中一种",
    "concept": "指标对应的通用指标存在，相近的说明差别",
    "concept-twice": "一份规划里一个通用指标只对应一处",
    "coverage": "数据和来源逐字相同",
    "date": "日期存在，写法对",
    "dates": "日期先后合理",
    "duplicate-id": "编号不重复",
    "duplicate-key": "同一段里键不重复",
    "duty": "正文里写到的单位在单位表里，引文里有它",
    "empty": "该有内容的不空",
    "encoding": "文件编码读得出来",
    "erratum": "疑误所指的字在那一段里正好一处",
    "exists": "导入不覆盖已有的文件夹",
    "fact": "文件信息有依据",
    "figure": "数字在引文里，引文在规划里",
    "file-missing": "该有的文件都在",
    "folder": "文件夹名和地区、规划期一致",
    "furniture": "要去掉的版面痕迹在来源里",
    "id": "编号的写法对",
    "lines": "来源行号准确",
    "mapping": "专栏项目和任务归类的编号都存在，相近的说明差别",
    "missing-key": "必要的键都在",
    "news-link": "首页消息的链接通向本站网页",
    "not-entered": "每项通用指标都核对过",
    "not-mapped": "每个专栏项目和任务都归了类",
    "not-offered": "每个专栏项目都写了给谁什么",
    "numbering": "编号连续",
    "offer": "给谁什么，用词表里的词",
    "parent": "上级存在",
    "period": "规划期合理",
    "plain": "易读句短，数和名称是原文的",
    "quote": "引文是原话",
    "reference": "指向的编号存在",
    "region": "地区在行政区划表里",
    "sha256": "来源没有改动",
    "slug": "网址用名不重复",
    "source-missing": "收到的原文在",
    "structure": "章节的层次完整",
    "synonym": "近义词的右边是规划里有的词",
    "table": "表格和它的行对得上",
    "topic": "每个标题和专栏有主题",
    "type": "值的写法对",
    "uncounted": "规划里的每个数字都整理过",
    "unknown-key": "没有不认识的键",
    "yaml": "YAML 读得出来",
}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where it is, which rule found it, what is wrong and what to do.

    `file` is relative to the project; `line` is 1-based, 0 where the whole file is meant.
    A `notice` is shown but does not stop the build.
    """

    file: str
    line: int
    rule: str
    wrong: str
    mend: str
    notice: bool = False

    def __post_init__(self):
        assert self.rule in RULES, self.rule

    def __str__(self) -> str:
        place = f"{self.file} 第{self.line}行" if self.line else self.file
        kind = "提醒" if self.notice else "错误"
        return f"{place}：{kind}（{self.rule}）{self.wrong}\n    怎么办：{self.mend}"


class Stop(Exception):
    """Work cannot go on; the message is for staff."""

    def __init__(self, problems: "Problem | Iterable[Problem]"):
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self):
        return type(self), (self.problems,)


def relative(path: Path, root: Path) -> str:
    """`path` as staff see it: below the project, with forward slashes on every system."""
    path = Path(path)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def report(problems: Iterable[Problem]) -> str:
    """All problems by file and line, and how many there are."""
    problems = sorted(set(problems))
    return "\n".join([*map(str, problems), total(problems)])


def total(problems: Collection[Problem]) -> str:
    """How many errors and notices there are."""
    errors = sum(not p.notice for p in problems)
    notices = len(problems) - errors
    if errors:
        return f"共 {errors} 个错误" + (f"，{notices} 个提醒" if notices else "") + "。改好以后再运行一次。"
    return f"没有错误，有 {notices} 个提醒。" if notices else "检查完毕，没有发现问题。"


def sound(problems: Iterable[Problem]) -> bool:
    """Whether none of them is an error."""
    return all(problem.notice for problem in problems)
