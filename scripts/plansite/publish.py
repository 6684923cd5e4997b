"""From checked data to site/: the build goes to a folder beside it and takes its place when done.

The two folders change places: the one before last is brought up to date, so that of a large site what is the same need not be put there anew.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import catalogue
from .assembly import Assembly

_ONLY = "PLANSITE_ONLY"
SLOW = 100  # plans; a preview of more takes seconds for each change
_OLD = ".site-old"
_NEW = ".site-new"
APART = "PLANSITE_APART"  # tells the hook that what is made from data joins the site without it


class Publication:
    """The site as a folder beside the old one, which takes its place by `publish`.

    mkdocs makes the hand-written pages, if it has to, while the data is checked and drawn: it needs nothing of it.
    """

    def __init__(self, assembly: Assembly, site: Path | None = None):
        """`site`: where the site will be, site/ by default."""
        self._assembly = assembly
        self._site = site or assembly.root / "site"
        self._fresh = self._site.parent / f"{_NEW}-{self._site.name}"
        self._by_hand = assembly.cache.folder / "mkdocs"
        self._said = None  # by mkdocs, if it is at work

    def __enter__(self) -> "Publication":
        print(f"正在生成网站（{len(self._assembly.places)} 个地区）……", flush=True)
        self._hand_made = self._assembly.hand_made()
        if not self._hand_made:
            self._said = tempfile.TemporaryFile()
            command, environment = _mkdocs(self._assembly.root, "build", "--strict", "--quiet", "--site-dir", str(self._by_hand))
            self._mkdocs = subprocess.Popen(command, cwd=self._assembly.root, env=environment | {APART: "1"}, stdout=self._said, stderr=subprocess.STDOUT)
        return self

    def __exit__(self, *_) -> None:
        if self._said:
            self._mkdocs.kill()
            self._mkdocs.wait()
            self._said.close()
        shutil.rmtree(self._by_hand, ignore_errors=True)

    def publish(self) -> int:
        """Put together what is finished. Gives the status of the command."""
        if self._said:
            done = self._mkdocs.wait()
            self._said.seek(0)
            print(self._said.read().decode("utf-8", "replace"), end="", file=sys.stderr)
            if done != 0:
                print("网站没有生成；原来的 site/ 没有动。", file=sys.stderr)
                return done
            self._hand_made = self._assembly.keep_hand_made(self._by_hand)
        self._assembly.mirror(self._fresh, self._hand_made)
        _swap(self._fresh, self._site)
        print(f"网站已生成：{len(self._assembly.pages) + 1} 页，在 {self._site}")  # and 404.html
        print(f"怎样打开：双击 {self._site / 'index.html'}，或者运行 python3 scripts/build.py serve 预览。")
        return 0


def _swap(fresh: Path, site: Path) -> None:
    """Let `fresh` and `site` change places; a file held open on Windows must not leave neither."""
    old = site.parent / f"{_OLD}-{site.name}"
    shutil.rmtree(old, ignore_errors=True)
    if not site.exists():
        fresh.rename(site)
        return
    site.rename(old)
    try:
        fresh.rename(site)
    except OSError:
        old.rename(site)
        raise
    old.rename(fresh)


def serve(root: Path, port: int, places: list[str]) -> int:
    """Preview with reload when data, templates or pages change. Runs until it is stopped. `places`: only these, all if there are none."""
    print(f"预览：在浏览器里打开 http://127.0.0.1:{port}/ 。改了数据或模板会自动刷新；按 Ctrl+C 停止。", flush=True)
    if not places and len(catalogue.paths(root)) > SLOW:
        print("规划很多，全部预览比较慢。可以只看一个地方，例如：build.py serve --only 四川省", flush=True)
    command, environment = _mkdocs(root, "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}")
    return subprocess.run(command, cwd=root, env=environment | ({_ONLY: "\n".join(places)} if places else {}), check=False).returncode


def only() -> list[str]:
    """The places of a preview that the command asked for."""
    return os.environ.get(_ONLY, "").split("\n") if os.environ.get(_ONLY) else []


def _mkdocs(root: Path, *words: str) -> tuple[list[str], dict[str, str]]:
    """The command and the variables of its environment."""
    # Material announces its end of life at every build; maintainers know, staff need not read it.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    return [sys.executable, "-m", "mkdocs", words[0], "--config-file", str(root / "mkdocs.yml"), *words[1:]], environment
