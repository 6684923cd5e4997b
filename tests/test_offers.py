"""What the plans give to whom: every offer under its audiences and needs, in plain words that say what they are."""

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
