"""What a listener hears: the site read by the real screen reader Orca, compared with golden files in golden/.

A golden file is a walk over the site: `[打开 ...]` and `[按 ...]` are what the user does, each other line is one utterance.
Write them anew with `UPDATE_GOLDENS=1` and read the difference aloud before keeping it.

Orca's keys: h next heading, 1 to 6 heading of that level, m landmark, k link, b button, t table, l list, i list item,
p paragraph, Alt+Shift+arrow cell of a table, Down next line, numeric + read to the end.
"""

import gettext
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from orca import PROGRAMS, Orca

pytestmark = pytest.mark.listening
GOLDEN = Path(__file__).parent / "golden"
VERSION = "43."  # Debian 12's. Another Orca puts things in other words.
LONGEST = 20  # presses of one key until something is heard

# What is pressed on a page, a word a key. `k~江津区`: k until 江津区 is heard. Arrows go from cell to cell.
# `follow`: Enter on a link to another page. `many:` before a page: of the site as it is with many plans. `all`: read to the end. Tab comes last: on a control it silences keys like h.
KEYS = {"↓": "alt+shift+Down", "→": "alt+shift+Right", "←": "alt+shift+Left", "follow": "Return"}
NAMES = {"↓": "Alt+Shift+↓", "→": "Alt+Shift+→", "←": "Alt+Shift+←", "follow": "Enter", "Return": "Enter", "space": "空格", "Down": "↓", "all": "数字键盘 +"}
WALKS = {
    # pages
    "home": ("index.html", "m m m h h k l i Tab Tab"),
    "home-all": ("index.html", "all"),
    "district": ("districts/jiangjin/index.html", "m m m h h l i b b space Down Down"),
    "chapter-with-table": ("districts/ziyang/2021-2025/chapter-2.html", "h h t ↓ → → ↓ ↓ ← k~疑误11 Return"),
    "tasks": ("districts/wulong/2021-2025/tasks.html", "h t ↓ → → → ↓ k~疑误31 Return"),
    "compare": ("compare/index.html", "h h l t → ↓ ↓ → k m"),
    "compare-indicator": ("compare/assistive-devices.html", "h h l t ↓ → → ↓ → → Tab"),
    "measure": ("measures/device-subsidy.html", "h h t ↓ → → h k"),
    "two-texts": ("compare/texts/jiangjin-wulong.html", "h h h i i Down Down"),
    "offers": ("for/hearing.html", "h h l i b"),
    "errata": ("districts/changyi/2021-2025/errata.html", "h p h l i k Down Down Down Down Down"),
    "chapter-with-correction": ("districts/ziyang/2021-2025/chapter-3.html", "h h h h k~校订 Return Down Down m m"),
    "about": ("about.html", "m m h h l i i k"),
    "not-found": ("nowhere.html", "all h"),
    # many plans, by province
    "many-home": ("many:index.html", "m m m h h l i Tab Tab"),
    "many-province": ("many:districts/province-chongqing/index.html", "h h l i k"),
    "many-survey": ("many:compare/home-accessibility.html", "h h t ↓ → → ↓ k"),
    "many-survey-province": ("many:compare/province-chongqing/home-accessibility.html", "h h t ↓ → → ↓ k"),
    # journeys
    "journey-find-my-district": ("index.html", "h~按地区找 h~重庆市 k~江津区 follow~江津区 h"),
    "journey-to-a-chapter": ("districts/jiangjin/index.html", "2~目录 k~第三章 follow~第三章 h~第三章 h~第一节"),
    "journey-to-my-place-of-many": ("many:index.html", "h~按地区找 k~四川省 follow~四川省 h~资阳市 k~整个资阳市 follow~资阳市 h"),
    "journey-to-a-figure": ("compare/index.html", "h~逐项指标 t~指标 → → ↓~残疾人辅助器具适配率 →~江津区"),
}


@pytest.fixture(scope="module")
def orca():
    missing = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if missing:
        pytest.skip(f"no {', '.join(missing)}: these are Debian's packages")
    if not gettext.find("orca", "/usr/share/locale", ["zh_CN"]):
        pytest.skip("no Chinese translation of Orca: this system leaves out /usr/share/locale")
    version = subprocess.run(["orca", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    if not version.startswith(VERSION):
        pytest.skip(f"the golden files are Orca {VERSION}x's, this is {version}")
    with Orca() as running:
        yield running


def walk(orca: Orca, address: str, page: str, keys: str) -> str:
    """Open a page, press keys, write down what is done and heard."""
    lines = [f"[打开 {page}]", *orca.open(f"{address}{page}")]
    # A script that opens a details element while the page loads brings this about, now and then.
    assert "焦点模式" not in lines, f"{page} takes Orca to a control at its start, where keys like h are dead:\n" + "\n".join(lines)
    for word in keys.split():
        key, _, wanted = word.partition("~")
        for _ in range(LONGEST if wanted else 1):
            heard = orca.say_all() if key == "all" else orca.press(KEYS.get(key, key), loads=key == "follow")
            lines += [f"[按 {NAMES.get(key, key)}]", *(heard or ["（没有声音）"])]
            if any(wanted in utterance for utterance in heard):
                break
        else:
            assert not wanted, "\n".join([f"{wanted} is not heard by {key}:", *lines])
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("name", WALKS)
def test_what_is_heard(name, orca, server, request):
    page, keys = WALKS[name]
    many = page.startswith("many:")
    heard = walk(orca, request.getfixturevalue("crowded_server") if many else server, page.removeprefix("many:"), keys)
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(heard, encoding="utf-8")
    assert heard == golden.read_text(encoding="utf-8"), f"UPDATE_GOLDENS=1 writes {golden.name} anew"


def test_every_golden_file_is_compared():
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(WALKS)
