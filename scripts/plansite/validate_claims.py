"""Rules over what we say of a plan: mappings to canonical measures and tasks, duties of agencies, figures, offers, plain words."""

import re
from collections.abc import Iterator

from .model import Element, Figure, Heading, Mapping, Match, Plan, SetAside, squeeze
from .words import short

# Numbers that count nothing wherever they stand: years and dates, document numbers, help lines, numbers of lists.
_NO_FIGURE = re.compile(
    r"〔\d{4}〕\s*\d+号|(?:19|20)\d\d\s*(?:[-－—―～~至]+\s*(?:19|20)?\d\d\s*)?年(?:\d+月)?(?:\d+日)?|(?:19|20)\d\d\s*[-－—―]+\s*(?:19|20)\d\d"
    r"|12385|12345|110|119|120|^\s*\d+\s*[.．、](?!\d)|[（(]\d+[)）]|专栏\s*\d+"
)
_NUMBER = re.compile(r"\d+(?:[.．]\d+)?")
_CLAUSE_END = re.compile(r"[，。；：！？、]")
_NAME = re.compile("“([^”]+)”")
_COUNTED_KEYS = {"text", "name"}


def mappings(catalogue, folder, plan):
    """Each mapping leads from an element of the plan to a concept of the registry, with its words where they are not the whole."""
    kinds = (
        ("measures", plan.measure_mapping, catalogue.vocabulary.measures, [item for _, item in plan.measures], "专栏项目"),
        ("tasks", plan.task_mapping, catalogue.vocabulary.tasks, plan.tasks, "任务"),
    )
    for kind, mapping, concepts, elements, name in kinds:
        if mapping is None:
            if elements:
                yield folder.problem(
                    "mappings.yml", "not-mapped", f"还没有说明 {len(elements)} 个{name}各是什么。",
                    "写在 mappings.yml 里；没有写的，网页上写“尚未录入”。", notice=True,
                )
            continue
        yield from _mapping(folder, plan, kind, mapping, concepts, {element.id for element in elements}, name)


def _mapping(folder, plan: Plan, kind: str, mapping: Mapping, concepts: dict, whole: set[str], name: str) -> Iterator:
    for one in mapping.found:
        where = f"{kind} 里的“{one.at}”"
        element = plan.elements.get(one.at)
        if element is None:
            yield folder.problem("mappings.yml", "mapping", f"{where}：规划里没有这个编号。", "照抄 text.yml 或 tasks.yml 里的 id。")
            continue
        if one.concept not in concepts:
            yield folder.problem("mappings.yml", "mapping", f"{where}：没有“{one.concept}”。", f"从 data/vocabulary/{kind}.yml 里选一个 id。")
        if one.match is Match.NONE:
            yield folder.problem("mappings.yml", "mapping", f"{where}：match 不能写 none。", "写 same 或 close；不是同一类的，写进 unmapped。")
        if one.match is Match.CLOSE and not one.note:
            yield folder.problem("mappings.yml", "mapping", f"{where}：match 是 close（相近），要说明差在哪里。", "加一行“note: …”。")
        if one.at not in whole and not one.quote:
            yield folder.problem("mappings.yml", "mapping", f"{where}不是{name}，要写出是哪句话。", "加一行“quote: …”，照录原话。")
        if one.quote and not _within(one.quote, element):
            yield folder.problem("mappings.yml", "quote", f"{where}的引文“{short(one.quote)}”在原文里找不到。", "照录那一段里的原话。")
    told = {one.at for one in (*mapping.found, *mapping.unmapped)}
    if left := sorted(whole - told):
        yield folder.problem(
            "mappings.yml", "not-mapped", f"有 {len(left)} 个{name}没有归类：{'、'.join(left)}。", "写进 found；不是一件具体的事，写进 unmapped 并说明原因。", notice=True,
        )
    found = {one.concept for one in mapping.found}
    for concept in mapping.not_mentioned:
        if concept not in concepts:
            yield folder.problem("mappings.yml", "mapping", f"{kind} 的 not_mentioned 里没有“{concept}”这个 id。", f"从 data/vocabulary/{kind}.yml 里选一个 id。")
        if concept in found:
            yield folder.problem("mappings.yml", "mapping", f"“{concept}”又在 found 里，又在 not_mentioned 里。", "写到了就从 not_mentioned 里删掉。")
    missing = [concept.name for id, concept in concepts.items() if id not in found and id not in mapping.not_mentioned]
    if missing:
        yield folder.problem(
            "mappings.yml", "not-entered", f"有 {len(missing)} 个通用{name}还没有核对：{'、'.join(missing)}。",
            "写进 found，或者列进 not_mentioned；没有核对的，网页上写“尚未录入”。", notice=True,
        )


def duties(catalogue, folder, plan):
    """A body is named where it is said to be, and is in the registry."""
    for duty in plan.duties:
        element = plan.elements.get(duty.at)
        if element is None:
            yield folder.problem("mappings.yml", "duty", f"duties 里的“{duty.at}”：规划里没有这个编号。", "照抄 text.yml 里的 id。")
            continue
        if duty.agency not in catalogue.vocabulary.agencies:
            yield folder.problem("mappings.yml", "duty", f"没有单位“{duty.agency}”。", "从 data/vocabulary/agencies.yml 里选一个 id。")
        if not _within(duty.quote, element):
            yield folder.problem("mappings.yml", "quote", f"“{duty.written}”的引文“{short(duty.quote)}”在“{duty.at}”里找不到。", "照录那一段里的原话。")
        elif squeeze(duty.written) not in squeeze(duty.quote):
            yield folder.problem("mappings.yml", "duty", f"引文里没有“{duty.written}”。", "引文要包括单位的名称。")


def figures(catalogue, folder, plan):
    """A figure stands in its quote, its quote in the plan; each number of the plan is a figure or said to be none."""
    told: dict[str, list[Figure | SetAside]] = {}
    for figure in plan.figures:
        element = plan.elements.get(figure.at)
        if element is None:
            yield folder.problem(figure.id, "figure", f"规划里没有编号“{figure.at}”。", "照抄 text.yml 或 tasks.yml 里的 id。")
            continue
        if not _within(figure.quote, element):
            yield folder.problem(figure.id, "quote", f"引文“{short(figure.quote)}”在“{figure.at}”里找不到。", "照录那一段里的原话。")
        if figure.value not in figure.quote:
            yield folder.problem(figure.id, "figure", f"数“{figure.value}”不在它的引文里。", "引文要包括这个数。")
        if figure.topic not in catalogue.vocabulary.topics:
            yield folder.problem(figure.id, "topic", f"没有主题“{figure.topic}”。", "从 data/vocabulary/topics.yml 里选一个 id。")
    if not plan.figures:
        yield folder.problem("figures.yml", "uncounted", "还没有整理规划里的数字。", "写在 figures.yml 里；没有写的，网页上写“尚未录入”。", notice=True)
        return
    for aside in plan.set_aside:
        element = plan.elements.get(aside.at)
        if element is None or not _within(aside.text, element):
            yield folder.problem("figures.yml", "figure", f"set_aside 的“{short(aside.text)}”在“{aside.at}”里找不到。", "照录那一段里的原话。")
    for one in (*plan.figures, *plan.set_aside):
        told.setdefault(one.at, []).append(one)
    for element, key, text in plan.pieces:
        if isinstance(element, Heading) or key not in _COUNTED_KEYS:
            continue
        for number in uncounted(text, told.get(element.id, [])):
            yield folder.problem(element.id, "uncounted", f"这里的数字“{number}”没有整理。", "写进 figures.yml 的 figures；不是数量的，写进 set_aside。", notice=True)


def uncounted(text: str, told: list[Figure | SetAside]) -> Iterator[str]:
    """The numbers of `text` that may count something and are neither the value of a figure nor set aside."""
    numbers = [(match.span(), match[0]) for match in _NUMBER.finditer(text)]
    if not numbers:
        return
    covered = [match.span() for match in _NO_FIGURE.finditer(text)]
    for one in told:
        words, inner = (one.quote, one.value) if isinstance(one, Figure) else (one.text, one.text)
        at = text.find(words)
        while at >= 0:
            first = at + words.find(inner)
            covered.append((first, first + len(inner)))
            at = text.find(words, at + len(words))
    for (start, end), number in numbers:
        if not any(first <= start and end <= last for first, last in covered):
            yield number


def offers(catalogue, folder, plan):
    """Each measure gives somebody something, in words of the closed vocabularies, or is said to give nothing."""
    if not plan.offers:
        if plan.measures:
            yield folder.problem("offers.yml", "not-offered", "还没有写每个专栏项目给谁什么。", "写在 offers.yml 里；没有写的，“我能得到什么”里没有这个地方。", notice=True)
        return
    vocabulary = catalogue.vocabulary
    tasks, duties = {task.id for task in plan.tasks}, {(duty.at, duty.written) for duty in plan.duties}
    for offer in plan.offers:
        element = plan.elements.get(offer.at)
        if element is None:
            yield folder.problem("offers.yml", "offer", f"规划里没有编号“{offer.at}”。", "照抄 text.yml 里的 id。")
            continue
        if offer.quote and not _within(offer.quote, element):
            yield folder.problem("offers.yml", "quote", f"“{offer.at}”的引文“{short(offer.quote)}”在原文里找不到。", "照录那一段里的原话。")
        for key in ("audiences", "needs", "kinds"):
            if not getattr(offer, key):
                yield folder.problem("offers.yml", "offer", f"“{offer.at}”的 {key} 是空的。", f"从 data/vocabulary/{key}.yml 里选，至少一个。")
            for id in getattr(offer, key):
                if id not in getattr(vocabulary, key):
                    yield folder.problem("offers.yml", "offer", f"“{offer.at}”的 {key} 里没有“{id}”这个词。", f"从 data/vocabulary/{key}.yml 里选一个 id。")
        yield from _plain(folder, "offers.yml", offer.at, offer.plain, element.text_as_read)
        for id in offer.tasks:
            if id not in tasks:
                yield folder.problem("offers.yml", "offer", f"“{offer.at}”的 tasks 里的“{id}”，任务分工表里没有。", "照抄 tasks.yml 里的 id。")
        for name in offer.who:
            if (offer.at, name) not in duties:
                yield folder.problem("offers.yml", "offer", f"“{offer.at}”的 who 里的“{name}”，mappings.yml 的 duties 里没有。", "照抄 duties 里同一个 at 的 written。")
    told = {one.at for one in (*plan.offers, *plan.giving_nothing)}
    if left := [item.id for _, item in plan.measures if item.id not in told]:
        yield folder.problem("offers.yml", "not-offered", f"有 {len(left)} 个专栏项目没有写给谁什么：{'、'.join(left)}。", "写进 offers；没有直接给谁什么的，写进 nothing 并说明原因。", notice=True)


def easy_read(catalogue, folder, plan):
    """Plain sentences are short, and their numbers are the plan's."""
    whole = "".join(text for _, _, text in plan.pieces)
    heads = str(plan.period.end) + "".join(column.header for box in plan.boxes if box.table for column in box.table.columns)
    if len(plan.easy_summary) > 12:
        yield folder.problem("easy-read.yml", "plain", f"摘要有 {len(plan.easy_summary)} 句。", "最多 12 句，留最要紧的。")
    for sentence in plan.easy_summary:
        yield from _plain(folder, "easy-read.yml", "summary", sentence, whole)
    for one in plan.easy_indicators:
        element = plan.elements.get(one.at)
        if element is None:
            yield folder.problem("easy-read.yml", "plain", f"规划里没有编号“{one.at}”。", "照抄 indicators.yml 里的 id。")
        else:
            yield from _plain(folder, "easy-read.yml", one.at, one.plain, element.text_as_read + heads)


LONGEST = 25  # characters between two marks of punctuation


def _plain(folder, file: str, at: str, sentence: str, source: str) -> Iterator:
    for clause in _CLAUSE_END.split(sentence):
        if len(clause) > LONGEST:
            yield folder.problem(file, "plain", f"“{at}”的易读句太长：“{short(clause)}”有 {len(clause)} 个字。", f"两个标点之间最多 {LONGEST} 个字，拆成短句。")
    if not sentence.endswith("。"):
        yield folder.problem(file, "plain", f"“{at}”的易读句没有句号。", "以“。”结尾。")
    for number in _NUMBER.findall(sentence):
        if number not in source:
            yield folder.problem(file, "plain", f"“{at}”的易读句里的数“{number}”，原文里没有。", "照原文写数。")
    for name in _NAME.findall(sentence):
        if name not in source and squeeze(name) not in squeeze(source):
            yield folder.problem(file, "plain", f"“{at}”的易读句里的“{name}”，原文里没有。", "引号里照抄原文。")


def _within(quote: str, element: Element) -> bool:
    text = element.text_as_read
    return quote in text or squeeze(quote) in squeeze(text)


CLAIM_RULES = (mappings, duties, figures, offers, easy_read)
