"""What must not grow with the number of plans, counted in bytes, files and calls."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_incremental import build

from benchmark import corpus

FEW, MANY = 3, 60
ROW = 600  # bytes that a page may grow by for each province more


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> dict[int, Path]:
    """Sites of few and of many plans, the few among the many; both go by province."""
    made = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("plansite.provinces.MOST", 2)
        for number in (FEW, MANY):
            root = tmp_path_factory.mktemp("scale") / str(number)
            corpus.make(ROOT, root, number, 1)
            build(root, root / "site")
            made[number] = root / "site"
    return made


def pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


def test_the_pages_of_a_district_are_the_same_whatever_else_there_is(sites):
    few, many = (pages(sites[number]) for number in (FEW, MANY))
    own = [url for url in few if re.match(r"districts/p\d", url)]
    assert len(own) > 20 * FEW
    assert [url for url in own if few[url] != many[url]] == []


def test_the_shell_does_not_grow(sites):
    def shell(html: str) -> str:
        return re.sub(r"<main.*</main>", "", html, flags=re.DOTALL)

    few, many = (pages(sites[number]) for number in (FEW, MANY))
    for url in ("index.html", "districts/index.html", "measures/index.html", "for/index.html", "choose.html", "search.html", "data/index.html"):
        assert shell(few[url]) == shell(many[url]), url


def test_pages_of_the_site_grow_with_provinces_and_not_with_plans(sites):
    few, many = (pages(sites[number]) for number in (FEW, MANY))
    provinces = {number: len(list(sites[number].glob("districts/province-*"))) for number in (FEW, MANY)}
    common = [url for url in few if url in many and "province-" not in url and not re.match(r"districts/p\d", url)]
    assert len(common) > 300
    grown = {url: len(many[url].encode()) - len(few[url].encode()) for url in common}
    assert {url: more for url, more in grown.items() if more > ROW * (provinces[MANY] - provinces[FEW])} == {}


def test_no_page_lists_every_plan(sites):
    links = {url: len(set(re.findall(r'href="[^"]*/(p\d\d[cd]\w*)/', html))) for url, html in pages(sites[MANY]).items()}
    biggest = max(number for url, number in links.items() if url.startswith("districts/province-"))
    assert 2 < max(links.values()) == biggest < MANY / 2


def test_files_grow_with_plans_alone(sites):
    """A plan brings its pages, its data and its part of the search, and nothing for each other plan."""
    count = {number: sum(path.is_file() for path in sites[number].rglob("*")) for number in (FEW, MANY)}
    provinces = {number: len(list(sites[number].glob("districts/province-*"))) for number in (FEW, MANY)}
    per_province = sum(1 for path in sites[MANY].rglob("province-p*/*") if path.is_file()) / provinces[MANY]
    per_plan = (count[MANY] - count[FEW] - per_province * (provinces[MANY] - provinces[FEW])) / (MANY - FEW)
    assert per_plan < 80


COUNT = """
import sys
from pathlib import Path
from conftest import TODAY
from plansite import pool, provinces
from plansite.assembly import Assembly
from plansite.shell import Site
provinces.MOST, pool._cores = 2, lambda: 1  # by province, and all in this process, where it is counted
count = 0
def seen(frame, event, argument):
    global count
    count += event == "call"
root = Path(sys.argv[1])
sys.setprofile(seen)
assembly = Assembly(root, TODAY, Site.read(root))
list(assembly.check())
assembly.finish()
sys.setprofile(None)
print(count)
"""


def test_calls_for_a_plan_stay_the_same(tmp_path):
    """The plans that are added cost as many calls as those before them, for as many characters, all steps together."""
    size, count = {}, {}
    for number in (7, 11, 16):  # of fewer each pair of texts is compared
        root = tmp_path / str(number)
        corpus.make(ROOT, root, number, 1)
        size[number] = sum(path.stat().st_size for path in (root / "data" / "plans").rglob("*.yml"))
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT / "scripts", ROOT / "tests"))), "PYTHONUTF8": "1"}
        done = subprocess.run([sys.executable, "-c", COUNT, str(root)], capture_output=True, text=True, encoding="utf-8", env=environment, check=True)
        count[number] = int(done.stdout)
    first, second = ((count[more] - count[less]) / (size[more] - size[less]) for less, more in ((7, 11), (11, 16)))
    assert 0 < second < 1.25 * first, (count, size)
