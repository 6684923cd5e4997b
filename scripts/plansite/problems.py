"""What is wrong with the data, told to staff in Chinese."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


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

    def __str__(self) -> str:
        place = f"{self.file} 第{self.line}行" if self.line else self.file
        kind = "提醒" if self.notice else "错误"
        return f"{place}：{kind}（{self.rule}）{self.wrong}\n    怎么办：{self.mend}"


class Stop(Exception):
    """Work cannot go on; the message is for staff."""

    def __init__(self, problems: "Problem | Iterable[Problem]"):
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(map(str, self.problems)))


def relative(path: Path, root: Path) -> str:
    """`path` as staff see it: below the project, with forward slashes on every system."""
    path = Path(path)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def report(problems: Iterable[Problem]) -> str:
    """All problems by file and line, and how many there are."""
    problems = sorted(set(problems))
    errors = sum(not p.notice for p in problems)
    notices = len(problems) - errors
    lines = [str(p) for p in problems]
    if errors:
        lines.append(f"共 {errors} 个错误" + (f"，{notices} 个提醒" if notices else "") + "。改好以后再运行一次。")
    elif notices:
        lines.append(f"没有错误，有 {notices} 个提醒。")
    else:
        lines.append("检查完毕，没有发现问题。")
    return "\n".join(lines)
