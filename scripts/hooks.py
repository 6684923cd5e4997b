"""The MkDocs adapter, and the only module that imports mkdocs.

MkDocs builds the hand-written pages of docs/; what is made from the data is finished apart from it and joins the site at the end.
"""

import os
import sys
from contextlib import contextmanager
from pathlib import Path

from mkdocs.exceptions import PluginError

sys.path.insert(0, str(Path(__file__).resolve().parent))

from plansite import cli, pages, problems, publish
from plansite.assembly import Assembly
from plansite.shell import Site

_SECTIONS = {"about.html": "about", "guide.html": "about", "data-fields.html": "data", "scale.html": "about"}
_begun: list[Assembly] = []  # the build that is under way


def on_config(config):
    """What comes from the data is put together apart; a preview of a few places watches these alone, for a look at all files of a large site
    takes longer than a second."""
    if os.environ.get(publish.APART):
        return config
    root, only = Path(config.config_file_path).parent, publish.only()
    # Settings as they stand in the file: a preview has another address, but its pages are the same.
    with _told():
        assembly = Assembly(root, cli.today(), Site.read(root), only)
    if only:
        config.watch = [path for path in config.watch if path != str(root / "data")] + list(map(str, assembly.inputs()))
    _begun.append(assembly.begin())
    return config


def on_files(files, config):
    """Make everything that comes from the data; keep out what the theme would copy and no page uses."""
    for file in list(files):
        if file.dest_uri.startswith("assets/") and not Path(file.abs_src_path).is_relative_to(config.docs_dir):
            files.remove(file)
    for assembly in _begun:
        with _told():
            found = list(assembly.check())
            if problems.sound(found):
                found = assembly.finish()
            if not problems.sound(found):
                raise problems.Stop(found)
    return files


@contextmanager
def _told():
    """What is wrong with the data as mkdocs shows it."""
    try:
        yield
    except problems.Stop as stop:
        raise PluginError("数据有错误，没有生成网站。\n" + problems.report(stop.problems)) from None


def on_env(env, config, files):
    env.globals["navigation"] = pages.NAVIGATION
    return env


def on_page_context(context, page, config, nav):
    """What the shell shows of a hand-written page: section, way back, contents."""
    page.meta.setdefault("section", _SECTIONS.get(page.file.dest_uri, ""))
    page.meta.setdefault("crumbs", (("首页", "index.html"), (page.title, None)))
    page.meta.setdefault("contents", [(item.id, item.title) for top in page.toc for item in top.children])
    return context


def on_post_build(config):
    for assembly in _begun:
        assembly.join(Path(config.site_dir))
    _end()


def on_build_error(error):
    _end()


def _end():
    while _begun:
        _begun.pop().end()
