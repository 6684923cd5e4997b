"""The Nu HTML checker finds nothing to say about any page."""

import json
import shutil
import subprocess

from conftest import ROOT

# It guesses the language by chance and now and then takes short Chinese for Japanese or for traditional characters.
GUESS = ".*appears to be written in.*"
CHECKER = ROOT / "tests" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def messages(*paths) -> list[tuple]:
    """What the checker says of files, or of all pages below a folder."""
    assert shutil.which("java") and CHECKER.exists(), "python3 scripts/test.py sets up Java and the checker"
    command = ["java", "-jar", str(CHECKER), "--skip-non-html", "--filterpattern", GUESS, "--format", "json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return [(m["url"], m.get("lastLine"), m["message"]) for m in json.loads(done.stderr)["messages"]]


def test_nu_checker(site):
    assert messages(site) == []


def test_lists_of_a_crowded_site(crowded):
    names = ("index.html", "districts/index.html", "data/index.html", "help.html", "choose.html", "for/index.html", "for/hearing.html")
    below = [page for folder in sorted(crowded.rglob("province-chongqing")) for page in sorted(folder.rglob("*.html"))[:4]]
    assert len(below) > 20
    assert messages(*(crowded / name for name in names), *below) == []


def test_the_checker_checks(tmp_path):
    """A page with a fault is found: the test above can fail."""
    (tmp_path / "bad.html").write_text("<!doctype html><html lang=zh><title>坏</title><p id=a></p><p id=a></p></html>", encoding="utf-8")
    done = subprocess.run(["java", "-jar", str(CHECKER), "--format", "json", str(tmp_path)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Duplicate ID" in done.stderr
