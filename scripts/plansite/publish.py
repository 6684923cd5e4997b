"""From checked data to site/: the build goes to a folder beside it and takes its place when done."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import catalogue
from .assembly import Assembly

_ONLY = "PLANSITE_ONLY"
SLOW = 100  # plans; a preview of more takes seconds for each change
_OLD = ".site-old"
_NEW = ".site-new"
APART = "PLANSITE_APART"  # tells the hook that what is made from data joins the site without it


def build(assembly: Assembly, root: Path, site: Path | None = None) -> int:
    """Build into `site` (site/ by default) from what is assembled. The old site stays until the new one is whole."""
    site = site or root / "site"
    fresh = site.parent / f"{_NEW}-{site.name}"
    shutil.rmtree(fresh, ignore_errors=True)
    print(f"正在生成网站（{len(assembly.districts)} 个地区）……", flush=True)
    done = _mkdocs(root, "build", "--strict", "--quiet", "--site-dir", str(fresh), **{APART: "1"})
    if done != 0:
        shutil.rmtree(fresh, ignore_errors=True)
        print("网站没有生成；原来的 site/ 没有动。", file=sys.stderr)
        return done
    assembly.link(fresh)
    _swap(fresh, site)
    pages = assembly.pages + sum(1 for _ in (root / "docs").glob("*.md")) + 1  # and 404.html
    print(f"网站已生成：{pages} 页，在 {site}")
    print(f"怎样打开：双击 {site / 'index.html'}，或者运行 python3 scripts/build.py serve 预览。")
    return 0


def _swap(fresh: Path, site: Path) -> None:
    """Put `fresh` where `site` is; a file held open on Windows must not leave neither."""
    old = site.parent / f"{_OLD}-{site.name}"
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    try:
        fresh.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def serve(root: Path, port: int, places: list[str]) -> int:
    """Preview with reload when data, templates or pages change. Runs until it is stopped. `places`: only these, all if there are none."""
    print(f"预览：在浏览器里打开 http://127.0.0.1:{port}/ 。改了数据或模板会自动刷新；按 Ctrl+C 停止。", flush=True)
    if not places and len(catalogue.paths(root)) > SLOW:
        print("规划很多，全部预览比较慢。可以只看一个地方，例如：build.py serve --only 四川省", flush=True)
    return _mkdocs(root, "serve", "--quiet", "--dev-addr", f"127.0.0.1:{port}", **({_ONLY: "\n".join(places)} if places else {}))


def only() -> list[str]:
    """The places of a preview that the command asked for."""
    return os.environ.get(_ONLY, "").split("\n") if os.environ.get(_ONLY) else []


def _mkdocs(root: Path, *words: str, **variables: str) -> int:
    # Material announces its end of life at every build; maintainers know, staff need not read it.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | variables
    command = [sys.executable, "-m", "mkdocs", words[0], "--config-file", str(root / "mkdocs.yml"), *words[1:]]
    return subprocess.run(command, cwd=root, env=environment, check=False).returncode
