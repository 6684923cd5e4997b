"""Lighthouse, as for a telephone: full marks, and fast. Its accessibility score is no gate (test_axe.py is) but may not fall."""

import json
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from browsing import MODULES, TYPES, shell

pytestmark = pytest.mark.alone
RUNNER = Path(__file__).with_name("lighthouse.mjs")
LEAST = {"accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95}
LANES = 6  # browsers at a time: Lighthouse mostly waits for a page to be quiet


def measured(addresses: list[str], categories: list[str]) -> list[tuple[dict[str, int], list[str]]]:
    """For each page the scores, and the audits that cost points."""
    node = shutil.which("node")
    assert node and (MODULES / "lighthouse").is_dir(), "python3 scripts/test.py sets up node and tests/node_modules"
    environment = os.environ | {"CHROME_PATH": shell()}
    done = subprocess.run([node, str(RUNNER), ",".join(categories), *addresses], capture_output=True, text=True, encoding="utf-8", env=environment, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return [told(json.loads(line)) for line in done.stdout.splitlines()]


def told(report: dict) -> tuple[dict[str, int], list[str]]:
    scores = {key: round((one["score"] or 0) * 100) for key, one in report["categories"].items()}
    cost = [
        f"{key} {ref['id']}: {report['audits'][ref['id']].get('displayValue') or report['audits'][ref['id']]['title']}"
        for key, one in report["categories"].items() for ref in one["auditRefs"]
        if ref["weight"] and (report["audits"][ref["id"]]["score"] or 0) < 1 and report["audits"][ref["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual", "informative")
    ]
    return scores, cost


@pytest.fixture(scope="module")
def reports(server):
    """Scores and costs of each page."""
    lanes = [TYPES[lane::LANES] for lane in range(LANES)]
    with ThreadPoolExecutor(LANES) as pool:
        found = pool.map(lambda urls: measured([server + url for url in urls], list(LEAST)), lanes)
        return {url: report for urls, reports in zip(lanes, found, strict=True) for url, report in zip(urls, reports, strict=True)}


@pytest.mark.parametrize("url", TYPES)
def test_scores(url, server, reports):
    scores, cost = reports[url]
    if scores["performance"] < LEAST["performance"]:  # a busy machine is slow: once more, alone
        again, more = measured([server + url], ["performance"])[0]
        scores["performance"] = max(scores["performance"], again["performance"])
        cost += more
    low = {key: score for key, score in scores.items() if score < LEAST[key]}
    assert not low, (scores, cost)
