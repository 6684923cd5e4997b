"""A page made from data: its URL, template, titles, ways and what the template needs. Nothing in this package knows HTML."""

from dataclasses import dataclass, field

from .. import places

SITE = "规划阅览室"
# The links in the header of every page, in order: section, label, URL.
NAVIGATION = (
    ("home", "首页", places.HOME),
    ("districts", "找地区", places.DISTRICTS),
    ("compare", "比一比", places.COMPARE),
    ("for", "我能得到什么", places.FOR),
    ("topics", "主题", places.TOPICS),
    ("data", "开放数据", places.DATA),
    ("about", "关于本站", places.ABOUT),
)


@dataclass(frozen=True)
class Page:
    """`title` is the page's own name; `crumbs` are (label, URL or None) from the top down;
    `contents` are (anchor, label) of its sections; `chapters` are (label, URL, whether it is this
    page) of the plan that it belongs to; `pinyin` tells that readings of its text are offered."""

    url: str
    template: str
    title: str
    description: str
    section: str
    district: str | None = None
    crumbs: tuple[tuple[str, str | None], ...] = ()
    contents: tuple[tuple[str, str], ...] = ()
    chapters: tuple[tuple[str, str, bool], ...] = ()
    pinyin: bool = False
    context: dict = field(default_factory=dict)

    @property
    def document_title(self) -> str:
        """Page – district – site; unique over the site."""
        names = [self.title] if self.title != SITE else []
        if self.district and self.district != self.title:
            names.append(self.district)
        return " – ".join([*names, SITE])
