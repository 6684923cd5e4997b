"""What the plans give to whom: every offer under its audiences and needs, in plain words that say what they are."""

import csv
import json
import re

import pytest

from plansite import offers, places
from plansite.derived import Derived
from plansite.model import squeeze


@pytest.fixture(scope="module")
def found(catalogue) -> list[offers.Entry]:
    return Derived(catalogue).offers


def text(page) -> str:
    return squeeze("".join(page.xpath("//main")[0].itertext()))


def told(page, id: str) -> list[tuple[str, str]]:
    """(plain sentence, the plan's words) of the offers under a heading."""
    items = page.xpath(f"//h2[@id='{id}']/following-sibling::ul[1]/li")
    return [(squeeze("".join(li.xpath("./p[1]")[0].itertext())), squeeze("".join(li.xpath(".//div[@class='ev']/p[1]")[0].itertext()))[1:-1]) for li in items]


def test_every_plan_says_to_whom(found, catalogue):
    assert {entry.plan.id for entry in found} == {plan.id for plan in catalogue.current} and len(found) > 700


@pytest.mark.parametrize("kind", ["audiences", "needs"])
def test_every_offer_stands_under_each_of_its_words(kind, found, catalogue, documents):
    for label in getattr(catalogue.vocabulary, kind).values():
        entries = [entry for entry in found if label.id in getattr(entry.offer, kind)]
        if not entries:
            assert places.offers(kind, label) not in documents
            continue
        page = documents[places.offers(kind, label)]
        for plan in {entry.plan.id: entry.plan for entry in entries}.values():
            expected = [(squeeze(entry.offer.plain), squeeze(entry.text).lstrip("－—-")) for entry in entries if entry.plan is plan]
            assert told(page, catalogue.region(plan).slug) == expected, (label.id, plan.id)


def test_every_audience_of_a_plan_has_its_page(found, catalogue, documents):
    """All that the plan gives to it, each under all of its needs, with the plan's words and who does it; and the way there."""
    for plan in catalogue.current:
        at = places.PlanPlaces(plan, catalogue.region(plan))
        home = documents[places.district(catalogue.region(plan))]
        for label in catalogue.vocabulary.audiences.values():
            entries = [entry for entry in found if entry.plan is plan and label.id in entry.offer.audiences]
            url = at.audience(label)
            assert (url in documents) == bool(entries)
            assert bool(home.xpath(f"//main//a[contains(@href, '/for-{label.id}.html')]")) == bool(entries)
            for need in catalogue.vocabulary.needs.values() if entries else ():
                expected = [(squeeze(entry.offer.plain), squeeze(entry.text).lstrip("－—-")) for entry in entries if need.id in entry.offer.needs]
                assert told(documents[url], f"need-{need.id}") == expected, (url, need.id)


def test_who_does_it_is_what_the_plan_says(found, catalogue, documents):
    """From the files: the row of the table of tasks with its agencies as written, the bodies of the same clause; else that the plan is silent."""
    for plan in catalogue.current:
        page = documents[places.PlanPlaces(plan, catalogue.region(plan)).page("easy-read")]
        shown = {squeeze("".join(li.xpath("./p[1]")[0].itertext())): squeeze("".join(li.xpath(".//div[@class='ev']")[0].itertext())) for li in page.xpath("//main//li[details]")}
        rows = {task.id: task for task in plan.tasks}
        for offer in plan.offers:
            words = shown[squeeze(offer.plain)]
            for id in offer.tasks:
                assert f"任务分工表第{rows[id].ordinal}项：" in words and squeeze(rows[id].lead or "") .replace("，", "、") in words.replace("，", "、"), (plan.id, offer.plain)
            assert all(squeeze(name) in words for name in offer.who)
            assert ("规划没有写明由谁做" in words) == (not offer.tasks and not offer.who), (plan.id, offer.plain)
    assert sum(bool(entry.doers) for entry in found) > 200


def test_where_to_ask_stands_with_its_sentence(catalogue, documents):
    """Each number with the sentence of the very plan, and nothing where the plan names none."""
    for plan in catalogue.current:
        source = squeeze("".join(words for _, _, words in plan.pieces))
        for url in (name for name in documents if name.startswith(f"districts/{catalogue.region(plan).slug}/") and re.search("/(for-|easy-read)", name)):
            items = documents[url].xpath("//h2[@id='ask']/following-sibling::*[1]/li")
            numbers = [squeeze(item.text).removeprefix("规划里写的号码：") for item in items]
            assert numbers == [number for number in ("12345", "12385") if number in source], url
            for number, item in zip(numbers, items, strict=True):
                quotes = [squeeze(one.text)[1:-1] for one in item.xpath("./div/p[1]")]
                assert quotes and all(number in quote and quote in source for quote in quotes), url


def test_plain_words_stand_beside_the_official_text(catalogue, documents):
    """Below each element its own sentences, marked, apart from the element's text."""
    for plan in catalogue.current:
        at = places.PlanPlaces(plan, catalogue.region(plan))
        count = 0
        for id, sentences in plan.plain_at.items():
            url, _, anchor = at.element(id).partition("#")
            marked = documents[url].xpath(f"//*[@id='{anchor}']/following-sibling::*[not(@class='note')][1][@class='easy'] | //li[@id='{anchor}']//p[@class='easy']")
            if marked:
                assert squeeze("".join(marked[0].itertext())) == "非官方易读文字：" + squeeze("".join(sentences)), id
                count += 1
        assert count > 40, plan.id


def test_the_plain_edition_has_summary_offers_and_targets(found, catalogue, documents):
    for plan in catalogue.current:
        page = documents[places.PlanPlaces(plan, catalogue.region(plan)).page("easy-read")]
        words = text(page)
        assert "非官方易读文字" in words and len(plan.easy_summary) <= 12
        assert all(squeeze(sentence) in words for sentence in plan.easy_summary)
        assert all(squeeze(entry.offer.plain) in words for entry in found if entry.plan is plan)
        assert {one.at for one in plan.easy_indicators} == {row.id for row in plan.indicators}
        assert all(squeeze(one.plain) in words for one in plan.easy_indicators)


def test_a_promise_of_work_is_no_decision_on_a_case(documents):
    for url, page in documents.items():
        if url.startswith("for/") or url.endswith("easy-read.html"):
            words = text(page)
            assert "不是对某个人待遇的决定" in words and "已经结束" in words and "求助热线" in words, url
            assert not re.search("您有权|有权得到|一定能", words), url


def test_plain_sentences_are_short_and_without_jargon(found, catalogue):
    """On average 15 characters between marks; words of offices only where a name or a term has them."""
    clauses = [clause for entry in found for clause in re.split("[，。；：！？、]", entry.offer.plain) if clause]
    assert sum(map(len, clauses)) / len(clauses) <= 12 and max(map(len, clauses)) <= 25
    jargon = re.compile("贯彻|统筹推进|着力|抓手|机制|体系|兜底|夯实|赋能|健全完善")
    heavy = [entry.offer.plain for entry in found if jargon.search(entry.offer.plain)]
    assert len(heavy) <= len(found) * 0.01, heavy


def test_offers_lead_to_their_clause(documents):
    ids = {url: {node.get("id") for node in page.iter() if node.get("id")} for url, page in documents.items()}
    for link in documents["for/hearing.html"].xpath("//div[@class='ev']//a/@href"):
        url, _, anchor = link.removeprefix("../").partition("#")
        assert anchor in ids[url]


def test_the_download_says_what_the_pages_say(found, catalogue, site):
    """CSV and JSON have each offer with its words in Chinese."""
    rows = json.loads((site / "data" / "offers.json").read_text(encoding="utf-8"))
    with (site / "data" / "offers.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(rows) == len(table) == len(found)
    for row, line, entry in zip(rows, table, found, strict=True):
        assert (row["plan"], row["plain"], row["text"], row["at"]) == (entry.plan.id, entry.offer.plain, entry.text, entry.offer.at)
        assert line["给谁"] == row["audiences"] == "、".join(catalogue.vocabulary.audiences[id].name for id in entry.offer.audiences)
        assert line["由谁做"] == (row["doers"] or "") == "".join(sentence for sentence, _ in entry.doers)
