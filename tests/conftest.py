"""What the tests share: the real project, copies of the invented sample, and the site built once."""

import functools
import hashlib
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import yaml
from lxml import html
from playwright.sync_api import sync_playwright

from plansite import catalogue as catalogues
from plansite import cli, pages
from plansite.catalogue import Catalogue
from plansite.derived import Derived

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "plans" / "sample"
DOCUMENTS = ROOT / "tests" / "plans" / "documents"
TODAY = date(2026, 11, 22)
JUDGED = {"locale": "zh-CN", "reduced_motion": "reduce", "bypass_csp": True}
# One date for every build of the tests, so that two builds can be compared.
os.environ.setdefault("SOURCE_DATE_EPOCH", "1795305600")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The real data."""
    return catalogues.read(ROOT, TODAY)


@pytest.fixture
def sample(tmp_path) -> Path:
    """A root with the invented plan, free to be broken."""
    root = tmp_path / "project"
    shutil.copytree(SAMPLE, root)
    return root


def edit(root: Path, edits: list[dict]) -> None:
    """Apply the edits of a rule's input.yml: find and replace, delete, or encode anew."""
    for change in edits:
        path = root / change["file"]
        if "delete" in change:
            path.unlink()
            continue
        text = path.read_bytes().decode()
        if "encode" in change:
            path.write_bytes(text.encode(change["encode"]))
            continue
        assert change["find"] in text, f"{change['find']!r} is not in {path}"
        text = text.replace(change["find"], change["replace"], 1)
        path.write_bytes(text.encode())
        if "sha" in change:  # the source was meant to be so: only what it says is under test
            plan = path.parent / "plan.yml"
            found = yaml.safe_load(plan.read_text(encoding="utf-8"))["source"]["sha256"]
            plan.write_text(plan.read_text(encoding="utf-8").replace(found, hashlib.sha256(path.read_bytes()).hexdigest()), encoding="utf-8")


def run(*words: str, root: Path | None = None) -> subprocess.CompletedProcess:
    """Run build.py's command line as staff do, in a process of its own."""
    command = [sys.executable, "-c", "import sys; from plansite import cli; sys.exit(cli.main(sys.argv[1:]))", *words]
    if root:
        command += ["--root", str(root)]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "PYTHONUTF8": "1"}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def check(root: Path) -> tuple[int, str]:
    done = run("check", root=root)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The real site, built by the command that staff run."""
    folder = tmp_path_factory.mktemp("built") / "site"
    done = run("build", "--site", str(folder), root=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    (ROOT / ".cache").mkdir(exist_ok=True)
    (ROOT / ".cache" / "tested-pages").write_text(str(sum(1 for _ in folder.rglob("*.html"))), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def crowded(tmp_path_factory) -> Path:
    """The real site as it is built when there are more plans than a page may list: here more than two."""
    folder = tmp_path_factory.mktemp("crowded") / "site"
    program = "from plansite import provinces; provinces.MOST = 2; from mkdocs.__main__ import cli; cli()"
    command = [sys.executable, "-c", program, "build", "--strict", "--quiet", "--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=os.environ | {"PYTHONPATH": str(ROOT / "scripts"), "PYTHONUTF8": "1"}, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def playwright():
    """One for all tests: a second one in the same thread fails."""
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browser(playwright):
    """Chromium, one for all tests; pages open contexts of their own."""
    from browsing import ARGUMENTS, shell

    made = playwright.chromium.launch(executable_path=shell(), args=ARGUMENTS)
    yield made
    made.close()


@pytest.fixture(scope="session")
def judging(playwright):
    """Chromium for the engines, which read the pages' style sheets."""
    from browsing import ARGUMENTS, READ_STYLES, shell

    made = playwright.chromium.launch(executable_path=shell(), args=[*ARGUMENTS, READ_STYLES])
    yield made
    made.close()


@pytest.fixture
def paged(judging):
    """Makes a page to be judged, in a context of its own, for a width and Playwright's context options."""
    contexts = []

    def make(width=1280, **options):
        contexts.append(judging.new_context(viewport={"width": width, "height": 800}, **JUDGED | options))
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def doubled(playwright, tmp_path_factory):
    """A context of a reader who has set the browser's text to 200 %; its one page is `pages[0]`."""
    from browsing import ARGUMENTS, READ_STYLES, chromium

    profile = tmp_path_factory.mktemp("profile")
    (profile / "Default").mkdir()
    (profile / "Default" / "Preferences").write_text(json.dumps({"webkit": {"webprefs": {"default_font_size": 32, "default_fixed_font_size": 26}}}), encoding="utf-8")
    made = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium(), args=[*ARGUMENTS, READ_STYLES], **JUDGED)
    size = made.pages[0].evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size == 32, f"the profile is not read: {size}px"
    yield made
    made.close()


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of an HTTP server of a site, with a slash at its end; what is not there is 404.html."""

    class Handler(SimpleHTTPRequestHandler):
        def send_error(self, code, *_):
            page = (site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_):
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}/"
    made.shutdown()
    made.server_close()


@pytest.fixture(scope="session")
def server(site):
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def crowded_server(crowded):
    with served(crowded) as address:
        yield address


def parsed(path: Path) -> html.HtmlElement:
    return html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot()


@pytest.fixture(scope="session")
def documents(site) -> dict[str, html.HtmlElement]:
    """Every page of the site, parsed, by URL."""
    return {path.relative_to(site).as_posix(): parsed(path) for path in sorted(site.rglob("*.html"))}


@pytest.fixture(scope="session")
def made(catalogue) -> list[pages.Page]:
    """The pages made from the real data, before they are drawn."""
    return list(pages.site(Derived(catalogue), []))


__all__ = ["DOCUMENTS", "ROOT", "SAMPLE", "TODAY", "check", "cli", "edit", "run"]
