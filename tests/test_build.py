"""The commands that staff run: reproducible, safe when something is wrong, the same as mkdocs itself."""

import filecmp
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT, run

ENVIRONMENT = os.environ | {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}


def differences(a: Path, b: Path) -> list[str]:
    compared = filecmp.dircmp(a, b)
    found = [*compared.left_only, *compared.right_only]
    found += [name for name in compared.common_files if (a / name).read_bytes() != (b / name).read_bytes()]
    for name in compared.common_dirs:
        found += [f"{name}/{inner}" for inner in differences(a / name, b / name)]
    return found


@pytest.fixture
def project(tmp_path) -> Path:
    """A copy of the whole project, free to be broken."""
    root = tmp_path / "copy"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(".git", ".venv", "site", ".site-*", "node_modules", ".cache", "__pycache__", "tests"))
    return root


def build(root: Path, *words: str) -> subprocess.CompletedProcess:
    """The project's own build.py, without setting up an environment again."""
    command = [sys.executable, "-c", "import sys; sys.path.insert(0, 'scripts'); from plansite import cli; sys.exit(cli.main(sys.argv[1:]))", *words]
    return subprocess.run(command, cwd=root, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False)


def test_building_twice_gives_the_same_bytes(site, tmp_path):
    assert run("build", "--site", str(tmp_path / "again"), root=ROOT).returncode == 0
    assert differences(site, tmp_path / "again") == []


def test_mkdocs_itself_builds_the_same(site, tmp_path):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "plain")]
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert differences(site, tmp_path / "plain") == []


def test_the_build_says_how_to_open_the_site(project):
    done = build(project)
    assert done.returncode == 0, done.stderr
    assert re.search(r"网站已生成：\d+ 页", done.stdout) and "双击" in done.stdout and "index.html" in done.stdout
    assert (project / "site" / "index.html").exists()
    assert [path.name for path in project.iterdir() if path.name.startswith(".site")] == []


def test_the_site_that_was_there_before_is_brought_up_to_date(project, tmp_path):
    """Two folders change places at each build: whatever became of either, the site is as a first build makes it."""
    assert build(project).returncode == 0
    shutil.copytree(project / "site", tmp_path / "first")
    for _ in range(3):
        (project / "site" / "index.html").unlink()
        (project / "site" / "mine.txt").write_text("甲", encoding="utf-8")
        shutil.rmtree(project / "site" / "districts")
        assert build(project).returncode == 0
        assert differences(project / "site", tmp_path / "first") == []


def test_hand_written_pages_are_made_again_when_something_of_them_changed(project):
    """Text, script and settings of mkdocs; what has not changed is the same file as before."""

    def made() -> tuple[int, str]:
        done = build(project)
        assert done.returncode == 0, done.stderr
        return (project / "site/about.html").stat().st_ino, (project / "site/about.html").read_text(encoding="utf-8")

    before = made()
    assert made() == before
    replace(project / "docs/about.md", "# ", "# 新的")
    with (project / "docs/assets/site.js").open("a", encoding="utf-8") as script:
        script.write("// neu\n")
    changed = made()
    assert changed[1] != before[1] and (project / "site/assets/site.js").read_text(encoding="utf-8").endswith("// neu\n")
    replace(project / "mkdocs.yml", "use_directory_urls: false", "use_directory_urls: false\nremote_branch: pages")
    assert made()[0] != changed[0]
    shutil.move(project / "site", project / "kept")
    shutil.rmtree(project / ".cache")
    made()
    assert differences(project / "site", project / "kept") == []


PLAN = "data/plans/jiangjin-2021-2025"
BROKEN = {
    "broken YAML": (lambda root: (root / PLAN / "text.yml").write_text("plan:\n- id: c1: x\n", encoding="utf-8"), "（yaml）"),
    "wrong encoding": (lambda root: (root / PLAN / "plan.yml").write_bytes("region: 江津".encode("gb18030")), "（encoding）"),
    "missing file": (lambda root: (root / PLAN / "errata.yml").unlink(), "（file-missing）"),
    "unknown region": (lambda root: replace(root / PLAN / "plan.yml", "500116", "509999"), "（region）"),
    "unknown agency": (lambda root: replace(root / PLAN / "tasks.yml", "lead: 区民政局\n", "lead: 区民生局\n"), "（agency）"),
    "empty plan": (lambda root: (root / PLAN / "text.yml").write_text("", encoding="utf-8"), "（empty）"),
    "folder without source": (lambda root: (root / PLAN / "source.txt").unlink(), "（source-missing）"),
    "empty folder": (lambda root: (root / "data/plans/kong-2021-2025").mkdir(), "（file-missing）"),
    "dead news": (lambda root: replace(root / "data/news.yml", "districts/index.html", "districts/none.html"), "（news-link）"),
    "no registry": (lambda root: (root / "data/regions.yml").unlink(), "（file-missing）"),
}


def replace(path: Path, find: str, text: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert find in content
    path.write_text(content.replace(find, text, 1), encoding="utf-8")


@pytest.mark.parametrize("fault", BROKEN)
def test_bad_data_gets_its_message_and_the_old_site_stays(fault, project):
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("旧的网站", encoding="utf-8")
    spoil, told = BROKEN[fault]
    spoil(project)
    done = build(project)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert told in said
    assert "Traceback" not in said
    assert [p.name for p in (project / "site").iterdir()] == ["index.html"]
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "旧的网站"
    assert [path.name for path in project.iterdir() if path.name.startswith(".site")] == []


@pytest.mark.parametrize("fault", ["broken YAML", "no registry"])
def test_mkdocs_itself_tells_bad_data(fault, project):
    """As the preview does, which is mkdocs too."""
    spoil, told = BROKEN[fault]
    spoil(project)
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=project, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode != 0 and told in done.stderr and "数据有错误，没有生成网站。" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_in_a_template_leaves_the_old_site_too(project):
    (project / "site").mkdir()
    (project / "site" / "index.html").write_text("旧的网站", encoding="utf-8")
    replace(project / "overrides/content/home.html", "{{ stock }}", "{{ stok }}")
    assert build(project).returncode != 0
    assert (project / "site" / "index.html").read_text(encoding="utf-8") == "旧的网站"


def test_wrong_words_are_answered_in_chinese():
    done = run("biuld")
    assert done.returncode == 2 and "命令写得不对" in done.stderr
    done = run("--help")
    assert done.returncode == 0 and "检查数据" in done.stdout


def test_the_programs_own_faults_are_no_traceback(sample):
    (sample / "data" / "plans" / "ceshi-2021-2025" / "source.txt").unlink()
    (sample / "data" / "plans" / "ceshi-2021-2025" / "source.txt").mkdir()
    done = run("check", root=sample)
    assert done.returncode == 3 and "程序自己出了错" in done.stderr and "Traceback" not in done.stderr
    assert "Traceback" in (sample / ".cache" / "error.txt").read_text(encoding="utf-8")


def test_a_new_plan_needs_no_other_change(project):
    """Any district can be added: import, check, build, and its pages are there."""
    source = ROOT / "tests" / "plans" / "documents" / "markdown.txt"
    done = build(project, "import", str(source), "--region", "110105", "--period", "2026-2030")
    assert done.returncode == 0, done.stderr
    done = build(project)
    assert done.returncode == 0, done.stdout + done.stderr
    page = (project / "site/districts/beijing-chaoyang/index.html").read_text(encoding="utf-8")
    assert "测试市“十四五”残疾人保障和发展规划" in page and "规划期是 2026 至 2030 年" in page
    matrix = (project / "site/compare/index.html").read_text(encoding="utf-8")
    assert "朝阳区（讨论稿）" in matrix and "尚未录入" in matrix


def test_preview_reloads_after_an_edit(project):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", "import sys; sys.path.insert(0, 'scripts'); from plansite import cli; sys.exit(cli.main(sys.argv[1:]))", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        assert "新上架" in fetch(port, "新上架")
        replace(project / "data/news.yml", "五份规划全文上架", "今天改过的消息")
        assert "今天改过的消息" in fetch(port, "今天改过的消息")
        replace(project / "overrides/content/home.html", "您想做什么", "改过的模板")
        assert "改过的模板" in fetch(port, "改过的模板")
    finally:
        os.killpg(server.pid, 15)
        server.wait(20)


def fetch(port: int, wanted: str) -> str:
    """The home page as soon as it says what is wanted; what it says at last otherwise."""
    text = ""
    for _ in range(120):
        try:
            text = urllib.request.urlopen(f"http://127.0.0.1:{port}/index.html", timeout=5).read().decode()
            if wanted in text:
                break
        except OSError:
            pass
        time.sleep(0.5)
    return text
