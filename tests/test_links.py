"""A folder is brought to hold just what it should, whatever was there."""

import os

import pytest

from plansite.links import lay, mirror


@pytest.fixture
def finished(tmp_path):
    """Finished files by URL."""
    made = {}
    for number, url in enumerate(["index.html", "a/b/c.html", "a/d.html", "e/f.html", "g"]):
        path = tmp_path / "cache" / str(number)
        path.parent.mkdir(exist_ok=True)
        path.write_text(url)
        made[url] = str(path)
    return made


def held(folder) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def empty(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]


def spoil(folder, finished):
    """All that can be wrong with it."""
    (folder / "a" / "b" / "c.html").unlink()  # missing
    (folder / "a" / "d.html").unlink()
    (folder / "a" / "d.html").write_text("another")  # another file
    (folder / "e" / "f.html").unlink()
    (folder / "e" / "f.html").mkdir()  # a folder in the place of a file
    (folder / "e" / "f.html" / "deep").write_text("x")
    (folder / "g").unlink()
    (folder / "g").symlink_to(finished["g"])  # what leads to the file is not the file
    (folder / "old" / "empty").mkdir(parents=True)
    (folder / "old" / "page.html").write_text("old")


def test_a_mirror_holds_what_it_should_and_nothing_else(finished, tmp_path):
    folder = tmp_path / "site"
    mirror(folder, finished)
    assert held(folder) == {url: url for url in finished} and all(os.path.samefile(folder / url, path) for url, path in finished.items())
    spoil(folder, finished)
    mirror(folder, finished)
    assert held(folder) == {url: url for url in finished} and not (folder / "g").is_symlink()
    assert not empty(folder)
    fewer = {"e": finished["g"], "index.html": finished["index.html"]}  # a file in the place of a folder
    mirror(folder, fewer)
    assert held(folder) == {"e": "g", "index.html": "index.html"} and not empty(folder)


def test_what_is_right_is_not_put_there_again(finished, tmp_path, monkeypatch):
    folder, linked = tmp_path / "site", []
    mirror(folder, finished)
    other = tmp_path / "cache" / "other"
    other.write_text("changed")
    monkeypatch.setattr("plansite.links.link", lambda path, target: linked.append(target) or os.link(path, target))
    mirror(folder, finished | {"a/d.html": str(other)})
    assert [os.path.relpath(one, folder) for one in linked] == [os.path.join("a", "d.html")] and (folder / "a" / "d.html").read_text() == "changed"


def test_where_a_file_can_have_no_second_name_it_is_copied(finished, tmp_path, monkeypatch):
    def no(*_):
        raise OSError("not here")

    monkeypatch.setattr(os, "link", no)
    for folder, put in ((tmp_path / "one", mirror), (tmp_path / "other", lay)):
        put(folder, finished)
        assert held(folder) == {url: url for url in finished}
    mirror(tmp_path / "one", finished)
    assert held(tmp_path / "one") == {url: url for url in finished}
