"""Other site generators, given the same content as Markdown: Hugo with next to no layout, Material for MkDocs as it comes."""

import re
import sys
from pathlib import Path

from . import markdown

_HUGO = """baseURL = "/"
languageCode = "zh-Hans-CN"
title = "合成数据，仅供测速"
uglyURLs = true
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]
"""
_LAYOUT = """<!doctype html>
<html lang="zh-Hans-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ .Title }}</title></head>
<body><main>{{ .Content }}</main></body>
</html>
"""
# Links to what is no page, such as downloads, are in the content: not to complain of them costs less, not more.
_MATERIAL = """site_name: 合成数据，仅供测速
theme:
  name: material
  language: zh
use_directory_urls: false
validation: {omitted_files: ignore, absolute_links: ignore, unrecognized_links: ignore, nav: {omitted_files: ignore}, links: {not_found: ignore, anchors: ignore, unrecognized_links: ignore}}
"""
QUIET = {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}  # Material announces its end of life at every build


class Hugo:
    name = "Hugo"

    def __init__(self, folder: Path):
        self.folder, self.content, self.site = folder, folder / "content", folder / "public"
        for name in ("single", "list"):
            _save(folder / "layouts" / "_default" / f"{name}.html", _LAYOUT)
        _save(folder / "hugo.toml", _HUGO)

    def take(self, path: Path, text: str) -> None:
        # An index.md would make all beside it a part of its page; _index.md is the page of a folder.
        _save(self.content / (path.with_name("_index.md") if path.name == "index.md" else path), text)

    def command(self) -> list[str]:
        return [sys.executable, "-m", "hugo", "--source", str(self.folder), "--destination", str(self.site), "--quiet"]


class Material:
    name = "Material"

    def __init__(self, folder: Path):
        self.folder, self.content, self.site = folder, folder / "docs", folder / "site"
        _save(folder / "mkdocs.yml", _MATERIAL)

    def take(self, path: Path, text: str) -> None:
        # Pages are linked by their source, which MkDocs then looks up.
        _save(self.content / path, re.sub(r"(\]\((?!\w+:)[^)#\s]*)\.html", r"\1.md", text))

    def command(self) -> list[str]:
        return [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(self.folder / "mkdocs.yml"), "--site-dir", str(self.site)]


def _save(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def edit(content: Path, before: str, after: str) -> int:
    """Make the same change in the pages below `content` as was made in the text of a plan; in how many."""
    old, new = markdown.escape(before), markdown.escape(after)
    changed = 0
    for path in sorted(content.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")
            changed += 1
    return changed
