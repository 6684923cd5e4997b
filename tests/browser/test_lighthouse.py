"""Lighthouse, as for a telephone: full marks, and fast. Its accessibility score is no gate (test_axe.py is) but may not fall."""

import json
import os
import shutil
import subprocess

import pytest
from browsing import MODULES, chromium

CLI = MODULES / "lighthouse" / "cli" / "index.js"
PAGES = ["index.html", "districts/ziyang/index.html", "districts/ziyang/2021-2025/chapter-3.html", "compare/index.html"]
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"


def measured(address: str, categories: list[str]) -> tuple[dict[str, int], list[str]]:
    """The scores, and the audits that cost points."""
    node = shutil.which("node")
    assert node and CLI.is_file(), "python3 scripts/test.py sets up node and tests/node_modules"
    command = [
        node, str(CLI), address, "--quiet", "--output=json", "--output-path=stdout", "--no-enable-error-reporting",
        f"--only-categories={','.join(categories)}", f"--chrome-flags={FLAGS}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium()}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    scores = {key: round((one["score"] or 0) * 100) for key, one in report["categories"].items()}
    cost = [
        f"{key} {ref['id']}: {report['audits'][ref['id']].get('displayValue') or report['audits'][ref['id']]['title']}"
        for key, one in report["categories"].items() for ref in one["auditRefs"]
        if ref["weight"] and (report["audits"][ref["id"]]["score"] or 0) < 1 and report["audits"][ref["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]
    return scores, cost


@pytest.mark.parametrize("url", PAGES)
def test_scores(url, server):
    scores, cost = measured(server + url, list(LEAST))
    if scores["performance"] < LEAST["performance"]:  # a busy machine is slow: once more
        again, more = measured(server + url, ["performance"])
        scores["performance"] = max(scores["performance"], again["performance"])
        cost += more
    low = {key: score for key, score in scores.items() if score < LEAST[key]}
    assert not low, (scores, cost)
