"""Tables and their lists in the accessibility tree, cell by cell against the data."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest
import yaml
from browsing import varied
from conftest import ROOT
from test_snapshots import reader

from plansite import compare, places, prose
from plansite.model import Absence, Certainty, Match, squeeze

pytestmark = pytest.mark.xdist_group("grids")  # they share what takes longest: the trees of all pages with tables
CELLS = ("columnheader", "rowheader", "cell", "gridcell")
LIST = "（逐行清单）"  # how the name of a list ends that stands for a table
EMPTY, DASH = "来源此格为空", "来源画横线，没有给数"

# A cell as a listener meets it: row header, column header, text; white space does not count.
Cells = list[tuple[str, str, str]]


def cells(*rows: tuple[str, dict[str, str]]) -> Cells:
    """Expected cells: each row its header, and texts by column."""
    return [(squeeze(head), squeeze(column), squeeze(text)) for head, row in rows for column, text in row.items()]


# --- what the browser says ----------------------------------------------------------------------------


@dataclass
class Grid:
    """A table, or the list of its rows. `roles` are those of the cells, row by row."""

    name: str
    roles: list[list[str]]
    cells: Cells


class Tree:
    """The accessibility tree of a page."""

    def __init__(self, nodes: list[dict]):
        self.nodes = {node["nodeId"]: node for node in nodes}
        self.root = nodes[0]

    def below(self, node: dict, *roles: str) -> Iterator[dict]:
        """All below `node` with one of the roles, in reading order."""
        for child in filter(None, map(self.nodes.get, node.get("childIds", ()))):
            if not child["ignored"] and child["role"]["value"] in roles:
                yield child
            yield from self.below(child, *roles)

    def text(self, node: dict) -> str:
        return squeeze("".join(map(name, self.below(node, "StaticText"))))

    def tabled(self, node: dict) -> Grid:
        rows = [list(self.below(row, *CELLS)) for row in self.below(node, "row")]
        columns = [self.text(cell) for cell in rows[0]]
        found = []
        for row in rows[1:]:
            head = next((self.text(cell) for cell in row if role(cell) == "rowheader"), "")
            found += [(head, column, self.text(cell)) for column, cell in zip(columns, row, strict=True) if role(cell) != "rowheader"]
        return Grid(name(node), [[role(cell) for cell in row] for row in rows], found)

    def listed(self, node: dict, title: str) -> Grid:
        roles, found = [], []
        for item in self.below(node, "listitem"):
            strong = [self.text(part) for part in self.below(item, "strong")]
            pairs = list(self.below(item, "term", "definition"))
            roles.append([role(part) for part in pairs])
            head = strong[0].partition("：")[2] if strong else ""
            found += [(head, self.text(term), self.text(value)) for term, value in zip(pairs[::2], pairs[1::2], strict=True)]
        return Grid(title, roles, found)

    def grids(self) -> tuple[list[Grid], list[Grid]]:
        """The tables and the lists of the page. A list stands for a table if the paragraph before it says so."""
        lists = []
        for before, node in pairwise(self.below(self.root, "paragraph", "list")):
            if role(node) == "list" and role(before) == "paragraph" and self.text(before).endswith(LIST):
                lists.append(self.listed(node, self.text(before)))
        return [self.tabled(node) for node in self.below(self.root, "table")], lists


def name(node: dict) -> str:
    return node.get("name", {}).get("value", "")


def role(node: dict) -> str:
    return node["role"]["value"]


@pytest.fixture(scope="module")
def grids(browser, site, catalogue) -> dict[int, dict[str, tuple[list[Grid], list[Grid]]]]:
    """(tables, lists) of each page that has a table and is of a kind of its own or shows a plan's figures, by width and URL."""
    urls = [url for url in sorted({*varied(site), *expected(catalogue)}) if "<table" in (site / url).read_text(encoding="utf-8")]
    found = {1280: {}, 320: {}}
    with reader(browser, site) as opened:
        for url in urls:
            page = opened(url)
            session = page.context.new_cdp_session(page)
            for width, pages in found.items():
                page.set_viewport_size({"width": width, "height": 800})
                pages[url] = Tree(session.send("Accessibility.getFullAXTree")["nodes"]).grids()
            session.detach()
    return found


# --- form ---------------------------------------------------------------------------------------------


def test_tables_have_names_and_headers(grids, documents):
    for url, (tables, lists) in grids[1280].items():
        assert len(tables) == len(list(documents[url].iter("table"))) and not lists, url
        assert all(table.name for table in tables) and len({table.name for table in tables}) == len(tables), url
        for table in tables:
            head, *rows = table.roles
            assert set(head) == {"columnheader"} and rows, (url, table.name)
            for row in rows:
                assert len(row) == len(head) and sorted(row) == ["cell"] * (len(row) - 1) + ["rowheader"], (url, table.name)
            heads = [row for row, column, _ in table.cells if column == table.cells[0][1]]
            assert len(set(heads)) == len(rows), (url, table.name, "two rows have the same header")
            assert all(map(all, table.cells)), (url, table.name, "a cell says nothing")


def test_where_it_is_narrow_lists_stand_for_tables(grids, documents):
    for url, (tables, lists) in grids[320].items():
        views = documents[url].xpath("//div[@class='tview']")
        assert len(lists) == len(views), url
        assert len(tables) == len(list(documents[url].iter("table"))) - len(views), url
        for grid in lists:
            assert all(roles == ["term", "definition"] * (len(roles) // 2) for roles in grid.roles), (url, grid.name)
            assert all(map(all, grid.cells)), (url, grid.name)


def test_a_list_says_what_its_table_says(grids):
    for url, (tables, _) in grids[1280].items():
        lists = {grid.name: grid for grid in grids[320][url][1]}
        for table in tables:
            title = squeeze(table.name) + LIST
            if title in lists:
                assert lists[title].cells == table.cells, (url, table.name)


# --- the data, as plansite reads it -------------------------------------------------------------------


def heard(plan, element, text) -> str:
    """A verbatim text with certain errata read in and the names of their notes."""
    whole = ""
    for piece in prose.pieces(plan, element, text):
        whole += piece.text
        if piece.erratum:
            whole += f"{'校订' if piece.erratum.certainty is Certainty.CERTAIN else '疑误'}{piece.erratum.number}"
    return whole


def quoted(words: str) -> str:
    """Words of a plan in quotation marks, the dash that opens them silent."""
    return f"“{words.lstrip('—－-')}”"


def source_cells(plan, table) -> Cells:
    """A table of the source, from the plan."""
    rows = []
    for row in plan.rows(table):
        texts = {}
        for column in table.columns:
            values = [getattr(row, key) for key in column.holds]
            texts[column.header] = "".join(EMPTY if isinstance(value, Absence) else heard(plan, row, value) for value in values)
            if texts[column.header] == "——":
                texts[column.header] += DASH
        numbered = table.table == "indicators" and table.columns[0].holds == ("number",)
        rows.append((texts.pop(table.columns[1 if numbered else 0].header), texts))
    return cells(*rows)


def baseline_words(value, row) -> str:
    if isinstance(value, Absence):
        return "未提及"
    quantity = row.quantity("baseline")
    return "来源画横线表里没有给数" if quantity.absence else quantity.words(row.unit)


def indicator_cells(plan) -> Cells:
    rows = []
    for row in plan.indicators:
        proof = compare.row_evidence(plan, row)
        linked = f"各地比较{'' if row.match is Match.SAME else '（口径相近）'}：{row.name}"
        rows.append((row.name, {
            f"{plan.period.end} 年目标": row.quantity().words(row.unit) + (row.note or ""),
            "基期值": baseline_words(row.baseline, row),
            "属性": "未提及" if row.binding is None else row.nature,
            "原文依据": f"“{proof.quote}”{proof.place}",
            "和别处比": linked if row.concept else "没有同类指标",
        }))
    return cells(*rows)


def mention_cells(plan, concepts) -> Cells:
    rows = []
    for mention in plan.mentions:
        concept = concepts[mention.concept].name
        rows.append((concept, {
            "目标": mention.quantity().words(mention.unit) + (mention.note or ""),
            "原文依据": f"{quoted(mention.quote)}{compare.place_of(plan, mention.at)}：{concept}",
            "和别处比": f"各地比较：{concept}",
        }))
    return cells(*rows)


def figure(cell) -> str:
    """A cell of a comparison: the figure and why it is special, or the reason for none with the quotation."""
    if cell.absent:
        return cell.words + (quoted(cell.evidence.quote) if cell.evidence else "")
    return cell.words + (cell.note or "")


def place_cells(comparison) -> Cells:
    rows = []
    for cell in comparison.cells:
        absent = cell.baseline and cell.baseline.absence
        proof = cell.evidence
        rows.append((cell.place, {
            "2025 年目标": figure(cell),
            "基期值": "未提及" if not cell.baseline else "来源画横线" if absent else cell.baseline.words(cell.unit),
            "属性": cell.nature or "未提及",
            "原文依据": f"{quoted(proof.quote)}{proof.place}（{cell.place}）" if proof else "没有可引的原文",
        }))
    return cells(*rows)


def expected(catalogue) -> dict[str, list[Cells]]:
    """The tables of each page that shows data."""
    comparisons = compare.indicators(catalogue)
    found = {places.indicator(c.concept): [place_cells(c)] for c in comparisons}
    found[places.COMPARE] = [cells(*((c.concept.name, {cell.place: figure(cell) for cell in c.cells}) for c in comparisons))]
    for plan in catalogue.plans:
        at = places.PlanPlaces(plan, catalogue.region(plan))
        listed = [source_cells(plan, block) for block in plan.parts.get("annex", ()) if hasattr(block, "columns")]
        boxed = {box.table.id: source_cells(plan, box.table) for box in plan.boxes if box.table}
        for id, rows in boxed.items():
            found.setdefault(at.element(id).partition("#")[0], []).append(rows)
        made = [indicator_cells(plan)] * bool(plan.indicators) + [mention_cells(plan, catalogue.vocabulary.indicators)] * bool(plan.mentions)
        found |= {at.page("tasks"): listed, at.page("full"): [*boxed.values(), *listed], at.page("indicators"): made}
    return {url: tables for url, tables in found.items() if tables}


@pytest.mark.parametrize(("width", "kind"), [(1280, 0), (320, 1)], ids=["tables", "lists"])
def test_cells_are_the_data(width, kind, grids, catalogue):
    told = expected(catalogue)
    for url, tables in told.items():
        assert [grid.cells for grid in grids[width][url][kind]] == tables, url
    assert sum(map(len, told.values())) >= 1 + len(catalogue.vocabulary.indicators) + len(catalogue.plans)


# --- the data, straight from the files ----------------------------------------------------------------

SIGNS = {">": "高于", "＞": "高于", "≥": "不低于", "": ""}


def raw(folder, file: str):
    """A YAML file with every scalar a string; nothing of plansite reads it."""
    path = folder / file
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader) if path.exists() else {}


def spoken(value: str, label: str) -> str:
    """A figure of an indicator table with the unit in the brackets of its label: ">92" as 高于 92%."""
    found = re.fullmatch(r"([>＞≥]?)([\d.]+)%?", value)
    return f"{SIGNS[found[1]]}{found[2]}{re.search(r'[（(]([^（()）]+)[)）]$', label)[1].replace('％', '%')}" if found else value


def read_in(row: dict, key: str, errata: list[dict]) -> str:
    """A cell of a source table as it is to be heard, from the errata as written."""
    text = row.get(key, "not_mentioned")
    if text == "not_mentioned":
        return EMPTY
    if text == "——":
        return text + DASH
    for erratum in errata:
        certain, kind = erratum["certainty"] == "certain", erratum["kind"]
        if erratum["at"] != row["id"] or erratum["certainty"] == "unsure" or kind == "split":
            continue
        mark = "" if kind == "spacing" else f"{'校订' if certain else '疑误'}{erratum['id'][1:]}"
        text = text.replace(erratum["found"], (erratum["reading"] if certain else erratum["found"]) + mark, 1)
    return text


def plan_folders() -> list:
    return sorted(path for path in (ROOT / "data" / "plans").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", plan_folders(), ids=lambda folder: folder.name)
def test_source_tables_are_the_files(folder, grids):
    """The tables of a plan's boxes and of its annex, in its chapters, its tasks and its full text."""
    slug, _, period = folder.name.partition("-")
    text, errata = raw(folder, "text.yml"), raw(folder, "errata.yml").get("errata") or []
    told: dict[str, list[Cells]] = {}
    for part, blocks in text.items():
        page = "tasks" if part == "annex" else "preface"
        for block in blocks:
            if re.fullmatch(r"c\d+", block["id"]):
                page = f"chapter-{block['id'][1:]}"
            table = block if "columns" in block else block.get("table")
            if not table:
                continue
            rows = []
            for row in raw(folder, f"{table['table']}.yml")[table["table"]]:
                texts = {c["header"]: "".join(read_in(row, key, errata) for key in c["holds"].split()) for c in table["columns"]}
                headers = [c["header"] for c in table["columns"]]
                rows.append((texts.pop(headers[1] if headers[:2] == ["序号", "指标"] else headers[0]), texts))
            for name in (page, "full"):
                told.setdefault(f"districts/{slug}/{period}/{name}.html", []).append(cells(*rows))
    assert told, "a plan without any table"
    for url, tables in told.items():
        assert [grid.cells for grid in grids[1280][url][0]] == tables, url
        assert [grid.cells for grid in grids[320][url][1]] == tables, url


@pytest.mark.parametrize("folder", [folder for folder in plan_folders() if (folder / "indicators.yml").exists()], ids=lambda folder: folder.name)
def test_indicator_tables_are_the_files(folder, grids):
    """Target, baseline and nature of every indicator; the evidence quotes the whole row."""
    rows = raw(folder, "indicators.yml").get("indicators")
    slug, _, period = folder.name.partition("-")
    url = f"districts/{slug}/{period}/indicators.html"
    for grid in (grids[1280][url][0][0], grids[320][url][1][0]):
        assert len(grid.cells) == 5 * len(rows)
        for number, row in enumerate(rows):
            heads, columns, texts = zip(*grid.cells[5 * number : 5 * number + 5], strict=True)
            baseline = row.get("baseline", "未提及")
            assert set(heads) == {squeeze(re.sub(r"[（(][^（()）]+[)）]$", "", row["label"]))}
            assert columns == (f"{period[-4:]}年目标", "基期值", "属性", "原文依据", "和别处比")
            assert texts[0] == squeeze(spoken(row["target"], row["label"]) + row.get("note", ""))
            assert texts[1] == ("来源画横线表里没有给数" if baseline == "——" else spoken(baseline, row["label"]))
            assert texts[2] == row.get("nature", "未提及")
            told = [squeeze(row[key]) for key in ("label", "baseline", "target", "nature") if key in row]
            assert texts[3].startswith(f"“{''.join(told)}”"), (url, row["id"])


def test_the_matrix_is_the_files(grids):
    """Each figure of the comparison is the one in the plan's files, or their words for having none."""
    absences = {"not_quantified": "提到，未定数", "not_mentioned": "未提及"}
    told = {}
    for folder in plan_folders():
        plan = raw(folder, "plan.yml")
        for row in raw(folder, "indicators.yml").get("indicators") or []:
            told[folder.name, row.get("concept")] = spoken(row["target"], row["label"]) + row.get("note", "")
        for mention in plan.get("mentions") or []:
            target = mention["target"]
            figure = spoken(target, f"（{mention.get('unit')}）")
            words = f"{absences[target]}{quoted(mention['quote'])}" if target in absences else figure + mention.get("note", "")
            told.setdefault((folder.name, mention["concept"]), words)
        told |= {(folder.name, concept): absences["not_mentioned"] for concept in plan.get("not_mentioned") or []}
    concepts = {squeeze(concept["name"]): concept["id"] for concept in raw(ROOT / "data" / "vocabulary", "indicators.yml")}
    regions = {region["code"]: region["name"] for region in raw(ROOT / "data", "regions.yml")["regions"]}
    columns = {}
    for folder in plan_folders():
        plan = raw(folder, "plan.yml")
        columns[regions[plan["region"]] + ("（讨论稿）" if plan["status"] == "draft" else "")] = folder.name
    for grid in (grids[1280][places.COMPARE][0][0], grids[320][places.COMPARE][1][0]):
        assert len(grid.cells) == len(concepts) * len(columns)
        for row, column, text in grid.cells:
            assert text == squeeze(told[columns[column], concepts[row]]), (row, column)
