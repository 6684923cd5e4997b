"""What each data file may hold: raw YAML values in, model objects and problems out.

A Shape names the keys of a mapping, what each value is and the class to make of it. All
problems of a file are collected; a value that fails is left out of the object.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from . import model, vocabulary
from .load import Mapping, load
from .problems import Problem, relative

Reader = Callable[[object, "Reading", str], object]
FAILED = object()
_REMEMBERED = 4_096  # ids, slugs and line numbers: the same few in all files, kept once


class Reading:
    """One file being read: where problems go, on which line each id stands, whether all could be read."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        self.whole = True  # nothing had to be left out

    def problem(self, rule: str, value, wrong: str, mend: str) -> object:
        self.whole = self.whole and rule in ("unknown-key", "duplicate-id")
        self.problems.append(Problem(self.file, getattr(value, "line", 0), rule, wrong, mend))
        return FAILED


def read(path: Path, root: Path, shape: Reader, empty: object = FAILED) -> tuple[object, Reading]:
    """What `shape` makes of a file, with the problems; of an empty file `empty`, by default a problem. Raises Stop if there is nothing to read."""
    for lines in (False, True):  # a problem has to say where it is, and few have one that does not know it
        raw, reading = load(path, root, lines), Reading(relative(path, root))
        if raw is not None:
            value = shape(raw, reading, path.name)
        elif (value := empty) is FAILED:
            reading.problem("empty", None, "文件是空的。", "恢复这个文件原来的内容。")
        if all(problem.line for problem in reading.problems):
            break
    return value, reading


def text(value, reading, key):
    if not isinstance(value, str):
        return reading.problem("type", value, f"“{key}”应当是一段文字。", "写成“键: 文字”一行。")
    if not value.strip():
        return reading.problem("empty", value, f"“{key}”是空的。", "填上文字；来源里没有的，删掉这一行。")
    return str(value)


def matching(pattern: str, wanted: str, convert=str, rule="type") -> Reader:
    """A text of one form; `wanted` tells staff which."""
    compiled = re.compile(pattern)

    @lru_cache(_REMEMBERED)
    def converted(value: str):
        return convert(value) if compiled.fullmatch(value) else FAILED

    def read(value, reading, key):
        result = converted(value) if isinstance(value, str) else FAILED
        if result is FAILED:
            shown = value if isinstance(value, str) else "不是文字"
            return reading.problem(rule, value, f"“{key}”的值“{shown}”不对。", f"要写{wanted}。")
        return result

    return read


def _lines(value: str) -> model.Lines:
    first, _, last = value.partition("-")
    return model.Lines(int(first), int(last or first))


def one_of(*choices: str, make=str) -> Reader:
    made = {choice: make(choice) for choice in choices}

    def read(value, reading, key):
        if not isinstance(value, str) or value not in made:
            return reading.problem("choice", value, f"“{key}”的值“{value}”不认识。", f"只能写：{'、'.join(choices)}。")
        return made[value]

    return read


def listed(reader: Reader) -> Reader:
    """A list, as a tuple; one value alone is an error that says so."""

    def read(value, reading, key):
        if value == "":
            return ()
        if not isinstance(value, list):
            return reading.problem("type", value, f"“{key}”应当是一个列表。", "每一项另起一行，以“- ”开头。")
        return tuple([item for v in value if (item := reader(v, reading, key)) is not FAILED])

    return read


_ABSENCES = {a.value: a for a in model.Absence}


def or_absence(reader: Reader) -> Reader:
    """What `reader` takes, or a word for why there is nothing."""

    def read(value, reading, key):
        if isinstance(value, str) and value in _ABSENCES:
            return _ABSENCES[value]
        return reader(value, reading, key)

    return read


def _real_date(value, reading, key):
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return reading.problem("date", value, f"“{key}”的日期“{value}”不存在或写法不对。", "写成 2022-06-08 这样的年-月-日。")
    return str(value)


LINES = matching(r"[1-9]\d*(-[1-9]\d*)?", "来源行号，例如 12 或 12-15", _lines)
ID = matching(r"[a-z]+\d*(\.[a-z]+\d+)*", "小写字母加数字的编号，例如 c3.s1.p2", rule="id")
SLUG = matching(r"[a-z0-9]+(-[a-z0-9]+)*", "小写字母、数字和连字符", rule="id")
CODE = matching(r"\d{6}", "六位行政区划代码，例如 \"500116\"")
YEAR = matching(r"(19|20|21)\d\d", "四位年份", int)


@dataclass
class Shape:
    """A mapping: `required` and `optional` keys with their readers, made into `make`."""

    make: Callable
    required: dict[str, Reader]
    optional: dict[str, Reader]

    def __post_init__(self):
        self._readers = {**self.required, **self.optional}

    def __call__(self, value, reading: Reading, key: str):
        if not isinstance(value, Mapping):
            return reading.problem("type", value, f"“{key}”这里应当有几行“键: 值”。", f"至少要有：{'、'.join(self.required)}。")
        for name, line in value.repeated:
            reading.problems.append(Problem(reading.file, line, "duplicate-key", f"“{name}”在同一段里写了两次。", "删掉多余的一行。"))
        found, whole = {}, True
        for name, child in value.items():
            reader = self._readers.get(name)
            if reader is None:
                reading.problem("unknown-key", child, f"不认识“{name}”这个键。", f"改成这里可用的键：{'、'.join(self._readers)}。")
                continue
            result = reader(child, reading, name)
            if result is FAILED:
                whole = whole and name not in self.required
            else:
                found[name] = result
        if not self.required.keys() <= value.keys():
            whole = False
            for name in self.required.keys() - value.keys():
                reading.problem("missing-key", value, f"缺少“{name}”。", f"在这一段里补上“{name}: …”一行。")
        if id := found.get("id") or found.get("code"):
            if id in reading.lines:
                reading.problem("duplicate-id", value, f"编号“{id}”用了两次。", "编号只能用一次，改掉后写的那个。")
            reading.lines.setdefault(id, value.line)
        return self.make(**found) if whole else FAILED


def shape(make, required: dict, **optional) -> Shape:
    return Shape(make, required, optional)


def by_key(**shapes: Shape) -> Reader:
    """A mapping whose kind is told by which of these keys it has (heading, text, box …)."""

    def read(value, reading, key):
        if isinstance(value, Mapping):
            for name, kind in shapes.items():
                if name in value:
                    return kind(value, reading, key)
        return reading.problem("block", value, "看不出这是标题、段落、专栏还是表格。", f"要有其中一个键：{'、'.join(shapes)}。")

    return read


def _holds(value: str) -> tuple[str, ...]:
    return tuple(value.split())


COLUMN = shape(model.Column, {"header": text, "holds": matching(r"[a-z]+( [a-z]+)*", "这一列放哪些键，例如 number label", _holds)})
TABLE = shape(
    model.Table, {"id": ID, "lines": LINES, "table": one_of("indicators", "tasks"), "columns": listed(COLUMN)}
)
GROUP = shape(model.Group, {"id": ID, "lines": LINES, "title": text}, number=text)
ITEM = shape(model.Item, {"id": ID, "lines": LINES}, number=text, name=text, text=text, group=ID)
BOX = shape(
    model.Box,
    {"id": ID, "lines": LINES, "box": text, "title": text},
    topic=SLUG, groups=listed(GROUP), items=listed(ITEM), table=TABLE,
)
HEADING = shape(model.Heading, {"id": ID, "lines": LINES, "heading": text}, number=text, topic=SLUG)
ROLES = ("letterhead", "number", "title", "subtitle", "addressees", "signature", "date", "openness", "attachment", "copied", "printed")
PARAGRAPH = shape(model.Paragraph, {"id": ID, "lines": LINES, "text": text}, role=one_of(*ROLES))
ENTRY = shape(model.Entry, {"id": ID, "lines": LINES, "entry": text}, text=text)
BLOCK = by_key(box=BOX, heading=HEADING, table=TABLE, entry=ENTRY, text=PARAGRAPH)
BLOCKS = listed(BLOCK)
TEXT = shape(dict, {"plan": BLOCKS}, notice=BLOCKS, annex=BLOCKS, colophon=BLOCKS)

CELL = or_absence(text)
MATCH = one_of(*[m.value for m in model.Match], make=model.Match)
INDICATOR = shape(
    model.Indicator,
    {"id": ID, "lines": LINES, "number": text, "label": text, "target": CELL},
    unit_cell=CELL, baseline=CELL, nature=CELL, concept=SLUG, match=MATCH, note=text,
)
INDICATORS = shape(dict, {"indicators": listed(INDICATOR)})
TASK = shape(model.Task, {"id": ID, "lines": LINES, "number": text, "text": text, "lead": CELL, "responsible": CELL})
TASKS = shape(dict, {"tasks": listed(TASK)})

FURNITURE = shape(
    model.Furniture,
    {
        "id": ID,
        "lines": matching(r"\d+(-\d+)?(, ?\d+(-\d+)?)*", "来源行号，例如 12、12-15 或 3, 5, 7",
                          lambda v: tuple(_lines(part.strip()) for part in v.split(","))),
        "kind": one_of("page_number", "web", "markdown", "stamp", "layout"),
        "why": text,
    },
    text=text,
)
ERRATUM = shape(
    model.Erratum,
    {
        "id": ID, "at": ID, "lines": LINES, "found": text, "reading": text,
        "certainty": one_of(*[c.value for c in model.Certainty], make=model.Certainty),
        "kind": one_of("lost", "doubled", "wrong", "punctuation", "spacing", "numbering", "split", "contradiction", "wording", "misplaced"),
        "why": text,
    },
)
ERRATA = shape(dict, {"furniture": listed(FURNITURE), "errata": listed(ERRATUM)})

FACT = or_absence(shape(model.Fact, {"value": text, "at": ID}))
DATE = or_absence(shape(model.Fact, {"value": _real_date, "at": ID}))
BASIS = shape(model.LegalBasis, {"title": text, "at": ID}, number=text)
MENTION = shape(
    model.Mention, {"concept": SLUG, "at": ID, "quote": text},
    target=CELL, unit=text, match=MATCH, note=text,
)
REMARK = shape(model.Remark, {"id": ID, "at": listed(ID), "text": text})
SOURCE = shape(
    model.Source,
    {"sha256": matching(r"[0-9a-f]{64}", "64 位的 SHA-256 校验值")},
    encoding=one_of("utf-8", "utf-8-sig", "gb18030", "utf-16"), note=text,
)
PLAN = shape(
    dict,
    {
        "region": CODE,
        "period": shape(model.Period, {"start": YEAR, "end": YEAR}),
        "status": one_of("final", "draft", make=model.Status),
        "title": shape(model.Fact, {"value": text, "at": ID}),
        "document_number": FACT, "issuer": FACT, "addressees": FACT, "signed": DATE, "printed": DATE,
        "published": DATE, "index_number": FACT, "openness": FACT, "copied_to": FACT, "source": SOURCE,
    },
    legal_bases=listed(BASIS), mentions=listed(MENTION), not_mentioned=listed(SLUG),
    not_applicable=listed(SLUG), remarks=listed(REMARK),
)

MAPPING = shape(
    model.Mapping, {"found": listed(shape(model.Mapped, {"at": ID, "concept": SLUG, "match": MATCH}, note=text, quote=text))},
    unmapped=listed(shape(model.Unmapped, {"at": ID, "why": text})), not_mentioned=listed(SLUG),
)
DUTY = shape(
    model.Duty, {"at": ID, "written": text, "agency": SLUG, "role": one_of("leads", "joins", "named", make=model.Role), "quote": text}, note=text,
)
MAPPINGS = shape(dict, {"measures": MAPPING}, tasks=MAPPING, duties=listed(DUTY))
FIGURE = shape(
    model.Figure,
    {
        "id": ID, "at": ID, "quote": text, "what": text, "value": text, "unit": text, "topic": SLUG,
        "kind": one_of(*[kind.value for kind in model.FigureKind], make=model.FigureKind),
    },
    op=one_of("=", ">=", ">", "<=", "<", "about", "nearly", "range"), every=one_of("year", "half-year", "quarter", "month", "week", "day"),
    by=matching(r"20\d\d", "四位年份"), before=matching(r"20\d\d", "四位年份"), within=matching(r"20\d\d-20\d\d", "起止年份，例如 2021-2025"), note=text,
)
FIGURES = shape(dict, {"figures": listed(FIGURE)}, set_aside=listed(shape(model.SetAside, {"at": ID, "text": text, "why": text})))

OFFER = shape(
    model.Offer, {"at": ID, "plain": text, "audiences": listed(SLUG), "needs": listed(SLUG), "kinds": listed(SLUG)},
    quote=text, tasks=listed(ID), who=listed(text),
)
OFFERS = shape(dict, {"offers": listed(OFFER)}, nothing=listed(shape(model.Unmapped, {"at": ID, "why": text})))
EASY = shape(dict, {"summary": listed(text)}, indicators=listed(shape(model.Plain, {"at": ID, "plain": text})))

PAIRS = listed(shape(vocabulary.Pair, {"one": SLUG, "other": SLUG}))

LEVEL = one_of(*[level.value for level in vocabulary.Level], make=vocabulary.Level)
REGIONS = shape(
    dict,
    {
        "source": shape(dict, {"name": text, "version": text, "license": text, "date": text}, retrieved=text, note=text),
        "regions": listed(shape(vocabulary.Region, {"code": CODE, "name": text, "slug": SLUG, "level": LEVEL}, parent=CODE)),
    },
)
WORDS = listed(text)
CONCEPTS = listed(
    shape(vocabulary.Concept, {"id": SLUG, "name": text, "definition": text, "topic": SLUG}, unit=text, aliases=WORDS, caution=text)
)
LABELS = listed(shape(vocabulary.Label, {"id": SLUG, "name": text}))
TOPICS = listed(shape(vocabulary.Topic, {"id": SLUG, "name": text, "definition": text}, parent=SLUG, aliases=WORDS))
AGENCIES = listed(
    shape(
        vocabulary.Agency, {"id": SLUG, "name": text, "definition": text, "aliases": WORDS},
        kind=one_of("office", "group"),
    )
)
GLOSSARY = listed(shape(vocabulary.Term, {"id": SLUG, "term": text, "definition": text}, aliases=WORDS))
