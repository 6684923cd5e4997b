"""The accessibility statement: what data/accessibility.yml promises, as far as the last test run bears it out."""

import json
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from . import places, schema
from .pages import Page
from .problems import Problem, Stop

RECORD = "data/audit.json"


@dataclass(frozen=True)
class Check:
    """One kind of automatic test; `tests` are its files."""

    id: str
    name: str
    says: str
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Criterion:
    """A success criterion or an item of the checklist, with the checks that would catch a failure."""

    id: str
    name: str
    scope: str
    checks: tuple[str, ...] = ()
    level: str | None = None
    note: str | None = None
    fails: str | None = None

    def result(self, passed: set[str]) -> str:
        """In words, and never more than the checks that passed show."""
        if self.fails:
            return "没有做到"
        if self.scope == "not_applicable":
            return "不适用"
        if self.scope == "none" or not self.checks:
            return "没有测试"
        if not set(self.checks) <= passed:
            return "测试没有通过"
        return "测试通过" if self.scope == "whole" else "部分测试通过"


_CRITERION = schema.shape(
    Criterion,
    {"id": schema.text, "name": schema.text, "scope": schema.one_of("whole", "partly", "none", "not_applicable")},
    checks=schema.listed(schema.text), level=schema.one_of("A", "AA", "AAA"), note=schema.text, fails=schema.one_of("true"),
)
_STATEMENT = schema.shape(
    dict,
    {
        "checks": schema.listed(schema.shape(Check, {"id": schema.SLUG, "name": schema.text, "says": schema.text, "tests": schema.listed(schema.text)})),
        "criteria": schema.listed(_CRITERION),
        "checklist": schema.listed(_CRITERION),
        "untested": schema.listed(schema.text),
        "limits": schema.listed(schema.text),
    },
    feedback=schema.text,
)


def read(root: Path) -> dict:
    """The statement's data. Raises Stop with all problems of the file."""
    found, reading = schema.read(root / "data" / "accessibility.yml", root, _STATEMENT)
    # Ids of criteria and of the checklist may look alike: they are two lists.
    problems = [problem for problem in reading.problems if problem.rule != "duplicate-id"]
    if problems:
        raise Stop(problems)
    known = {check.id for check in found["checks"]}
    unknown = {id for row in (*found["criteria"], *found["checklist"]) for id in row.checks} - known
    if unknown:
        raise Stop(Problem(reading.file, 0, "reference", f"没有这些检查：{'、'.join(sorted(unknown))}。", "改为 checks 里有的 id。"))
    return found


def record(root: Path) -> dict | None:
    """What the last recorded test run found; None if none was recorded."""
    path = root / RECORD
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def write_record(root: Path, reports: list[Path], today: str, pages: int, tools: dict[str, str]) -> dict:
    """Count what each check passed and failed in a test run, and keep it for the statement.

    `reports` are pytest's XML reports, together of all tests. Source of the format: pytest --junit-xml.
    """
    counts: dict[str, list[int]] = {}
    for case in (case for report in reports for case in ElementTree.parse(report).getroot().iter("testcase")):
        name = case.get("classname").replace(".", "/") + ".py"
        failed = any(child.tag in ("failure", "error", "skipped") for child in case)
        counts.setdefault(name, [0, 0])[failed] += 1
    checks = {}
    for check in read(root)["checks"]:
        found = [counts.get(name, [0, 0]) for name in check.tests]
        checks[check.id] = {"passed": sum(p for p, _ in found), "failed": sum(f for _, f in found)}
    kept = {"date": today, "pages": pages, "tools": tools, "checks": checks}
    (root / RECORD).write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return kept


def page(root: Path) -> Page:
    found, run = read(root), record(root)
    passed = {id for id, result in (run["checks"] if run else {}).items() if result["failed"] == 0 and result["passed"] > 0}
    results = [(row, row.result(passed)) for row in found["criteria"]]
    levels = [(level, [(row, said) for row, said in results if row.level == level]) for level in ("A", "AA", "AAA")]
    return Page(
        "accessibility.html", "accessibility.html", "无障碍声明", "测了什么，没测什么，结果怎样，怎样反馈。", "accessibility",
        crumbs=(("首页", places.HOME), ("无障碍声明", None)),
        contents=(("tested", "测了什么"), ("criteria", "逐条结果"), ("checklist", "适老化等项目"), ("untested", "没有测的"), ("limits", "已知不足"), ("report", "怎样反馈")),
        context={
            "statement": {"feedback": None} | found, "run": run, "levels": levels, "passed": passed,
            "checklist": [(row, row.result(passed)) for row in found["checklist"]],
        },
    )
