"""The published data against the sources, read here by other means than the importer's."""

import json
import re

import jsonschema
import pytest
from conftest import ROOT

from plansite.formats import dataset
from plansite.model import squeeze

PLANS = ["banan", "changyi", "jiangjin", "wulong", "ziyang"]


def lines(slug: str) -> list[str]:
    return (ROOT / "data" / "plans" / f"{slug}-2021-2025" / "source.txt").read_text(encoding="utf-8").split("\n")


@pytest.fixture(scope="module")
def data(site) -> dict[str, dict]:
    """The JSON of each plan as a reader downloads it."""
    return {slug: json.loads((site / "data" / "plans" / f"{slug}-2021-2025.json").read_text(encoding="utf-8")) for slug in PLANS}


# --- indicators ---------------------------------------------------------------------------------


def one_cell_a_line(slug: str, first: str, last: str, width: int) -> list[list[str]]:
    """Rows of a table whose cells stand on a line each, between two marks."""
    text = [line.strip() for line in lines(slug)]
    start = max(i for i, line in enumerate(text[: next(i for i, line in enumerate(text) if line.startswith(last))]) if line == first) + 1
    cells = [line for line in text[start : next(i for i, line in enumerate(text) if line.startswith(last))] if line]
    return [cells[i : i + width] for i in range(0, len(cells), width)]


@pytest.mark.parametrize("slug", ["jiangjin", "banan"])
def test_indicators_of_one_cell_a_line(slug, data):
    rows = one_cell_a_line(slug, "指标属性", "第三章", 4)
    assert len(rows) == 11
    found = [[str(i["number"]), i["label"], i["target"]["raw"], i["nature"]] for i in data[slug]["indicators"]]
    assert found == rows


@pytest.mark.parametrize(("slug", "first", "last", "columns"), [("ziyang", 63, 74, 4), ("changyi", 51, 64, 3)])
def test_indicators_by_tabs(slug, first, last, columns, data):
    rows = [line.split("\t") for line in lines(slug)[first - 1 : last]]
    assert all(len(row) == columns for row in rows)
    for row, found in zip(rows, data[slug]["indicators"], strict=True):
        number, label = re.match(r"(\d+)\.\s*(.*)", row[0]).groups()
        assert (str(found["number"]), found["label"]) == (number, label)
        assert (found["target"]["raw"], found["nature"]) == (row[-2], row[-1])
        assert (found["baseline"] or {}).get("raw") == (row[1] if columns == 4 else None)


def test_a_plan_without_an_indicator_table(data):
    assert data["wulong"]["indicators"] == []
    assert {m["concept"]: m["target"]["raw"] for m in data["wulong"]["mentions"] if m["target"]["value"]} == {
        "assistive-devices": "不低于85%", "home-accessibility": "300 户",
    }


def test_targets_are_read_as_operator_and_value(data):
    targets = {i["id"]: i["target"] for i in data["banan"]["indicators"]}
    assert targets["ind6"] == {"op": ">", "value": 92, "text": None, "raw": ">92", "absent": None}
    assert targets["ind1"]["text"] == "与全区生产总值增长基本同步"
    changyi = {i["id"]: i for i in data["changyi"]["indicators"]}
    assert (changyi["ind14"]["target"]["op"], changyi["ind14"]["target"]["value"]) == (">=", 60)
    assert (changyi["ind12"]["target"]["value"], changyi["ind12"]["target"]["text"], changyi["ind12"]["unit"]) == (None, "应改尽改", "户")
    ziyang = {i["id"]: i for i in data["ziyang"]["indicators"]}
    assert ziyang["ind1"]["baseline"] == {"op": None, "value": None, "text": None, "raw": "——", "absent": "not_quantified"}
    assert (ziyang["ind12"]["target"]["value"], ziyang["ind9"]["baseline"]["op"]) == (100, ">")
    assert [i["binding"] for i in data["jiangjin"]["indicators"]] == [False, False, True, True, True, False, False, False, True, True, True]


# --- boxes and tasks ------------------------------------------------------------------------------

# Counted by hand from the sources: items in each box, 0 for the indicator table.
ITEMS = {
    "jiangjin": [0, 10, 8, 7, 6, 6, 7, 5, 9],
    "wulong": [9, 6, 7, 4, 5, 4, 4, 2],
    "banan": [0, 10, 8, 9, 6, 6, 6, 9, 5],
    "ziyang": [0, 11, 6, 6, 17, 10, 10, 4, 2, 2],
    "changyi": [0, 4, 2, 5, 8, 5, 4, 5],
}
TASKS = {"jiangjin": 29, "wulong": 19, "banan": 32, "ziyang": 0, "changyi": 0}
CHAPTERS = {"jiangjin": 4, "wulong": 4, "banan": 4, "ziyang": 5, "changyi": 4}


@pytest.mark.parametrize("slug", PLANS)
def test_counts(slug, data):
    plan = data[slug]
    assert [len(box["items"]) for box in plan["boxes"]] == ITEMS[slug]
    assert [box["number"] for box in plan["boxes"]] == list(range(1, len(ITEMS[slug]) + 1))
    assert [task["number"] for task in plan["tasks"]] == list(range(1, TASKS[slug] + 1))
    assert len(plan["outline"]) == CHAPTERS[slug]


def test_groups_of_ziyang(data):
    groups = [[group["title"] for group in box["groups"]] for box in data["ziyang"]["boxes"] if box["groups"]]
    assert groups == [["资金类", "服务类"], ["补贴类", "奖励类", "就业服务类"], ["残疾人文化服务", "残疾人体育"], ["无障碍设施", "信息无障碍", "无障碍服务", "无障碍监督"]]
    alone = [item for item in data["ziyang"]["boxes"][6]["items"] if item["number"] is None]
    assert [item["group"] for item in alone] == ["三、无障碍服务", "四、无障碍监督"]


@pytest.mark.parametrize("slug", ["jiangjin", "banan"])
def test_cells_of_tasks_are_whole_lines_of_the_source(slug, data):
    whole = {line.strip() for line in lines(slug)}
    for task in data[slug]["tasks"]:
        assert task["text"] in whole
        cells = {"、".join(task[key]) for key in ("lead", "responsible") if task[key]}
        for cell in cells:
            assert any(cell == re.sub("[，,]", "、", line) for line in whole) or (slug, task["number"]) == ("jiangjin", 1), cell


def test_wrapped_cells_of_wulong(data):
    tasks = {task["number"]: task for task in data["wulong"]["tasks"]}
    assert tasks[8]["lead"] == ["区委组织部", "区人力社保局", "区国资委", "区残联"]
    assert tasks[8]["responsible"] == ["区财政局", "区政府有关部门", "有关单位", "各乡镇（街道）"]
    assert (tasks[11]["lead"], tasks[11]["responsible"]) == (["区残联", "区卫生健康委"], ["区公安局", "各乡镇（街道）"])
    assert tasks[18]["responsible"] == ["区发展改革委", "区财政局", "区规划自然资源局", "区住房城乡建委", "区级有关部门和单位"]
    assert tasks[19]["lead"] == ["区城市管理局", "区残联"]


def test_empty_cells_are_empty(data):
    assert [t["number"] for t in data["jiangjin"]["tasks"] if not t["responsible"]] == [17, 18, 22, 24]
    assert [t["number"] for t in data["banan"]["tasks"] if not t["responsible"]] == [17, 18, 22]


def test_agencies_are_resolved(data):
    first = data["jiangjin"]["tasks"][0]
    assert first["lead"] == ["区农业农村委（区乡村振兴局）"]
    assert first["lead_agencies"] == [{"name": "区农业农村委（区乡村振兴局）", "agency": "agriculture-rural", "also": "rural-revitalization"}]
    named = {a["name"]: a["agency"] for p in data.values() for t in p["tasks"] for key in ("lead", "responsible") for a in t[f"{key}_agencies"]}
    assert None not in named.values()
    assert named["区公安局"] == named["区公安分局"] == "public-security"
    assert named["江津区税务局"] == named["区税务局"] == "taxation"
    assert named["区国资委"] != named["区国资中心"]


# --- facts ------------------------------------------------------------------------------------------

FACTS = {
    "jiangjin": {"document_number": None, "issuer": "重庆市江津区人民政府", "signed": "2022-06-08", "printed": None, "status": "final", "openness": "此件公开发布"},
    "wulong": {"document_number": "武隆府办发〔2022〕77号", "issuer": "重庆市武隆区人民政府办公室", "signed": "2022-12-05", "printed": "2022-12-09", "status": "final"},
    "banan": {"document_number": "巴南府发〔2022〕35号", "issuer": "重庆市巴南区人民政府", "signed": "2022-06-30", "published": "2022-06-30", "index_number": "11500113009307156W/2022-00152"},
    "ziyang": {"document_number": "资府发〔2023〕9号", "issuer": "资阳市人民政府", "signed": "2023-04-24", "openness": None, "status": "final"},
    "changyi": {"document_number": None, "issuer": None, "signed": None, "published": None, "status": "draft", "title": "昌邑区“十四五”残疾人保障和发展规划"},
}
REGIONS = {
    "jiangjin": ("500116", "江津区", "重庆市", None), "wulong": ("500156", "武隆区", "重庆市", None), "banan": ("500113", "巴南区", "重庆市", None),
    "ziyang": ("512000", "资阳市", "四川省", "资阳市"), "changyi": ("220202", "昌邑区", "吉林省", "吉林市"),
}


@pytest.mark.parametrize("slug", PLANS)
def test_facts(slug, data):
    plan = data[slug]
    assert {key: plan[key] for key in FACTS[slug]} == FACTS[slug]
    assert plan["period"] == {"start": 2021, "end": 2025}
    region = plan["region"]
    assert (region["code"], region["name"], region["province"], region["city"]) == REGIONS[slug]
    assert {key for key, reason in plan["absent"].items() if reason == "not_mentioned"} == {
        key for key in dataset._FACTS if plan[key] is None
    }


def test_legal_bases_with_their_numbers(data):
    assert [(b["title"], b["number"]) for b in data["jiangjin"]["legal_bases"]] == [
        ("中华人民共和国残疾人保障法", None),
        ("国务院关于印发“十四五”残疾人保障和发展规划的通知", "国发〔2021〕10号"),
        ("重庆市人民政府关于印发重庆市“十四五”残疾人保障和发展规划（2021－2025年）的通知", "渝府发〔2021〕43号"),
    ]
    assert len(data["changyi"]["legal_bases"]) == 5


def test_copy_list(data):
    assert data["wulong"]["copied_to"] == "区委办公室，区人大常委会办公室，区政协办公室，区监委，区法院，区检察院，区人武部"


# --- errata -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "found", "reading", "certainty", "line"),
    [
        ("banan", "2022年630", "2022年6月30日", "certain", "34"),
        ("banan", "持固本培元", "坚持固本培元", "certain", "77"),
        ("banan", "城市 轨道交通", "城市轨道交通", "certain", "411"),
        ("banan", "建立需求、财力", "建立与需求、财力", "likely", "739"),
        ("ziyang", "轮侯", "轮候", "certain", "106"),
        ("ziyang", " and ", "和", "certain", "426"),
        ("ziyang", "公公共场所", "公共场所", "certain", "338-340"),
        ("ziyang", "残疾病预防", "残疾预防", "certain", "168-170"),
        ("changyi", "编制前景", "编制背景", "certain", "11"),
        ("wulong", "文明创建活动建设", "文明创建活动和新时代文明实践中心建设", "likely", "830"),
    ],
)
def test_known_damage_is_recorded(slug, found, reading, certainty, line, data):
    hits = [e for e in data[slug]["errata"] if found.strip() in e["found"] and reading in e["reading"]]
    assert any(e["certainty"] == certainty and e["lines"] == line for e in hits), hits


def test_page_breaks_within_sentences_are_recorded(data):
    """In the sources of one paragraph a line, a line that ends without a stop was cut."""
    for slug in ("ziyang", "changyi"):
        source = lines(slug)
        told = {int(number) for e in data[slug]["errata"] for number in [e["lines"].split("-")[0]]}
        for number, line in enumerate(source, 1):
            text = line.strip()
            if len(text) > 60 and re.search(r"[\u4e00-\u9fff，、“]$", text):
                assert number in told, (slug, number, text[-12:])


# --- form -------------------------------------------------------------------------------------------


def test_the_schema_describes_the_data(site, data):
    schema = json.loads((site / "data" / "plan.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for plan in data.values():
        validator.validate(plan)
    broken = json.loads(json.dumps(data["banan"]))
    del broken["indicators"][0]["target"]
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(broken)


@pytest.mark.parametrize("slug", PLANS)
def test_the_text_download_is_the_whole_plan(slug, site, catalogue):
    plan = next(p for p in catalogue.plans if p.id.startswith(slug))
    text = squeeze((site / "data" / "plans" / f"{slug}-2021-2025.txt").read_text(encoding="utf-8"))
    at = 0
    for element, key, piece in plan.pieces:
        if key == "header":
            continue
        found = text.find(squeeze(piece), at)
        assert found >= 0, (element.id, piece[:20])
        if element.id not in {row.id for row in (*plan.indicators, *plan.tasks)}:
            at = found
    assert (site / "data" / "plans" / f"{slug}-2021-2025.source.txt").read_bytes() == (
        ROOT / "data" / "plans" / f"{slug}-2021-2025" / "source.txt"
    ).read_bytes()


def test_regions_know_the_whole_country(catalogue):
    regions = catalogue.vocabulary.regions
    levels = [region.level.value for region in regions.values()]
    assert (levels.count("province"), levels.count("prefecture")) == (34, 333)
    assert levels.count("county") > 2800
    assert len({region.slug for region in regions.values()}) == len(regions)
    assert {code: regions[code].slug for code in ("500116", "500156", "500113", "512000", "220202")} == {
        "500116": "jiangjin", "500156": "wulong", "500113": "banan", "512000": "ziyang", "220202": "changyi",
    }
    assert regions["370786"].slug != "changyi"
