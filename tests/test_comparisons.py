"""Comparisons of measures, tasks, agencies and figures: table, sentences, CSV and JSON carry the same facts, and the facts are the plans'."""

import csv
import io
import json
import re

import pytest
import yaml
from conftest import ROOT

from plansite import measures
from plansite.align import fold
from plansite.derived import Derived
from plansite.model import Figure, FigureKind, Role, SetAside, squeeze
from plansite.validate_claims import uncounted


@pytest.fixture(scope="module")
def derived(catalogue) -> Derived:
    return Derived(catalogue)


def rows_of(page, id: str) -> list[list[str]]:
    """The body of a table, white space squeezed."""
    return [[squeeze("".join(cell.itertext())) for cell in row] for row in page.xpath(f"//div[@id='{id}']//tbody/tr")]


def sentences_of(page) -> list[str]:
    """What the folded lists of sentences say."""
    return [squeeze("".join(li.itertext())) for li in page.xpath("//main//details[starts-with(summary, '一句一句说')]/ul/li")]


def offered(site, name: str) -> tuple[list[dict], list[dict]]:
    """A comparison as CSV and as JSON, values as text."""
    table = list(csv.reader(io.StringIO((site / f"data/{name}.csv").read_text(encoding="utf-8-sig"))))
    rows = json.loads((site / f"data/{name}.json").read_text(encoding="utf-8"))
    return [dict(zip(rows[0], line, strict=True)) for line in table[1:]], [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]


@pytest.mark.parametrize("name", ["measures", "tasks", "agencies", "figures"])
def test_csv_is_json(name, site):
    table, rows = offered(site, name)
    assert table == rows and len(rows) > 100


@pytest.mark.parametrize("kind", ["measures", "tasks"])
def test_table_sentences_and_data_of_a_concept_are_the_same(kind, site, documents):
    _, rows = offered(site, kind)
    by_concept: dict[str, list[dict]] = {}
    for row in rows:
        by_concept.setdefault(row["concept"], []).append(row)
    for concept, told in by_concept.items():
        page = documents[f"{kind}/{concept}.html"]
        table, sentences = rows_of(page, "places"), sentences_of(page)
        assert len(table) == len(sentences) == len(told), concept
        for cells, sentence, row in zip(table, sentences, told, strict=True):
            place, said, text = squeeze(row["place"]), squeeze(row["said"]), squeeze(row["text"])
            assert cells[0].startswith(place) and sentence.startswith(f"{place}，{said}。"), (concept, place)
            assert cells[1] == said + squeeze(row["note"]), (concept, place)
            facts = [text, squeeze(row["where"]), squeeze(row["note"]), *(squeeze(row.get(key, "")) for key in ("lead", "responsible"))]
            whole = "".join(cells)
            assert all(fact in whole and fact in sentence for fact in facts), (concept, place)
            if kind == "tasks" and row["text"]:
                assert (cells[2], cells[3]) == (row["lead"] or "没有写", row["responsible"] or "没有写")


@pytest.mark.parametrize("kind", ["measures", "tasks"])
def test_the_matrix_says_what_the_pages_say(kind, documents, derived):
    page = documents[f"{kind}/index.html"]
    told = {}
    for view in page.xpath("//div[@class='tview']"):
        heads = [squeeze("".join(th.itertext())) for th in view.xpath(".//thead//th")]
        for row in view.xpath(".//tbody/tr"):
            cells = [squeeze("".join(cell.itertext())) for cell in row]
            told |= {(row.get("id"), head): text for head, text in zip(heads[1:], cells[1:], strict=True)}
    count = 0
    for overview in getattr(derived, kind):
        for stance in overview.stances:
            cell = told[overview.concept.id, stance.place]
            count += 1
            if not stance.statements or kind == "measures":
                assert cell == stance.words
            else:
                assert all(party.written in cell for one in stance.statements for party in (*one.lead, *one.responsible))
                assert cell.startswith("有差别。") is not stance.same
    assert count == len(told)


def test_agency_tables_sentences_and_data_are_the_same(site, documents):
    _, rows = offered(site, "agencies")
    for agency in {row["agency"] for row in rows}:
        page = documents[f"agencies/{agency}.html"]
        told = [row for row in rows if row["agency"] == agency]
        table = [[squeeze("".join(cell.itertext())) for cell in row] for row in page.xpath("//tbody/tr")]
        sentences = sentences_of(page)
        assert len(table) == len(sentences) == len(told), agency
        by_place = sorted(told, key=lambda row: row["region"])
        for cells, sentence, row in zip(table, sentences, by_place, strict=True):
            assert cells[1] == squeeze(row["written"]) and cells[2] == squeeze(row["role"] + row["note"]), agency
            for key in ("text", "where", "role", "note", "written"):
                assert squeeze(row[key]) in sentence, (agency, key)
            assert squeeze(row["text"]) in cells[3] and squeeze(row["where"]) in cells[3]


def test_figures_table_sentences_and_data_are_the_same(site, documents):
    _, rows = offered(site, "figures")
    page = documents["figures/index.html"]
    table = [[squeeze("".join(cell.itertext())) for cell in row] for row in page.xpath("//tbody/tr")]
    sentences = sentences_of(page)
    told = [row for row in rows if row["kind"] == "commitment"]
    assert len(table) == len(sentences) == len(told) > 100
    for cells, sentence, row in zip(table, sentences, told, strict=True):
        assert cells[0].startswith(squeeze(f"{row['what']}：{row['place']}")) and cells[1] == squeeze(row["words"] + row["note"])
        for key in ("what", "place", "words", "note", "text"):
            assert squeeze(row[key]) in sentence, (row, key)
        assert squeeze(row["text"].lstrip("－—-")) in cells[2]


def test_what_was_done_before_is_kept_apart(documents, catalogue):
    """No achievement stands among the commitments; each plan's page tells them apart by headings."""
    promised = squeeze("".join(documents["figures/index.html"].xpath("//main")[0].itertext()))
    done = [figure.quote for plan in catalogue.current for figure in plan.figures if figure.kind is FigureKind.ACHIEVEMENT]
    kept = {squeeze(figure.quote) for plan in catalogue.current for figure in plan.figures if figure.kind is FigureKind.COMMITMENT}
    assert len(done) > 50 and not [quote for quote in done if squeeze(quote) not in kept and squeeze(quote) in promised]
    page = documents["districts/wulong/2021-2025/figures.html"]
    assert [h2.get("id") for h2 in page.xpath("//main//h2")] == ["commitment", "achievement", "condition"]
    assert "不是承诺" in "".join(page.xpath("//h2[@id='achievement']/following-sibling::p[1]")[0].itertext())


# --- the claims, straight from the files --------------------------------------------------------------


def raw(plan: str, name: str):
    return yaml.load((ROOT / "data" / "plans" / plan / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def texts(node) -> dict[str, str]:
    """Every element of the raw YAML with its words, by id; nothing of plansite reads it."""
    found = {}
    if isinstance(node, dict):
        if "id" in node:
            found[node["id"]] = squeeze("".join(value for key, value in node.items() if isinstance(value, str) and key not in ("id", "lines", "topic", "group")))
        for value in node.values():
            found |= texts(value)
    elif isinstance(node, list):
        for value in node:
            found |= texts(value)
    return found


PLANS = sorted(path.name for path in (ROOT / "data" / "plans").iterdir())


@pytest.mark.parametrize("plan", PLANS)
def test_claims_rest_on_the_words_of_the_plan(plan):
    words = texts(raw(plan, "text.yml")) | (texts(raw(plan, "tasks.yml")) if (ROOT / "data/plans" / plan / "tasks.yml").exists() else {})
    mappings, numbers = raw(plan, "mappings.yml"), raw(plan, "figures.yml")
    claims = [*mappings["measures"]["found"], *mappings.get("tasks", {}).get("found", []), *mappings["duties"], *numbers["figures"]]
    assert len(claims) > 150
    for claim in claims:
        assert squeeze(claim.get("quote", "")) in words[claim["at"]], claim
    for number in numbers["figures"]:
        assert number["value"] in number["quote"]


@pytest.mark.parametrize("plan", PLANS)
def test_every_item_and_task_is_mapped_and_every_concept_accounted_for(plan):
    mappings = raw(plan, "mappings.yml")
    items = [item["id"] for block in raw(plan, "text.yml")["plan"] for item in block.get("items", [])]
    rows = [task["id"] for task in raw(plan, "tasks.yml")["tasks"]] if "tasks" in mappings else []
    for kind, wanted in (("measures", items), ("tasks", rows)):
        told = mappings.get(kind, {})
        assert set(wanted) <= {one["at"] for one in [*told.get("found", []), *told.get("unmapped", [])]}
        if wanted:
            concepts = {one["id"] for one in yaml.safe_load((ROOT / f"data/vocabulary/{kind}.yml").read_text(encoding="utf-8"))}
            assert {one["concept"] for one in told["found"]} | set(told.get("not_mentioned", [])) == concepts


def test_numbers_without_a_figure_are_found():
    figure = Figure("fig1", "p1", "建成3家", "基地", "3", "家", FigureKind.COMMITMENT, "employment")
    text = "到2025年建成3家，培训500人，拨打12385，见〔2021〕10号，（1）A级。"
    assert list(uncounted(text, [figure])) == ["500"]
    assert list(uncounted(text, [])) == ["3", "500"]
    assert list(uncounted("获得A5级", [SetAside("p1", "A5级", "名称")])) == []


@pytest.mark.parametrize(("value", "unit", "op", "more", "words", "number"), [
    ("3", "家", ">=", {"every": "year"}, "每年不少于 3 家", 3),
    ("75", "%", ">=", {"by": "2025"}, "到 2025 年不低于 75%", 75),
    ("2.4 万", "元", "<=", {}, "不超过 2.4万元", 24000),
    ("两", "名", "=", {}, "两名", 2),
    ("16—59", "周岁", "range", {}, "16 至 59 周岁", None),
    ("全覆盖", "文字", "=", {}, "“全覆盖”", None),
    ("1", "名", ">=", {"before": "2025"}, "2025 年前不少于 1 名", 1),
    ("16", "周岁", ">=", {}, "满 16 周岁", 16),
    ("一", "次", "=", {"every": "month"}, "每月一次", 1),
])
def test_figures_in_words(value, unit, op, more, words, number):
    figure = Figure("fig1", "p1", value, "事", value, unit, FigureKind.COMMITMENT, "employment", op, **more)
    assert (figure.words, figure.number) == (words, number)


# --- agencies -----------------------------------------------------------------------------------------


def test_names_lead_to_one_agency(derived):
    records = {record.agency.id: record for record in derived.agencies}
    assert {"区公安局", "区公安分局"} <= set(records["public-security"].names)
    second = [part for part in records["rural-revitalization"].parts if part.written == "区农业农村委（区乡村振兴局）"]
    assert second and all(part.place == "江津区" for part in second)
    foreign = [part for part in records["disabled-persons-federation"].parts if re.match(r"市残联|省残联", part.written) and part.place != "资阳市"]
    assert not foreign, "a body of another level is not the district's own"


def test_only_the_table_of_tasks_says_who_leads(derived):
    for record in derived.agencies:
        for part in record.parts:
            assert (part.words == "牵头单位") is (part.table and part.role is Role.LEADS)
            assert (part.words == "鼓励、推动它做") <= bool(re.search("鼓励|推动|支持|引导|推进", part.text))


def test_plans_without_a_table_of_tasks_are_not_blamed(derived, documents):
    """They are no part of the tables and are named as having none, on every page that counts."""
    assert all({stance.place for stance in overview.stances} == {"巴南区", "江津区", "武隆区"} for overview in derived.tasks)
    for url, page in documents.items():
        if re.match(r"(tasks|agencies)/", url):
            assert "昌邑区（讨论稿）、资阳市的规划没有任务分工表" in "".join(page.xpath("//main")[0].itertext()), url


def test_no_words_are_put_in_anothers_mouth(derived):
    """Several places are told as saying one thing only where they say it in the same words."""
    for overview in [*derived.measures, *derived.tasks]:
        by_place = {stance.place: squeeze("".join(one.text for one in stance.statements)) for stance in overview.having}
        for said in overview.shared:
            for told, words in said:
                assert all(fold(words) in fold(by_place[place]) for place in told), (overview.concept.id, words)


def test_no_task_loses_an_agency(derived, catalogue):
    told = {(part.plan.id, part.at, part.role, part.written) for record in derived.agencies for part in record.parts if part.table}
    for plan in catalogue.current:
        for task in plan.tasks:
            for role, parties in ((Role.LEADS, catalogue.lead(plan, task)), (Role.RESPONSIBLE, catalogue.responsible(plan, task))):
                for party in parties:
                    assert (plan.id, task.id, role, party.written) in told


# --- honesty and growth -------------------------------------------------------------------------------


def test_nothing_ranks(documents):
    """Our own words on comparison pages never rank districts; quotations are the plans'."""
    for url, page in documents.items():
        if re.match(r"(compare|measures|tasks|figures|agencies|topics)/|choose|method", url):
            own = re.sub(r"“[^”]*”", "", "".join(page.xpath("//main")[0].itertext()))
            assert not re.search(r"最好|最差|领先|落后|第一名|优于|不如", own.replace("不说谁最好", "")), url


def test_the_method_tells_what_is_not_mapped(documents, catalogue):
    page = squeeze("".join(documents["method.html"].xpath("//main")[0].itertext()))
    assert "不是官方的" in page and "从头读第二遍" in page and "没有请人逐条复核" in page
    left = list(measures.unmapped(catalogue))
    assert all(squeeze(words) in page for _, _, words, _ in left)
    assert left or "每一个专栏项目、每一行任务都归了类" in page


def test_pages_grow_with_districts_not_with_their_square(made, catalogue):
    """Beyond the pairs of few plans no page is made for two of something."""
    pairs = [page for page in made if page.url.startswith("compare/texts/") and not page.url.endswith("index.html")]
    assert len(pairs) == len(catalogue.current) * (len(catalogue.current) - 1) / 2
    vocabulary = catalogue.vocabulary
    most = len(vocabulary.indicators) + len(vocabulary.measures) + len(vocabulary.tasks) + len(vocabulary.topics) + len(vocabulary.agencies)
    assert len([page for page in made if re.match(r"(compare|measures|tasks|topics|agencies)/", page.url)]) <= most + len(pairs) + 6
