"""Facts about the document, each with the block that shows it."""

import re

from ..model import squeeze
from . import marks

_BASIS = re.compile(r"《([^《》]*(?:《[^《》]*》[^《》]*)*)》(?:[（(]([^（）()]*〔\d{4}〕\s*\d+\s*号)[)）])?")


def facts(parts: dict[str, list[dict]], doubts: list[tuple[int, str]]) -> dict:
    """The keys of plan.yml that the text itself gives; what it does not state is not_mentioned."""
    blocks = [block for part in ("notice", "colophon") for block in parts[part]]
    role = {}
    for block in blocks:
        role.setdefault(block.get("role"), block)
    entries = {block["entry"]: block for block in blocks if "entry" in block and block.get("text")}
    title = next((b for b in parts["plan"] if b.get("role") == "title"), None) or role.get("title")
    found = {
        "title": _fact(_title(title["text"]), title) if title else None,
        "document_number": _either(role.get("number"), entries.get("发文字号"), squeeze),
        "issuer": _either(role.get("signature"), entries.get("发布机构"), squeeze),
        "addressees": _either(role.get("addressees"), None, lambda text: text.rstrip("：:")),
        "signed": _date(role.get("date")) or _date(entries.get("成文日期")),
        "printed": _date(role.get("printed")),
        "published": _date(entries.get("发布日期")),
        "index_number": _either(entries.get("索引号"), None, str),
        "openness": _either(role.get("openness"), None, lambda text: text.strip("（）()")),
        "copied_to": _either(role.get("copied"), None, lambda text: marks.COPIED.sub("", text).rstrip("。")),
    }
    if role.get("date") and not _date(role["date"]):
        doubts.append((role["date"]["lines"][0], f"落款日期“{role['date']['text']}”读不出年月日，请看原文补正。"))
    if found["title"] is None:
        doubts.append((1, "没有找到规划的标题，请在 plan.yml 里补上。"))
        first = next(block for part in parts.values() for block in part)
        found["title"] = _fact(first.get("text") or first.get("heading") or "", first)
    bases = [row for block in _preamble(parts["plan"]) for row in _bases(block)]
    return {key: value or "not_mentioned" for key, value in found.items()} | ({"legal_bases": bases} if bases else {})


def is_draft(parts: dict[str, list[dict]]) -> bool:
    return any(block.get("role") == "subtitle" and marks.DRAFT.match(squeeze(block["text"])) for block in parts["plan"])


def _title(text: str) -> str:
    inner = re.search(r"印发《?(.+?)》?的通知$", squeeze(text))
    return inner[1] if inner else squeeze(text)


def _fact(value: str, block: dict) -> dict:
    return {"value": value, "at": block["id"]}


def _either(block: dict | None, other: dict | None, clean) -> dict | None:
    block = block or other
    return _fact(clean(block["text"]), block) if block else None


def _date(block: dict | None) -> dict | None:
    if not block:
        return None
    if found := marks.DATE.search(block["text"]):
        year, month, day = map(int, found.groups())
        return _fact(f"{year:04}-{month:02}-{day:02}", block)
    return _fact(block["text"], block) if re.fullmatch(r"\d{4}-\d\d-\d\d", block["text"]) else None


def _preamble(plan: list[dict]) -> list[dict]:
    found = []
    for block in plan:
        if "heading" in block:
            break
        if block.get("text") and not block.get("role"):
            found.append(block)
    return found


def _bases(block: dict) -> list[dict]:
    rows = []
    for match in _BASIS.finditer(block["text"]):
        row = {"title": match[1], "at": block["id"]}
        rows.append(row | ({"number": squeeze(match[2])} if match[2] else {}))
    return rows
