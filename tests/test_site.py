"""What readers get: every page of the real site, as built."""

import csv
import io
import itertools
import re
from urllib.parse import unquote, urldefrag, urljoin, urlparse

import pytest

from plansite import compare, prose
from plansite.formats import table
from plansite.model import Box, Certainty, Group, Heading, squeeze


def words(node) -> str:
    """The text of an element as one line."""
    return re.sub(r"\s+", " ", "".join(node.itertext())).strip()


def visible(node) -> str:
    return squeeze("".join(node.itertext()))


def test_abbreviations_of_file_formats_are_written_out(documents):
    """Where a download is named by its format, a link leads to what the format's name means (WCAG 3.1.4)."""
    told = {dt.text: visible(dt.getnext()) for dt in documents["data/index.html"].xpath("//h2[@id='formats']/following-sibling::dl[1]//dt")}
    assert all(re.match(r"[A-Za-z-]+，|[A-Za-z]+[A-Z-]", words) for words in told.values())
    named = set()
    for url, page in documents.items():
        used = {name for a in page.xpath("//main//a[contains(@href, 'data/') or contains(@href, '.csv')]") for name in re.findall(r"（([A-Z]+)，|(?<= )(KB)）", words(a)) for name in name if name}
        assert used <= set(told), (url, used - set(told))
        named |= used
        if used and url != "data/index.html":
            assert [a for a in page.xpath("//main//a[contains(@href, '#formats')]") if used <= set(re.findall(r"[A-Z]+", words(a)))], url
    assert named == {"CSV", "JSON", "TXT", "KB"}


# --- every page -----------------------------------------------------------------------------------


def test_all_pages_are_there(documents):
    assert {"index.html", "404.html", "about.html", "guide.html", "data-fields.html", "compare/index.html", "data/index.html", "districts/index.html"} <= set(documents)
    for slug, chapters in {"jiangjin": 4, "wulong": 4, "banan": 4, "ziyang": 5, "changyi": 4}.items():
        names = {"preface", "tasks", "full", "indicators", "measures", "errata", *(f"chapter-{n}" for n in range(1, chapters + 1))}
        assert {f"districts/{slug}/index.html", *(f"districts/{slug}/2021-2025/{name}.html" for name in names)} <= set(documents)


def test_links_and_anchors_resolve(documents, site):
    ids = {url: {node.get("id") for node in page.iter() if node.get("id")} for url, page in documents.items()}
    dead = []
    for url, page in documents.items():
        for node in page.iter("a", "link", "script", "img"):
            target = node.get("href") or node.get("src")
            if url == "404.html" or not target or urlparse(target).scheme:
                continue
            path, anchor = urldefrag(urljoin(f"/{url}", target))
            path = unquote(path).lstrip("/")
            if not (site / path).is_file() or (anchor and unquote(anchor) not in ids.get(path, set())):
                dead.append((url, target))
    assert dead == []


def test_ids_are_unique_on_a_page(documents):
    for url, page in documents.items():
        ids = [node.get("id") for node in page.iter() if node.get("id")]
        assert len(ids) == len(set(ids)), url


def test_headings(documents):
    for url, page in documents.items():
        levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1 and levels[0] == 1, url
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), (url, levels)
        assert all(words(node) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")), url


def test_titles_language_and_landmarks(documents):
    titles = {url: page.findtext("head/title") for url, page in documents.items()}
    assert len(set(titles.values())) == len(titles)
    for url, page in documents.items():
        assert page.get("lang") == "zh-Hans-CN", url
        assert titles[url].endswith("规划阅览室"), url
        assert page.find("head/meta[@name='description']").get("content"), url
        assert [len(list(page.iter(name))) for name in ("header", "main", "footer")] == [1, 1, 1], url
        names = [nav.get("aria-label") for nav in page.iter("nav")]
        assert all(names) and len(set(names)) == len(names), url
        assert not page.xpath("//main//nav"), url
        skip = page.xpath("//a[@class='skip']")[0]
        assert skip.get("href") == "#main" and page.xpath("//main[@id='main'][@tabindex='-1']"), url
    assert titles["districts/jiangjin/2021-2025/chapter-3.html"] == "第三章　重点任务 – 江津区 – 规划阅览室"


def test_tables(documents):
    for url, page in documents.items():
        for node in page.iter("table"):
            assert words(node.find("caption")), url
            assert all(th.get("scope") == "col" for th in node.findall("thead/tr/th")), url
            width = len(node.findall("thead/tr/th"))
            for row in node.findall("tbody/tr"):
                heads = [cell for cell in row if cell.tag == "th"]
                assert [cell.get("scope") for cell in heads] == ["row"], url
                assert len(row) == width, url
                for cell in row:
                    assert words(cell) and not re.fullmatch(r"[-—–－/\s]+", words(cell)), (url, words(row))
                    assert not cell.get("colspan") and not cell.get("rowspan"), url
            region = node.getparent()
            assert region.get("role") == "region" and region.get("tabindex") == "0" and region.get("aria-labelledby"), url


def test_a_table_and_its_list_say_the_same(documents):
    for url, page in documents.items():
        for view in page.xpath("//div[@class='tview']"):
            columns = [words(th) for th in view.xpath(".//thead/tr/th")]
            rows = [[words(cell) for cell in row] for row in view.xpath(".//tbody/tr")]
            heads = [[cell.tag for cell in row].index("th") for row in view.xpath(".//tbody/tr")]
            listed = []
            for item in view.xpath("./div[@class='tlist']/ol/li"):
                pairs = [(words(d.find("dt")), words(d.find("dd"))) for d in item.findall("dl/div")]
                head = heads[len(listed)]
                assert [name for name, _ in pairs] == columns[:head] + columns[head + 1 :], url
                values = [value for _, value in pairs]
                values.insert(head, words(item.find("strong")).removeprefix(f"{columns[head]}："))
                listed.append(values)
            assert listed == rows, url


def test_nothing_loads_from_elsewhere(documents, site):
    for url, page in documents.items():
        for node in page.iter("script", "link", "img", "iframe", "source", "video", "audio", "form"):
            target = node.get("src") or node.get("href") or node.get("action") or ""
            assert not urlparse(target).netloc, (url, target)
        assert not page.xpath("//script[not(@src)] | //@onclick | //style | //@style"), url
        assert "bundle" not in "".join(node.get("src") or "" for node in page.iter("script")), url
    for path in (site / "assets").rglob("*.css"):
        assert not re.search(r"url\((?!\"data:)|@import", path.read_text(encoding="utf-8")), path
    assert {path.suffix for path in (site / "assets").rglob("*") if path.is_file()} == {".css", ".js", ".svg"}


def test_chrome_is_chinese(documents):
    for url, page in documents.items():
        for node in page.xpath("//header | //nav | //footer"):
            assert not re.search(r"[A-Za-z]{4,}", words(node)), (url, words(node))


def test_home_finds_districts(documents):
    home = documents["index.html"]
    assert [words(a) for a in home.xpath("//section[@id='places']//li/a")] == ["昌邑区", "巴南区", "江津区", "武隆区", "资阳市"]
    assert [words(h) for h in home.xpath("//section[@id='places']//h3")] == ["吉林省", "重庆市", "四川省"]
    assert "现有五份：吉林省一份（讨论稿），重庆市三份，四川省一份。" in words(home)


# --- the plans --------------------------------------------------------------------------------------


def shown(plan, element, text):
    """A text as pages show it: certain errata read in, with the names of their notes behind, but not in headings."""
    whole = ""
    heading = isinstance(element, (Heading, Box, Group)) or getattr(element, "role", None) == "title"
    for piece in prose.pieces(plan, element, text):
        whole += piece.text
        if piece.erratum and not heading:
            whole += ("校订" if piece.erratum.certainty is Certainty.CERTAIN else "疑误") + str(piece.erratum.number)
    return squeeze(whole)


@pytest.mark.parametrize("slug", ["banan", "changyi", "jiangjin", "wulong", "ziyang"])
def test_the_whole_text_is_on_the_pages(slug, documents, catalogue):
    """Every element stands on the full page and on its own page, at its anchor, word for word."""
    plan = next(p for p in catalogue.plans if p.id.startswith(slug))
    base = f"districts/{slug}/2021-2025/"
    full = {node.get("id"): node for node in documents[f"{base}full.html"].iter() if node.get("id")}
    parts = {}
    for url, page in documents.items():
        if url.startswith(base) and re.search(r"/(preface|chapter-\d+|tasks)\.html$", url):
            parts |= {node.get("id"): node for node in page.iter() if node.get("id")}
    for element, key, text in plan.pieces:
        if key in ("header", "box"):
            continue
        for place in (full, parts):
            assert element.id in place, element.id
            assert shown(plan, element, text) in visible(place[element.id]), (element.id, key)
    for table_ in (t for t in plan.blocks() if hasattr(t, "columns")):
        assert all(squeeze(column.header) in visible(documents[f"{base}tasks.html"]) for column in table_.columns)


@pytest.mark.parametrize("slug", ["banan", "changyi", "jiangjin", "wulong", "ziyang"])
def test_the_order_of_the_full_page_is_the_order_of_the_source(slug, documents, catalogue):
    plan = next(p for p in catalogue.plans if p.id.startswith(slug))
    ids = list(plan.elements)
    found = [node.get("id") for node in documents[f"districts/{slug}/2021-2025/full.html"].xpath("//main")[0].iter() if node.get("id") in plan.elements]
    assert found == ids


def test_errata_are_read_in_with_a_note(documents):
    page = documents["districts/ziyang/2021-2025/chapter-3.html"]
    paragraph = page.xpath("//p[@id='c3.s1.u6.p1']")[0]
    assert "优先轮候校订" in visible(paragraph) and "轮侯" not in visible(paragraph)
    link = paragraph.xpath(".//a[@class='ref']")[0]
    note = page.xpath(f"//*[@id='{link.get('href')[1:]}']")[0]
    assert visible(note).startswith(visible(link))
    assert all(part in words(note) for part in ("来源文本作“优先轮侯”", "这里改读“优先轮候”", "把握：很大", "来源第 106 行"))


def test_likely_errata_leave_the_text_alone(documents):
    page = documents["districts/wulong/2021-2025/chapter-4.html"]
    paragraph = page.xpath("//p[@id='c4.s6.p1']")[0]
    assert "文明创建活动建设疑误" in visible(paragraph)


@pytest.mark.parametrize("slug", ["banan", "changyi", "jiangjin", "wulong", "ziyang"])
def test_the_errata_page_lists_all(slug, documents, catalogue):
    plan = next(p for p in catalogue.plans if p.id.startswith(slug))
    page = documents[f"districts/{slug}/2021-2025/errata.html"]
    listed = page.xpath("//ol[@class='errata']/li[@id]")
    assert [node.get("id") for node in listed] == [e.id for e in plan.errata]
    for node, erratum in zip(listed, plan.errata, strict=True):
        assert squeeze(erratum.reading) in visible(node) or "照录" in visible(node)
        assert squeeze(erratum.why) in visible(node)
    assert all(squeeze(remark.text) in visible(page) for remark in plan.remarks)


def test_every_figure_shows_its_evidence(documents, catalogue):
    for plan in catalogue.plans:
        region = catalogue.region(plan)
        page = documents[f"districts/{region.slug}/index.html"]
        figures = page.xpath("//ol[@class='figs']/li")
        assert len(figures) == len(plan.indicators) + len(plan.mentions)
        for figure, row in zip(figures, plan.indicators, strict=False):
            proof = figure.xpath(".//div[@class='ev']")[0]
            assert compare.row_evidence(plan, row).quote in words(proof).replace(" ", "　") or squeeze(row.label) in visible(proof)
            assert f"来源文本{row.lines.words}" in words(proof)
            assert proof.xpath(".//a")[0].get("href").endswith(f"#{row.id}")


def test_status_says_that_the_period_has_ended(documents):
    assert "规划期已结束（2021 至 2025 年）" in words(documents["districts/jiangjin/index.html"])
    draft = words(documents["districts/changyi/2021-2025/chapter-1.html"])
    assert "这是讨论稿，不是正式印发的文件" in draft


def test_missing_facts_are_said_in_words(documents):
    facts = {words(div.find("dt")): words(div.find("dd")) for div in documents["districts/changyi/index.html"].xpath("//dl[@class='facts']/div")}
    assert facts["文号"] == "未提及：来源文本里没有文号"
    assert all(facts.values())


# --- comparison -------------------------------------------------------------------------------------


def test_the_matrix_is_the_data(documents, catalogue):
    page = documents["compare/index.html"]
    rows = page.xpath("//table/tbody/tr")
    comparisons = compare.indicators(catalogue)
    assert len(rows) == len(catalogue.vocabulary.indicators) == 14
    for row, comparison in zip(rows, comparisons, strict=True):
        assert words(row[0]) == comparison.concept.name
        for cell, figure in zip(row[1:], comparison.cells, strict=True):
            assert words(cell).startswith(figure.words), (comparison.concept.id, figure.place)


def test_csv_table_and_sentences_carry_the_same(documents, site, catalogue):
    text = (site / "data" / "indicators.csv").read_bytes().decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(text)))
    page = documents["compare/index.html"]
    assert head == [words(th) for th in page.xpath("//table/thead/tr/th")]
    for row, shown_row, comparison in zip(rows, page.xpath("//table/tbody/tr"), compare.indicators(catalogue), strict=True):
        assert row[0] == words(shown_row[0])
        sentences = [words(li) for li in documents[f"compare/{comparison.concept.id}.html"].xpath("//h2[@id='sentences']/following-sibling::ul[1]/li")]
        for value, node, cell, sentence in zip(row[1:], shown_row[1:], comparison.cells, sentences, strict=True):
            assert value == table.cell_words(cell)
            assert squeeze(cell.words) in visible(node)
            assert squeeze(sentence) == squeeze(cell.sentence)
            assert cell.words in sentence
            if cell.note:
                assert squeeze(cell.note) in visible(node) and cell.note in sentence and cell.note.rstrip("。") in value


def test_known_cells(site):
    text = (site / "data" / "indicators.csv").read_bytes().decode("utf-8-sig")
    rows = {row["指标"]: row for row in csv.DictReader(io.StringIO(text))}
    devices = rows["残疾人辅助器具适配率"]
    assert devices["江津区"] == "85%" and devices["巴南区"] == "高于 95%" and devices["武隆区"].startswith("不低于 85%")
    assert devices["昌邑区（讨论稿）"] == "85%（只算“符合条件且有适配需求的”残疾人）"
    assert rows["困难重度残疾人家庭无障碍改造"]["资阳市"].startswith("2006 户")
    assert rows["残疾人家庭人均收入年均增长"]["武隆区"] == "未提及"
    assert rows["残疾儿童康复救助率"]["江津区"] == "提到，未定数"


def test_an_indicator_page_has_summary_table_sentences_and_definition(documents):
    page = documents["compare/home-accessibility.html"]
    text = words(page)
    assert "五地都定了目标" in text and "不能和别处直接比：是户数，不是比例" in text
    assert [words(h) for h in page.iter("h2")] == ["各地目标", "逐地说明", "这项指标是什么"]
    assert "比较时当心" in text and "不是官方定义" in text
