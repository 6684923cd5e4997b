"""A build that uses what is finished gives byte for byte what a clean one gives, and makes nothing again that need not be."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, TODAY
from test_build import differences, replace

from benchmark import corpus
from plansite import cli, fingerprint
from plansite.assembly import Assembly
from plansite.problems import sound
from plansite.shell import Site

PLANS = 5


@pytest.fixture(autouse=True, scope="module")
def provinces():
    """Few plans are too many here for one table, so that there are provinces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("plansite.provinces.MOST", 2)
        yield


@pytest.fixture(scope="module")
def many(provinces, tmp_path_factory) -> Path:
    """A project of synthetic plans with its cache filled; tests work on copies."""
    root = tmp_path_factory.mktemp("many") / "project"
    corpus.make(ROOT, root, PLANS, 1)
    for name in ("docs", "overrides"):  # tests change them
        (root / name).unlink()
        shutil.copytree(ROOT / name, root / name)
    (root / "data/vocabulary/synonyms.txt").write_text("", encoding="utf-8")  # its words must stand in some plan, and plans come and go
    build(root, root / "site")
    return root


def build(root: Path, site: Path, today: date = TODAY) -> Assembly:
    shutil.rmtree(site, ignore_errors=True)
    assembly = Assembly(root, today, Site.read(root))
    assert sound(list(assembly.check())) and sound(assembly.finish())
    site.mkdir()
    assembly.join(site)
    return assembly


@pytest.fixture
def project(many, tmp_path) -> Path:
    """A copy that is as finished as the original: times of files are kept."""
    root = tmp_path / "project"
    shutil.copytree(many, root, symlinks=True, copy_function=shutil.copy2)
    return root


def clean(root: Path, tmp_path: Path) -> Path:
    """The site as it is made with nothing to use again."""
    other = tmp_path / "clean"
    shutil.copytree(root, other, symlinks=True, ignore=shutil.ignore_patterns(".cache", "site"))
    build(other, other / "site")
    return other / "site"


def made_again(before: Path, after: Path) -> set[str]:
    """The files of a site that are not the same file as before."""
    old = {path.relative_to(before).as_posix(): path.stat().st_ino for path in before.rglob("*") if path.is_file()}
    return {name for path in after.rglob("*") if path.is_file() and old.get(name := path.relative_to(after).as_posix()) != path.stat().st_ino}


def plan(root: Path, number: int = 0) -> Path:
    return sorted((root / "data" / "plans").iterdir())[number]


def test_nothing_changed_makes_nothing_again(project):
    build(project, project / "site")
    build(project, project / "again")
    assert made_again(project / "site", project / "again") == set()


def test_one_clause_makes_its_plan_again_and_what_shows_it(project, tmp_path):
    build(project, project / "before")
    district = corpus.edit(project).slug
    build(project, project / "site")
    again = made_again(project / "before", project / "site")
    elsewhere = {name for name in again if not name.startswith((f"districts/{district}/", f"data/plans/{district}-"))}
    assert f"districts/{district}/2021-2025/full.html" in again
    assert all(name.startswith("compare/texts/") and district in name for name in elsewhere if name.endswith(".html")), "tables do not show running text"
    assert differences(project / "site", clean(project, tmp_path)) == []


CHANGES = {
    "a plan added": lambda root: corpus_plan(root),
    "a plan removed": lambda root: shutil.rmtree(plan(root, 3)),
    "a district renamed": lambda root: rename(root),
    "a word of the registries": lambda root: replace(root / "data/vocabulary/measures.yml", "name: ", "name: 新的"),
    "a template of pages": lambda root: replace(root / "overrides/content/survey.html", "不分名次", "不分先后"),
    "the shell": lambda root: replace(root / "overrides/base.html", "跳到正文", "直接到正文"),
    "a setting": lambda root: replace(root / "mkdocs.yml", "site_dir: site", "site_dir: site\nsite_url: https://example.org/"),
    "news": lambda root: replace(root / "data/news.yml", "title: ", "title: 新的"),
}


def corpus_plan(root: Path) -> None:
    """One more plan than before."""
    bigger = root.parent / "bigger"
    corpus.make(ROOT, bigger, PLANS + 1, 1)
    new = {path.name for path in (bigger / "data/plans").iterdir()} - {path.name for path in (root / "data/plans").iterdir()}
    for name in new:
        shutil.copytree(bigger / "data/plans" / name, root / "data/plans" / name)


def rename(root: Path) -> None:
    """A district gets another address: its slug in the registry and the name of its folder."""
    folder = plan(root, 1)
    slug = folder.name.rsplit("-", 2)[0]
    regions = root / "data/regions.yml"
    content = regions.read_text(encoding="utf-8")
    assert re.search(rf"slug: {slug}\b", content)
    regions.write_text(re.sub(rf"slug: {slug}\b", "slug: neuer", content), encoding="utf-8")
    folder.rename(folder.with_name(folder.name.replace(slug, "neuer")))


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_site_is_that_of_a_clean_build(change, project, tmp_path):
    build(project, project / "before")
    CHANGES[change](project)
    build(project, project / "site")
    assert differences(project / "before", project / "site") != []
    assert differences(project / "site", clean(project, tmp_path)) == []


def test_another_version_of_a_tool_makes_all_again(project, monkeypatch):
    build(project, project / "before")
    monkeypatch.setattr(fingerprint, "version", lambda name: "0.0")
    build(project, project / "site")
    pages = {name for name in made_again(project / "before", project / "site") if name.endswith(".html")}
    assert pages == {path.relative_to(project / "site").as_posix() for path in (project / "site").rglob("*.html")}


def test_a_plan_that_ends_is_drawn_anew(project, tmp_path):
    """Pages say whether a period has ended, so a cache of last year does not count."""
    build(project, project / "site", date(2024, 6, 1))
    assert "正在实施" in (project / "site" / "districts" / plan(project).name.rsplit("-", 2)[0] / "index.html").read_text(encoding="utf-8")
    build(project, project / "site")
    assert differences(project / "site", clean(project, tmp_path)) == []


DAMAGE = {
    "a page cut short": lambda file: file.write_bytes(file.read_bytes()[:100]),
    "a page overwritten": lambda file: file.write_bytes(bytes(len(file.read_bytes()))),
    "a page lost": lambda file: file.unlink(),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("kind", ["districts", "provinces", "site"])
def test_a_damaged_cache_is_noticed(kind, damage, project, many):
    file = max((project / ".cache" / kind).glob("*/*"), key=lambda path: (path.name.isdigit(), path.stat().st_size, path))
    DAMAGE[damage](file)
    build(project, project / "site")
    assert differences(project / "site", many / "site") == []


def test_damaged_records_are_noticed(project, many):
    for file in (project / ".cache").rglob("*"):
        if file.is_file() and not file.name.isdigit():
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 1
            file.write_bytes(content)
    build(project, project / "site")
    assert differences(project / "site", many / "site") == []


def test_what_another_program_left_is_not_read(project, many):
    """Its records may have another form."""
    for file in (project / ".cache").rglob("value"):
        fingerprint.save(file, ["something", "else"], "another program")
    build(project, project / "site")
    assert differences(project / "site", many / "site") == []


def test_writing_into_the_site_does_not_spoil_the_next_build(project, many):
    """The files of the site are links to the cache: a page that is edited there is made again."""
    build(project, project / "site")
    page = next((project / "site" / "districts").rglob("full.html"))
    page.write_text("was anderes", encoding="utf-8")
    build(project, project / "site")
    assert differences(project / "site", many / "site") == []


def test_an_interrupted_build_is_gone_on_with(project, many, monkeypatch):
    shutil.rmtree(project / ".cache")
    put, done = Assembly(project, TODAY).cache.__class__.put, []

    def stop(self, kind, *rest):
        if kind == "provinces":
            raise KeyboardInterrupt
        done.append(kind)
        return put(self, kind, *rest)

    monkeypatch.setattr("plansite.cache.Cache.put", stop)
    monkeypatch.setattr("plansite.pool._cores", lambda: 1)  # another process may not know what is replaced here
    with pytest.raises(KeyboardInterrupt):
        build(project, project / "site")
    monkeypatch.undo()
    build(project, project / "site")
    assert differences(project / "site", many / "site") == []


def test_data_with_errors_is_kept_from_the_site_and_nothing_is_lost(project, many):
    folder = plan(project)
    (folder / "text.yml").rename(folder / "text.bak")
    found = list(Assembly(project, TODAY, Site.read(project)).check())
    assert any(problem.rule == "file-missing" for problem in found)
    (folder / "text.bak").rename(folder / "text.yml")
    build(project, project / "site")
    assert differences(project / "site", many / "site") == []


def test_provinces_made_on_several_machines_are_joined(project, many, tmp_path, monkeypatch):
    """Each machine makes its part; where they come together nothing of it is made again, though copies lose their times."""
    shutil.rmtree(project / ".cache")
    districts = sorted({path.name.rsplit("-", 2)[0] for path in (project / "data/plans").iterdir()})
    for number, some in enumerate((districts[:2], districts[2:])):
        machine = tmp_path / f"machine-{number}"
        shutil.copytree(project, machine, symlinks=True, ignore=shutil.ignore_patterns("site"))
        assert cli.main(["prepare", "--root", str(machine), *(word for name in some for word in ("--only", name))]) == 0
        for kind in ("checked", "districts"):
            shutil.copytree(machine / ".cache" / kind, project / ".cache" / kind, dirs_exist_ok=True, copy_function=shutil.copyfile)
    monkeypatch.setattr("plansite.workshop.District.make", None)
    monkeypatch.setattr("plansite.pool._cores", lambda: 1)
    build(project, project / "site")
    assert differences(project / "site", many / "site") == []


def test_a_preview_of_one_place_has_its_pages_and_no_other(project, tmp_path):
    """It reads nothing of the other plans, and words that stand in none of its own are no fault."""
    (project / "data/vocabulary/synonyms.txt").write_text("这样 哪里也没有的词\n", encoding="utf-8")
    *others, here = sorted({path.name.rsplit("-", 2)[0] for path in (project / "data/plans").iterdir()})
    (project / "data/plans" / f"{others[0]}-2021-2025" / "text.yml").unlink()
    assembly = Assembly(project, TODAY, Site.read(project), [here])
    assert list(assembly.check()) == [] and sound(assembly.finish())
    site = tmp_path / "preview"
    site.mkdir()
    assembly.join(site)
    assert (site / "districts" / here / "index.html").exists()
    assert not any((site / "districts" / other).exists() for other in others)
    assert f"/{others[0]}/" not in (site / "districts" / "index.html").read_text(encoding="utf-8")
