"""Comparisons as rows of facts: CSV with Chinese headers and JSON with English keys, from the same rows."""

from collections.abc import Iterable
from operator import itemgetter

from ..agencies import Record
from ..figures import Entry
from ..measures import Overview
from ..offers import Entry as Offered
from ..vocabulary import Vocabulary, written
from .table import csv_text

Row = dict[str, str | float | None]
HEADERS = {
    "concept": "编号", "name": "名称", "topic": "主题", "region": "行政区划代码", "place": "地区", "plan": "规划", "said": "有没有", "match": "对应",
    "note": "说明", "lead": "牵头单位", "responsible": "责任单位", "text": "原文", "at": "位置编号", "where": "出处", "agency": "单位编号",
    "written": "规划里的写法", "role": "怎样参加", "what": "做什么", "words": "数", "value": "照录的数", "op": "运算符", "number": "数值", "unit": "单位",
    "every": "每", "by": "到哪年", "before": "哪年前", "within": "期间", "kind": "分类",
    "plain": "非官方易读文字", "audiences": "给谁", "needs": "帮什么", "kinds": "形式", "doers": "由谁做",
}


def concepts(overviews: Iterable[Overview]) -> list[Row]:
    """A row for each statement of a measure or task, and for each plan that has none."""
    found = []
    for overview in overviews:
        for stance in overview.stances:
            head = {
                "concept": overview.concept.id, "name": overview.concept.name, "topic": overview.concept.topic,
                "region": stance.plan.region, "place": stance.place, "plan": stance.plan.id,
            }
            for one in stance.statements or (None,):
                tail = {"said": one.words if one else stance.words, "match": one and one.match.value, "note": one and one.note}
                if overview.kind == "tasks":
                    tail |= {"lead": one and (written(one.lead) or None), "responsible": one and (written(one.responsible) or None)}
                found.append(head | tail | {"text": one and one.text, "at": one and one.at, "where": one and one.place})
    return found


def agencies(records: Iterable[Record]) -> list[Row]:
    """A row for each thing in which an agency takes part."""
    return [
        {
            "agency": record.agency.id, "name": record.agency.name, "region": part.plan.region, "place": part.place, "plan": part.plan.id,
            "written": part.written, "role": part.words, "note": part.note, "topic": part.topic, "text": part.text, "at": part.at, "where": part.where,
        }
        for record in records for part in record.parts
    ]


def figures(entries: Iterable[Entry]) -> list[Row]:
    """A row for each figure; several places are joined."""
    return [
        {
            "topic": entry.figure.topic, "region": entry.plan.region, "place": entry.place, "plan": entry.plan.id, "kind": entry.figure.kind.value,
            "what": entry.figure.what, "words": entry.figure.words, "value": entry.figure.value, "op": entry.figure.op, "number": entry.figure.number,
            "unit": entry.figure.unit, "every": entry.figure.every, "by": entry.figure.by, "before": entry.figure.before, "within": entry.figure.within, "note": entry.figure.note,
            "text": entry.figure.quote, "at": " ".join(at for at, _ in entry.stands), "where": "；".join(where for _, where in entry.stands),
        }
        for entry in entries
    ]


def offers(entries: Iterable[Offered], vocabulary: Vocabulary) -> list[Row]:
    """A row for each offer, its words from the registries in Chinese."""
    return [
        {
            "region": entry.plan.region, "place": entry.place, "plan": entry.plan.id, "plain": entry.offer.plain,
            "audiences": entry.audiences, "needs": "、".join(vocabulary.needs[id].name for id in entry.offer.needs),
            "kinds": entry.kinds, "doers": "".join(sentence for sentence, _ in entry.doers) or None,
            "text": entry.text, "at": entry.offer.at, "where": entry.where,
        }
        for entry in entries
    ]


def as_csv(rows: list[Row]) -> str:
    keys = list(rows[0]) if rows else []
    return csv_text([[HEADERS[key] for key in keys], *(map(itemgetter(*keys), rows) if keys else ())])

