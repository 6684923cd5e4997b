"""A plan as open data in JSON, and the JSON Schema that describes it."""

import orjson

from ..catalogue import Catalogue
from ..model import Absence, Box, Entry, Fact, FigureKind, Heading, Mapping, Paragraph, Plan, Quantity, Table

_FACTS = ("document_number", "issuer", "addressees", "signed", "printed", "published", "index_number", "openness", "copied_to")


def plan(catalogue: Catalogue, plan: Plan) -> dict:
    """The plan with verbatim texts; null where the document has nothing, with the reason in `absent`."""
    region, province, city = catalogue.region(plan), catalogue.province(plan), catalogue.city(plan)
    return {
        "id": plan.id,
        "title": plan.title.value,
        "region": {
            "code": region.code, "name": region.name, "slug": region.slug,
            "province": province.name, "city": city.name if city else None,
        },
        "period": {"start": plan.period.start, "end": plan.period.end},
        "status": plan.status.value,
        **{key: _fact(getattr(plan, key)) for key in _FACTS},
        "absent": {key: value.value for key in _FACTS if isinstance(value := getattr(plan, key), Absence)},
        "legal_bases": [{"title": basis.title, "number": basis.number, "at": basis.at} for basis in plan.legal_bases],
        "outline": _outline(plan),
        "blocks": [_block(part, block) for part, blocks in plan.parts.items() for block in blocks],
        "boxes": [_box(box) for box in plan.boxes],
        "indicators": [_indicator(row) for row in plan.indicators],
        "mentions": [_mention(mention) for mention in plan.mentions],
        "not_mentioned": list(plan.not_mentioned),
        "tasks": [_task(catalogue, plan, task) for task in plan.tasks],
        "measures": _mapping(plan.measure_mapping),
        "task_concepts": _mapping(plan.task_mapping),
        "duties": [
            {"at": d.at, "written": d.written, "agency": d.agency, "role": d.role.value, "quote": d.quote, "note": d.note} for d in plan.duties
        ],
        "figures": [
            {
                "id": f.id, "at": f.at, "quote": f.quote, "what": f.what, "value": f.value, "number": f.number, "op": f.op, "unit": f.unit,
                "every": f.every, "by": f.by, "before": f.before, "within": f.within, "kind": f.kind.value, "topic": f.topic, "note": f.note,
            }
            for f in plan.figures
        ],
        "errata": [
            {
                "id": e.id, "at": e.at, "lines": str(e.lines), "found": e.found, "reading": e.reading,
                "certainty": e.certainty.value, "kind": e.kind, "why": e.why,
            }
            for e in plan.errata
        ],
        "remarks": [{"id": r.id, "at": list(r.at), "text": r.text} for r in plan.remarks],
        "source": {"file": f"{plan.id}.source.txt", "sha256": plan.source.sha256, "encoding": plan.source.encoding},
        "license": "规划文本是政府公文，照录来源；编排、对应和说明由规划阅览室编写。",
    }


def _mapping(mapping: Mapping | None) -> dict | None:
    if mapping is None:
        return None
    return {
        "found": [{"at": m.at, "concept": m.concept, "match": m.match.value, "note": m.note, "quote": m.quote} for m in mapping.found],
        "unmapped": [{"at": u.at, "why": u.why} for u in mapping.unmapped],
        "not_mentioned": list(mapping.not_mentioned),
    }


def _fact(value: Fact | Absence) -> str | None:
    return value.value if isinstance(value, Fact) else None


def _outline(plan: Plan) -> list[dict]:
    """Headings as a tree; `heading` is number and title as written."""
    roots: list[dict] = []
    open_nodes: dict[str, dict] = {}
    for heading in plan.headings:
        node = {"id": heading.id, "level": heading.level, "heading": heading.label, "topic": heading.topic, "children": []}
        open_nodes[heading.id] = node
        parent = open_nodes.get(heading.id.rpartition(".")[0])
        (parent["children"] if parent else roots).append(node)
    return roots


def _block(part: str, block) -> dict:
    """A block of the body in order; boxes and tables by reference."""
    found = {"id": block.id, "part": part, "lines": str(block.lines)}
    if isinstance(block, Heading):
        return found | {"kind": "heading", "level": block.level, "number": block.number, "text": block.heading}
    if isinstance(block, Paragraph):
        return found | {"kind": "paragraph", "role": block.role, "text": block.text}
    if isinstance(block, Entry):
        return found | {"kind": "entry", "entry": block.entry, "text": block.text}
    if isinstance(block, Box):
        return found | {"kind": "box", "text": block.title}
    assert isinstance(block, Table)
    return found | {"kind": "table", "table": block.table, "columns": [column.header for column in block.columns]}


def _box(box: Box) -> dict:
    groups = {group.id: group.label for group in box.groups}
    return {
        "id": box.id, "number": box.number, "title": box.title, "lines": str(box.lines), "topic": box.topic,
        "table": box.table.table if box.table else None,
        "groups": [{"id": group.id, "number": group.number, "title": group.title} for group in box.groups],
        "items": [
            {
                "id": item.id, "group": groups.get(item.group), "number": item.ordinal, "name": item.title,
                "text": item.text, "lines": str(item.lines),
            }
            for item in box.items
        ],
    }


def _quantity(quantity: Quantity) -> dict:
    return {
        "op": quantity.op, "value": quantity.value, "text": quantity.text, "raw": quantity.raw or None,
        "absent": quantity.absence.value if quantity.absence else None,
    }


def _indicator(row) -> dict:
    return {
        "id": row.id, "number": row.ordinal, "name": row.name, "unit": row.unit, "label": row.label,
        "baseline": None if isinstance(row.baseline, Absence) else _quantity(row.quantity("baseline")),
        "target": _quantity(row.quantity()), "binding": row.binding,
        "nature": None if isinstance(row.nature, Absence) else row.nature,
        "concept": row.concept, "match": row.match.value, "note": row.note, "lines": str(row.lines),
    }


def _mention(mention) -> dict:
    return {
        "concept": mention.concept, "at": mention.at, "quote": mention.quote, "target": _quantity(mention.quantity()),
        "unit": mention.unit, "match": mention.match.value, "note": mention.note,
    }


def _task(catalogue: Catalogue, plan: Plan, task) -> dict:
    found = {"id": task.id, "number": task.ordinal, "text": task.text}
    for key in ("lead", "responsible"):
        parties = catalogue.parties(plan, getattr(task, key))
        found[key] = [party.written for party in parties]
        found[f"{key}_agencies"] = [
            {"name": party.written, "agency": party.agency.id if party.agency else None, "also": party.also.id if party.also else None}
            for party in parties
        ]
    return found | {"lines": str(task.lines)}


def dumps(value: dict | list) -> bytes:
    """JSON with a line for each record: what changes in a plan is a changed line."""
    if isinstance(value, list):
        return _list(value) + b"\n"
    return b"{\n" + b",\n".join(orjson.dumps(key) + b": " + (_list(one) if isinstance(one, list) else orjson.dumps(one)) for key, one in value.items()) + b"\n}\n"


def _list(found: list) -> bytes:
    return b"[\n" + b",\n".join(map(orjson.dumps, found)) + b"\n]" if found and isinstance(found[0], dict) else orjson.dumps(found)


# --- the schema ---------------------------------------------------------------------------------

_TEXT = {"type": "string", "minLength": 1}
_MAYBE = {"type": ["string", "null"]}
_NUMBER = {"type": ["integer", "null"]}
_DATE = {"type": ["string", "null"], "format": "date"}


def _record(description: str, **properties) -> dict:
    return {"type": "object", "description": description, "properties": properties, "required": list(properties)}


def _rows(item: dict) -> dict:
    return {"type": "array", "items": item}


def schema() -> dict:
    """JSON Schema (2020-12) of what `plan` gives."""
    quantity = _record(
        "一个数或一句话：raw 照录来源；op 和 value 是运算符和数值，text 是文字目标，absent 是没有数的原因。",
        op={"enum": ["=", ">", ">=", "<", "<=", None]}, value={"type": ["number", "null"]}, text=_MAYBE, raw=_MAYBE, absent=_MAYBE,
    )
    agencies = _rows(_record("照录的单位名称、它的编号，以及括号里第二个名称的编号。", name=_TEXT, agency=_MAYBE, also=_MAYBE))
    match = {"enum": ["same", "close", "none"]}
    lines = {"type": "string", "pattern": r"^\d+(-\d+)?$", "description": "来源文本的行号"}
    node = _record("一个标题", id=_TEXT, level={"type": "integer", "minimum": 1}, heading=_TEXT, topic=_MAYBE)
    node["properties"]["children"] = _rows({"$ref": "#/$defs/heading"})
    node["required"].append("children")
    mapping = _record(
        "归到通用的专栏项目或任务：found 是写到的，not_mentioned 是查过没有写的，null 是还没有核对。",
        found=_rows(_record("一处", at=_TEXT, concept=_TEXT, match=match, note=_MAYBE, quote=_MAYBE)),
        unmapped=_rows(_record("不是一件具体的事", at=_TEXT, why=_TEXT)), not_mentioned=_rows(_TEXT),
    )
    top = _record(
        "一份规划。文字照录来源，没有的是 null，原因在 absent 里。",
        id=_TEXT,
        title=_TEXT,
        region=_record("行政区划，代码按 GB/T 2260", code={"type": "string", "pattern": r"^\d{6}$"}, name=_TEXT, slug=_TEXT, province=_TEXT, city=_MAYBE),
        period=_record("规划期", start={"type": "integer"}, end={"type": "integer"}),
        status={"enum": ["final", "draft"]},
        document_number=_MAYBE, issuer=_MAYBE, addressees=_MAYBE, signed=_DATE, printed=_DATE, published=_DATE,
        index_number=_MAYBE, openness=_MAYBE, copied_to=_MAYBE,
        absent={"type": "object", "additionalProperties": {"enum": [a.value for a in Absence]}},
        legal_bases=_rows(_record("编制依据", title=_TEXT, number=_MAYBE, at=_TEXT)),
        outline=_rows({"$ref": "#/$defs/heading"}),
        blocks=_rows({"type": "object", "required": ["id", "part", "kind", "lines"], "properties": {"id": _TEXT, "part": _TEXT, "kind": _TEXT, "lines": lines}}),
        boxes=_rows(
            _record(
                "专栏", id=_TEXT, number=_NUMBER, title=_TEXT, lines=lines, topic=_MAYBE, table=_MAYBE,
                groups=_rows(_record("分组", id=_TEXT, number=_MAYBE, title=_TEXT)),
                items=_rows(_record("专栏项目", id=_TEXT, group=_MAYBE, number=_NUMBER, name=_MAYBE, text=_MAYBE, lines=lines)),
            )
        ),
        indicators=_rows(
            _record(
                "指标表的一行", id=_TEXT, number=_NUMBER, name=_TEXT, unit=_MAYBE, label=_TEXT,
                baseline={"anyOf": [{"type": "null"}, quantity]}, target=quantity, binding={"type": ["boolean", "null"]},
                nature=_MAYBE, concept=_MAYBE, match=match, note=_MAYBE, lines=lines,
            )
        ),
        mentions=_rows(_record("正文里提到的通用指标", concept=_TEXT, at=_TEXT, quote=_TEXT, target=quantity, unit=_MAYBE, match=match, note=_MAYBE)),
        not_mentioned=_rows(_TEXT),
        tasks=_rows(
            _record(
                "任务分工表的一行", id=_TEXT, number=_NUMBER, text=_TEXT, lead=_rows(_TEXT), lead_agencies=agencies,
                responsible=_rows(_TEXT), responsible_agencies=agencies, lines=lines,
            )
        ),
        measures={"anyOf": [{"type": "null"}, mapping]}, task_concepts={"anyOf": [{"type": "null"}, mapping]},
        duties=_rows(_record("正文和专栏里写到的单位", at=_TEXT, written=_TEXT, agency=_TEXT, role={"enum": ["leads", "joins", "named"]}, quote=_TEXT, note=_MAYBE)),
        figures=_rows(
            _record(
                "规划里的一个数：value 照录，number 是换算成的数值，kind 是承诺、前几年做到的、条件或基本情况。",
                id=_TEXT, at=_TEXT, quote=_TEXT, what=_TEXT, value=_TEXT, number={"type": ["number", "null"]}, op=_TEXT, unit=_TEXT,
                every=_MAYBE, by=_MAYBE, before=_MAYBE, within=_MAYBE, kind={"enum": [kind.value for kind in FigureKind]}, topic=_TEXT, note=_MAYBE,
            )
        ),
        errata=_rows(
            _record("疑误", id=_TEXT, at=_TEXT, lines=lines, found=_TEXT, reading=_TEXT, certainty={"enum": ["certain", "likely", "unsure"]}, kind=_TEXT, why=_TEXT)
        ),
        remarks=_rows(_record("编者注", id=_TEXT, at=_rows(_TEXT), text=_TEXT)),
        source=_record("收到的原文", file=_TEXT, sha256={"type": "string", "pattern": "^[0-9a-f]{64}$"}, encoding=_TEXT),
        license=_TEXT,
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "残疾人保障和发展规划",
        "$defs": {"heading": node}, **top,
    }
