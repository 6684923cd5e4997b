"""What is new on the site: data/news.yml, newest first."""

from dataclasses import dataclass
from pathlib import Path

from . import schema
from .problems import Problem, Stop, relative


@dataclass(frozen=True)
class News:
    """`link` is a page of the site, such as districts/jiangjin/index.html."""

    date: str
    title: str
    link: str
    text: str | None = None


_SHAPE = schema.listed(
    schema.shape(News, {"date": schema.matching(r"\d{4}-\d\d-\d\d", "2026-11-22 这样的日期"), "title": schema.text, "link": schema.text}, text=schema.text)
)


def read(root: Path) -> list[News]:
    """Raises Stop with all problems of the file."""
    path = root / "data" / "news.yml"
    found, reading = schema.read(path, root, _SHAPE, empty=())
    if reading.problems:
        raise Stop(reading.problems)
    return sorted(found, key=lambda entry: entry.date, reverse=True)


def dead_links(news: list[News], urls: set[str], root: Path) -> list[Problem]:
    """News that lead nowhere."""
    name = relative(root / "data" / "news.yml", root)
    return [
        Problem(name, 0, "news-link", f"“{entry.title}”的链接“{entry.link}”不是本站的网页。", "改为本站有的网页，例如 districts/jiangjin/index.html。")
        for entry in news
        if entry.link.partition("#")[0] not in urls
    ]
