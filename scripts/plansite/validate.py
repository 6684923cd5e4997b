"""Rules over a catalogue: each is a generator of problems and has an id for life.

What is wrong with the form of a file (keys, types, dates, ids) is told by schema.py when it is
read. The rules here look at what the data says.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator

from . import coverage, districts
from .catalogue import Catalogue
from .folder import PlanFolder
from .model import Absence, Box, Certainty, Element, Fact, Heading, Match, Plan, Table, squeeze
from .problems import Problem
from .validate_claims import CLAIM_RULES
from .vocabulary import Level
from .words import short

PlanRule = Callable[[Catalogue, PlanFolder, Plan], Iterator[Problem]]


def problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Everything that is wrong with the data, all plans and registries."""
    yield from of_registries(catalogue, {folder.name for folder in catalogue.folders})
    for folder in catalogue.folders:
        yield from of_plan(catalogue, folder)


def of_registries(catalogue: Catalogue, folders: Collection[str]) -> Iterator[Problem]:
    """What is wrong beside the plans, of which only the names of their `folders` count."""
    yield from catalogue.problems
    for rule in REGISTRY_RULES:
        yield from rule(catalogue)
    yield from asked_pairs(catalogue, folders)


def of_plan(catalogue: Catalogue, folder: PlanFolder) -> Iterator[Problem]:
    """What is wrong with one plan; no other plan matters."""
    yield from folder.problems
    # What was left out would be missed in many places; its own problem comes first.
    if folder.plan and folder.whole:
        for rule in PLAN_RULES:
            yield from rule(catalogue, folder, folder.plan)


# --- the folder and its source --------------------------------------------------------------


def region(catalogue, folder, plan):
    """The region is in the registry, and the folder is named after it and the period."""
    known = catalogue.vocabulary.regions.get(plan.region)
    if known is None:
        yield folder.problem("region", "region", f"没有行政区划代码“{plan.region}”。", "在 data/regions.yml 里查正确的六位代码。")
    elif folder.name != f"{known.slug}-{plan.period.slug}":
        yield folder.problem(
            "region", "folder", f"文件夹名“{folder.name}”和地区、规划期对不上。", f"文件夹改名为“{known.slug}-{plan.period.slug}”。"
        )
    if plan.period.start > plan.period.end:
        yield folder.problem("period", "period", "规划期的开始年晚于结束年。", "对调 start 和 end。")


def source(catalogue, folder, plan):
    """source.txt is byte for byte what was received."""
    if folder.document and folder.document.sha256 != plan.source.sha256:
        yield folder.problem(
            "source", "sha256", "source.txt 和收到时不一样：校验值对不上。",
            f"恢复收到的原文。确实换了新的原文，才把 sha256 改为 {folder.document.sha256}。",
        )


def text_coverage(catalogue, folder, plan):
    """The coverage rule: nothing of the source is lost, added or changed."""
    if folder.document is None:
        return
    for found in coverage.compare(plan, folder.document):
        if isinstance(found, coverage.WrongLines):
            yield folder.problem(
                found.element, "lines", f"“{found.element}”写的来源行号是 {found.claims}，实际在第 {found.found} 行。", f"把 lines 改为 {found.found}。"
            )
            continue
        where = f"“{short(found.context)}”之后（source.txt 第 {found.line} 行）"
        if found.has and found.wants:
            wrong = f"{where}数据写“{short(found.has)}”，来源是“{short(found.wants)}”。"
        elif found.has:
            wrong = f"{where}数据多了“{short(found.has)}”，来源没有。"
        else:
            wrong = f"{where}数据少了“{short(found.wants)}”。"
        yield folder.problem(
            found.element, "coverage", wrong, "照来源改正这里的文字。来源本身有错也要照录，把正确的写进 errata.yml；不是正文的写进 errata.yml 的 furniture。"
        )



def furniture(catalogue, folder, plan):
    """Furniture names characters that are there."""
    if folder.document is None:
        return
    lines = folder.document.lines
    for thing in plan.furniture:
        for run in thing.lines:
            for number in range(run.first, run.last + 1):
                text = lines[number - 1] if number <= len(lines) else ""
                if not text.strip() or (thing.text and thing.text not in text):
                    what = f"“{thing.text}”" if thing.text else "文字"
                    yield folder.problem(thing.id, "furniture", f"source.txt 第 {number} 行没有{what}。", "核对行号和要去掉的字符。")


# --- the text ---------------------------------------------------------------------------------


def structure(catalogue, folder, plan):
    """Ids tell the structure: a heading's parent stands before it, a paragraph is below its heading."""
    open_headings: set[str] = set()
    for block in plan.parts.get("plan", ()):
        if isinstance(block, Table | Box):
            continue
        parent = block.id.rpartition(".")[0]
        if parent and parent not in open_headings:
            yield folder.problem(
                block.id, "structure", f"“{block.id}”应当在标题“{parent}”下面，前面却没有这个标题。", "改编号，或者把这一段移到那个标题下面。"
            )
        if isinstance(block, Heading):
            open_headings = {h for h in open_headings if h.count(".") < block.level - 1 or not h.startswith("c")}
            open_headings.add(block.id)
    for box in plan.boxes:
        if box.table is None and not box.items:
            yield folder.problem(box.id, "structure", f"专栏“{box.label}”里什么也没有。", "补上 items 或 table。")


def topics(catalogue, folder, plan):
    """Every heading and box has a topic of the registry."""
    for block in plan.blocks():
        if not isinstance(block, Heading | Box):
            continue
        if block.topic is None:
            yield folder.problem(block.id, "topic", f"“{block.label}”还没有主题。", "加一行“topic: …”，从 data/vocabulary/topics.yml 里选。")
        elif block.topic not in catalogue.vocabulary.topics:
            yield folder.problem(block.id, "topic", f"没有主题“{block.topic}”。", "从 data/vocabulary/topics.yml 里选一个 id。")


def numbering(catalogue, folder, plan):
    """Boxes, items, indicators and tasks are numbered without gaps, unless an erratum says so."""
    runs: list[tuple[str, list[Element]]] = [
        ("专栏", list(plan.boxes)), ("指标", list(plan.indicators)), ("任务", list(plan.tasks)),
    ]
    for box in plan.boxes:
        for group, items in box.grouped():
            runs.append((group.label if group else box.label, [item for item in items if item.number]))
    excused = {e.at for e in plan.errata if e.kind == "numbering"}
    for name, run in runs:
        for expected, element in enumerate(run, 1):
            ordinal = element.number if isinstance(element, Box) else element.ordinal
            if ordinal != expected and element.id not in excused:
                yield folder.problem(
                    element.id, "numbering", f"{name}里编号应当是 {expected}，这里是“{ordinal}”。",
                    "对照来源：录错了就改正；来源本身跳号，在 errata.yml 里记一条 kind: numbering。",
                )
                break


def tables(catalogue, folder, plan):
    """Rows have a table in the text, a table has rows, and its columns hold keys that exist."""
    found = Counter()
    for block in plan.blocks():
        table = block if isinstance(block, Table) else block.table if isinstance(block, Box) else None
        if table is None:
            continue
        found[table.table] += 1
        allowed = {"indicators": {"number", "label", "unit_cell", "baseline", "target", "nature"}, "tasks": {"number", "text", "lead", "responsible"}}
        for column in table.columns:
            for key in set(column.holds) - allowed[table.table]:
                yield folder.problem(table.id, "table", f"表格的列“{column.header}”放的“{key}”不是这种表的键。", f"只能放：{'、'.join(sorted(allowed[table.table]))}。")
        if not plan.rows(table):
            yield folder.problem(table.id, "table", "正文里有这张表，却没有任何一行。", f"在 {table.table}.yml 里录入各行。")
    for kind, rows in (("indicators", plan.indicators), ("tasks", plan.tasks)):
        if rows and found[kind] != 1:
            yield folder.problem(f"{kind}.yml", "table", f"{kind}.yml 有 {len(rows)} 行，text.yml 里却有 {found[kind]} 张这种表。", "在 text.yml 里，来源放表的地方写一张 table。")


# --- what refers to the text ------------------------------------------------------------------


def references(catalogue, folder, plan):
    """Whatever names an element by id names one that exists."""
    facts = {key: value for key in _FACTS if isinstance(value := getattr(plan, key), Fact)}
    named = [(key, fact.at) for key, fact in facts.items()]
    named += [("legal_bases", basis.at) for basis in plan.legal_bases]
    named += [("mentions", mention.at) for mention in plan.mentions]
    named += [(erratum.id, erratum.at) for erratum in plan.errata]
    named += [(remark.id, at) for remark in plan.remarks for at in remark.at]
    for owner, at in named:
        if at not in plan.elements:
            yield folder.problem(owner, "reference", f"“{owner}”指向“{at}”，没有这个编号。", "改为 text.yml、indicators.yml 或 tasks.yml 里有的编号。")
    for box in plan.boxes:
        groups = {group.id for group in box.groups}
        for item in box.items:
            if item.group and item.group not in groups:
                yield folder.problem(item.id, "reference", f"专栏里没有分组“{item.group}”。", "改为这个专栏 groups 里有的编号。")


_FACTS = (
    "title", "document_number", "issuer", "addressees", "signed", "printed", "published", "index_number", "openness", "copied_to",
)
_DATES = ("signed", "printed", "published")


def facts(catalogue, folder, plan):
    """A fact stands in the block that it gives as its evidence."""
    for key in _FACTS:
        fact = getattr(plan, key)
        element = plan.elements.get(fact.at) if isinstance(fact, Fact) else None
        if element is None:
            continue
        shown = squeeze(_read(plan, element))
        forms = {squeeze(fact.value)}
        if key in _DATES:
            year, month, day = fact.value.split("-")
            forms |= {f"{year}年{int(month)}月{int(day)}日", f"{year}年{month}月{day}日"}
        if not any(form in shown for form in forms):
            yield folder.problem(key, "fact", f"“{key}”的值“{fact.value}”在“{fact.at}”里找不到。", "核对值，或者把 at 改为写着它的那一段。")
    for basis in plan.legal_bases:
        element = plan.elements.get(basis.at)
        if element and not all(squeeze(part) in squeeze(_read(plan, element)) for part in (basis.title, basis.number or "")):
            yield folder.problem("legal_bases", "fact", f"依据“{basis.title}”在“{basis.at}”里找不到。", "照录来源里的名称和文号。")
    dates = [getattr(plan, key).value for key in ("signed", "printed") if isinstance(getattr(plan, key), Fact)]
    if dates != sorted(dates):
        yield folder.problem("printed", "dates", "印发日期早于成文日期。", "核对 signed 和 printed。")


def _read(plan: Plan, element: Element) -> str:
    """The text of an element with its certain errata applied."""
    text = element.text_as_read
    for erratum in plan.errata_at.get(element.id, ()):
        if erratum.certainty is Certainty.CERTAIN:
            text = text.replace(erratum.found, erratum.reading)
    return text


def quotes(catalogue, folder, plan):
    """The quote of a mention stands in its clause, and its figure in the quote."""
    for mention in plan.mentions:
        element = plan.elements.get(mention.at)
        if element and squeeze(mention.quote) not in squeeze(element.text_as_read):
            yield folder.problem("mentions", "quote", f"“{mention.concept}”的引文“{short(mention.quote)}”在“{mention.at}”里找不到。", "照录那一段里的原话。")
        if not isinstance(mention.target, Absence) and squeeze(mention.target) not in squeeze(mention.quote):
            yield folder.problem("mentions", "quote", f"“{mention.concept}”的数“{mention.target}”不在它的引文里。", "引文要包括这个数。")


def errata(catalogue, folder, plan):
    """What an erratum found stands once in its element, on its lines."""
    for erratum in plan.errata:
        element = plan.elements.get(erratum.at)
        if element is None:
            continue
        if erratum.kind in ("split", "spacing"):
            hits = squeeze(element.text_as_read).count(squeeze(erratum.found))
        else:
            hits = sum(text.count(erratum.found) for _, text in element.fields())
        if hits != 1:
            yield folder.problem(
                erratum.id, "erratum", f"“{erratum.found}”在“{erratum.at}”里出现 {hits} 次，应当正好一次。", "多写前后几个字，让它只出现一次；或者改 at。"
            )
        if not (element.lines.first <= erratum.lines.first and erratum.lines.last <= element.lines.last):
            yield folder.problem(erratum.id, "erratum", f"行号 {erratum.lines} 不在“{erratum.at}”的第 {element.lines} 行里。", "核对行号。")
        if erratum.certainty is Certainty.CERTAIN and erratum.kind != "split" and erratum.found == erratum.reading:
            yield folder.problem(erratum.id, "erratum", "把握写的是很大，应作却和来源一样。", "写出应作什么，或者把 certainty 改为 unsure。")


def concepts(catalogue, folder, plan):
    """Each canonical indicator is accounted for once: a row, a mention, or a reason for its absence."""
    known = catalogue.vocabulary.indicators
    seen: Counter[str] = Counter()
    for row in plan.indicators:
        if (row.concept is None) != (row.match is Match.NONE):
            yield folder.problem(row.id, "concept", "concept 和 match 对不上：有 concept 就要写 match: same 或 close。", "补上缺的一行；没有对应的通用指标，两行都不写。")
        if row.concept:
            seen[row.concept] += 1
            if row.concept not in known:
                yield folder.problem(row.id, "concept", f"没有通用指标“{row.concept}”。", "从 data/vocabulary/indicators.yml 里选一个 id。")
        if row.match is Match.CLOSE and not row.note:
            yield folder.problem(row.id, "concept", "match 是 close（相近），要说明差在哪里。", "加一行“note: …”。")
    for key, names in (
        ("mentions", [m.concept for m in plan.mentions]),
        ("not_mentioned", plan.not_mentioned),
        ("not_applicable", plan.not_applicable),
    ):
        for name in names:
            seen[name] += 1
            if name not in known:
                yield folder.problem(key, "concept", f"没有通用指标“{name}”。", "从 data/vocabulary/indicators.yml 里选一个 id。")
    for name, times in seen.items():
        if times > 1 and name in known:
            yield folder.problem("mentions", "concept-twice", f"通用指标“{known[name].name}”用了 {times} 次。", "一份规划里一个通用指标只对应一处，选最准的。")
    missing = [concept.name for id, concept in known.items() if id not in seen]
    if missing:
        yield folder.problem(
            "plan.yml", "not-entered", f"有 {len(missing)} 项通用指标还没有核对：{'、'.join(missing)}。",
            "在 mentions 里写引文，或者列进 not_mentioned；没有核对的，网页上写“尚未录入”。", notice=True,
        )


def agencies(catalogue, folder, plan):
    """Every agency of a task is in the registry."""
    if plan.region not in catalogue.vocabulary.regions:
        return
    for task in plan.tasks:
        for key in ("lead", "responsible"):
            for party in catalogue.parties(plan, getattr(task, key)):
                if party.agency is None:
                    yield folder.problem(
                        task.id, "agency", f"不认识单位“{party.written}”。",
                        "录错了就改正；是新的单位或新的写法，加进 data/vocabulary/agencies.yml。",
                    )


# --- registries -------------------------------------------------------------------------------


def region_registry(catalogue):
    regions = catalogue.vocabulary.regions
    slugs: dict[str, str] = {}
    for code, region in regions.items():
        file, line = catalogue.places["regions", code]
        if other := slugs.get(region.slug):
            yield Problem(file, line, "slug", f"“{region.name}”的 slug“{region.slug}”和 {other} 重复。", "前面加上级的 slug。")
        slugs.setdefault(region.slug, code)
        parent = regions.get(region.parent) if region.parent else None
        if (region.level is not Level.PROVINCE) and parent is None:
            yield Problem(file, line, "parent", f"“{region.name}”的上级“{region.parent or '空'}”不存在。", "填上级的六位代码。")


def word_registries(catalogue):
    vocabulary = catalogue.vocabulary
    for id, topic in vocabulary.topics.items():
        if topic.parent and topic.parent not in vocabulary.topics:
            yield Problem(*catalogue.places["topics", id], "parent", f"主题“{id}”的上级“{topic.parent}”不存在。", "改为有的主题。")
    for registry, id, concept in ((name, id, one) for name in ("indicators", "measures", "tasks") for id, one in getattr(vocabulary, name).items()):
        if concept.topic not in vocabulary.topics:
            yield Problem(*catalogue.places[registry, id], "topic", f"没有主题“{concept.topic}”。", "从 data/vocabulary/topics.yml 里选一个 id。")
    words: dict[str, str] = {}
    for id, term in vocabulary.glossary.items():
        for word in (term.term, *term.aliases):
            if words.setdefault(word, id) != id:
                yield Problem(*catalogue.places["glossary", id], "alias", f"词语“{word}”已经归“{words[word]}”。", "一个写法只归一个词语，删掉一处。")
    aliases: dict[str, str] = {}
    for id, agency in vocabulary.agencies.items():
        for alias in agency.aliases:
            if aliases.setdefault(alias, id) != id:
                yield Problem(*catalogue.places["agencies", id], "alias", f"单位写法“{alias}”已经归“{aliases[alias]}”。", "一个写法只能归一个单位，删掉一处。")


def asked_pairs(catalogue, folders):
    """Pairs of texts are asked for within one province: more would grow with the square of the plans."""
    provinces = {region.slug: code[:2] for code, region in catalogue.vocabulary.regions.items()}
    for (one, other), line in catalogue.asked_pairs.items():
        missing = [name for name in dict.fromkeys((one, other)) if name not in folders]
        for name in missing:
            yield Problem("data/pairs.yml", line, "reference", f"没有规划“{name}”。", "写 data/plans 里的文件夹名，例如 jiangjin-2021-2025。")
        # A folder without a known district is a problem of its plan.
        if not missing and provinces.get(districts.name(one)) != provinces.get(districts.name(other)):
            yield Problem("data/pairs.yml", line, "region", f"“{one}”和“{other}”不在一个省。", "逐句比只在同一个省里做，删掉这一对。")


REGISTRY_RULES = (region_registry, word_registries)
PLAN_RULES: tuple[PlanRule, ...] = (
    region, source, text_coverage, furniture, structure, topics, numbering, tables,
    references, facts, quotes, errata, concepts, agencies, *CLAIM_RULES,
)
