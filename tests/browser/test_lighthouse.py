"""Lighthouse, as for a telephone: full marks, and fast. Its accessibility score is no gate (test_axe.py is) but may not fall."""

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from browsing import MODULES, TYPES, chromium

pytestmark = pytest.mark.alone
CLI = MODULES / "lighthouse" / "cli" / "index.js"
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"


def measured(address: str, categories: list[str]) -> tuple[dict[str, int], list[str]]:
    """The scores, and the audits that cost points."""
    node = shutil.which("node")
    assert node and CLI.is_file(), "python3 scripts/test.py sets up node and tests/node_modules"
    command = [
        node, str(CLI), address, "--quiet", "--disable-full-page-screenshot", "--output=json", "--output-path=stdout", "--no-enable-error-reporting",
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


@pytest.fixture(scope="module")
def reports(server):
    """Scores and costs of each page. Three at a time: Lighthouse mostly waits for a page to be quiet."""
    with ThreadPoolExecutor(3) as pool:
        return dict(zip(TYPES, pool.map(lambda url: measured(server + url, list(LEAST)), TYPES), strict=True))


@pytest.mark.parametrize("url", TYPES)
def test_scores(url, server, reports):
    scores, cost = reports[url]
    if scores["performance"] < LEAST["performance"]:  # a busy machine is slow: once more, alone
        again, more = measured(server + url, ["performance"])
        scores["performance"] = max(scores["performance"], again["performance"])
        cost += more
    low = {key: score for key, score in scores.items() if score < LEAST[key]}
    assert not low, (scores, cost)
