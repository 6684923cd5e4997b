"""Lints over one built page's HTML: what accessibility engines do not see.

`audit(html)` yields (rule, line, message); the line is 0 where the page as a whole is meant.
A rule's id is the name of its function with hyphens. Nothing but the standard library is used.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# A start tag that ends an open element of these names.
ENDS = {
    "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "option": {"option"},
    "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"}, "tbody": {"thead", "tr", "td", "th"},
    **{name: {"p"} for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "div", "table", "section", "form", "fieldset")},
}
SILENT = {"script", "style", "template", "head"}
CONTROLS = {"button", "select", "textarea", "summary"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
REFERENCES = (
    "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage", "aria-flowto",
    "aria-activedescendant", "headers",
)


@dataclass(eq=False)
class Node:
    """An element, or with no tag a piece of text."""

    tag: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    data: str = ""

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    def walk(self) -> Iterator["Node"]:
        """This and all below it, in order."""
        rest = [self]
        while rest:
            node = rest.pop()
            yield node
            rest += reversed(node.children)

    def all(self, *tags: str) -> Iterator["Node"]:
        return (node for node in self.walk() if node.tag and (not tags or node.tag in tags))

    def above(self) -> Iterator["Node"]:
        node = self.parent
        while node:
            yield node
            node = node.parent

    def inside(self, *tags: str) -> bool:
        return any(node.tag in tags for node in self.above())

    @property
    def official(self) -> bool:
        """Words of a plan, not ours: they stay as they are."""
        return any("t" in node.get("class").split() for node in (self, *self.above()))

    @property
    def raw(self) -> str:
        if self.tag in SILENT:
            return ""
        return self.data + "".join(child.raw for child in self.children)

    @property
    def text(self) -> str:
        """What is read, on one line."""
        return re.sub(r"\s+", " ", self.raw).strip()

    @property
    def spoken(self) -> str:
        """What is heard: without what is hidden from assistive technology, with the names of pictures."""
        if self.tag in SILENT or self.get("aria-hidden") == "true":
            return ""
        own = self.get("aria-label") or (self.get("alt") if self.tag == "img" else "")
        return own or self.data + "".join(child.spoken for child in self.children)


class Page(HTMLParser):
    """The tree of a page."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("#root", 0)
        self.nodes: list[Node] = []
        self.feed(html)
        self.close()
        self.elements = [node for node in self.nodes if node.tag]
        self.ids: dict[str, Node] = {}
        for node in self.elements:
            self.ids.setdefault(node.get("id"), node)

    def all(self, *tags: str) -> Iterator[Node]:
        """The page's elements of these names, in order."""
        return (node for node in self.elements if node.tag in tags)

    def handle_starttag(self, tag, attributes):
        while self.here.tag in ENDS.get(tag, ()):
            self.here = self.here.parent
        self.add(tag, attributes)
        if tag not in VOID:
            self.here = self.here.children[-1]

    def handle_startendtag(self, tag, attributes):
        self.add(tag, attributes)

    def handle_endtag(self, tag):
        node = next((node for node in (self.here, *self.here.above()) if node.tag == tag), None)
        if node:
            self.here = node.parent

    def handle_data(self, data):
        self.put(Node("", self.getpos()[0], parent=self.here, data=data))

    def add(self, tag, attributes):
        self.put(Node(tag, self.getpos()[0], {name: value or "" for name, value in attributes}, self.here))

    def put(self, node):
        self.here.children.append(node)
        self.nodes.append(node)

    def name(self, node: Node) -> str:
        """The accessible name, as far as lints need it."""
        labels = [self.ids[key] for key in node.get("aria-labelledby").split() if key in self.ids]
        if node.has("id"):
            labels += [label for label in self.all("label") if label.get("for") == node.get("id")]
        labels += [label for label in node.above() if label.tag == "label"]
        words = "".join(label.spoken for label in labels) or node.spoken
        if node.tag == "input" and node.get("type") in ("submit", "reset", "button", "image"):
            words = words or node.get("value") or node.get("alt")
        return re.sub(r"\s+", " ", words).strip()


Lint = Callable[[Page], Iterator[tuple[Node, str]]]
LINTS: dict[str, Lint] = {}


def lint(function: Lint) -> Lint:
    LINTS[function.__name__.replace("_", "-")] = function
    return function


def audit(html: str) -> Iterator[tuple[str, int, str]]:
    """All findings on a page, rule by rule."""
    page = Page(html)
    for rule, function in LINTS.items():
        for node, message in function(page):
            yield rule, node.line, message


# --- the page ---------------------------------------------------------------------------------------


@lint
def page_language(page):
    """The language is said, as simplified Chinese of the mainland."""
    html = next(page.all("html"), page.root)
    if html.get("lang") != "zh-Hans-CN":
        yield html, f"html 的 lang 是“{html.get('lang')}”，应该是 zh-Hans-CN。"


@lint
def one_h1(page):
    """Exactly one h1."""
    found = list(page.all("h1"))
    if not found:
        yield page.root, "这一页没有 h1。"
    for node in found[1:]:
        yield node, f"这一页不止一个 h1：“{node.text}”。"


@lint
def heading_order(page):
    """No level is skipped on the way down, from h1 on."""
    before = 0
    for node in page.all(*HEADINGS):
        level = int(node.tag[1])
        if level > before + 1:
            yield node, f"标题跳级：“{node.text}”是 h{level}，前面{f'只到 h{before}' if before else '没有 h1'}。"
        before = level


@lint
def nav_name(page):
    """Every nav says which one it is."""
    for node in page.all("nav"):
        if not (node.get("aria-label").strip() or (node.has("aria-labelledby") and page.name(node))):
            yield node, "nav 没有名字（aria-label）。"


@lint
def chrome_english(page):
    """Header, navigation and footer are in Chinese, unless a part says that it is not."""
    for node in page.all("header", "nav", "footer"):
        if node.inside("header", "nav", "footer"):
            continue
        for part in node.walk():
            chain = (part, *part.above())
            if any(up.tag in SILENT or (up.tag != "html" and up.has("lang")) for up in chain):
                continue
            for words in (part.data, part.get("aria-label"), part.get("alt"), part.get("placeholder")):
                if found := re.search(r"[A-Za-z]{4,}", words):
                    yield part, f"页眉、导航或页脚里有英文“{found[0]}”。"


@lint
def zero_width(page):
    """No characters that nobody sees."""
    for node in page.nodes:
        for words in (node.data, *node.attributes.values()):
            if found := re.search("[\u00ad\u200b-\u200f\u2060\ufeff]", words):
                yield node, f"有看不见的字符 U+{ord(found[0]):04X}：“{words.strip()[:20]}”。"


@lint
def duplicate_id(page):
    """An id names one element."""
    for node in page.elements:
        if node.has("id") and page.ids[node.get("id")] is not node:
            yield node, f"id“{node.get('id')}”重复。"


# --- structure --------------------------------------------------------------------------------------


@lint
def fake_heading(page):
    """A heading is marked up as one: no paragraph in bold, none that is numbered like a chapter. Official text is left alone."""
    for node in page.all("p"):
        words = node.text
        if not words or node.official:
            continue
        plain = "".join(part.data for part in node.walk() if part.data.strip() and not part.inside("b", "strong"))
        numbered = re.match(r"第[一二三四五六七八九十百零〇\d]+[章节条]|[一二三四五六七八九十]+、", words)
        if not plain.strip():
            yield node, f"整段加粗，像标题又不是标题：“{words[:20]}”。"
        elif numbered and len(words) <= 40 and not re.search("[。；！？]", words):
            yield node, f"段落写得像标题：“{words[:20]}”。"


@lint
def br_list(page):
    """A list is marked up as one: no numbered lines, and no four lines, parted by br. Addresses and code may have lines."""
    for node in page.elements:
        if node.inside("address", "pre") or node.tag in ("address", "pre") or not any(child.tag == "br" for child in node.children):
            continue
        lines = "".join("\n" if child.tag == "br" else re.sub(r"\s+", " ", child.raw) for child in node.children).split("\n")
        marked = [line for line in lines if re.match(r"\s*([-•·●○*▪]|[（(]?[\d一二三四五六七八九十]+[）)、.．]|[①-⑳])", line)]
        if len(marked) > 1 or len(lines) > 3:
            yield node, f"用换行排成的清单，应该用 ul 或 ol：“{lines[0].strip()[:20]}”。"


@lint
def table_caption(page):
    """Every table has a caption."""
    for node in page.all("table"):
        if not any(caption.text for caption in node.all("caption")):
            yield node, "表格没有标题（caption）。"


@lint
def table_scope(page):
    """Every table has header cells, and each says what it heads."""
    for node in page.all("table"):
        heads = list(node.all("th"))
        if not heads:
            yield node, "表格没有表头单元格（th）。"
        for head in heads:
            if head.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                yield head, f"表头“{head.text}”没有 scope。"


@lint
def empty_cell(page):
    """A cell says something: a missing value is a word, never blank or a dash."""
    for node in page.all("td", "th"):
        if not re.sub(r"[-‐-―−－─~/／.…\s]", "", node.spoken) and not any(node.all("input", "button", "select")):
            yield node, f"单元格是空的，或者只有横线：“{node.text}”。"


@lint
def radio_fieldset(page):
    """Radio buttons stand in a fieldset with a legend."""
    for node in page.all("input"):
        if node.get("type").lower() == "radio":
            group = next((up for up in node.above() if up.tag == "fieldset"), None)
            if not group or not any(legend.text for legend in group.all("legend")):
                yield node, "单选按钮不在带 legend 的 fieldset 里。"


# --- words ------------------------------------------------------------------------------------------


@lint
def vague_link(page):
    """A link's words say where it leads, alone and without what is around them."""
    vague = r"(请)?(点击|点|按|戳)?(这里|此处|这儿|此)|(点击|了解|查看|阅读|显示)?(更多|详情|全部|详细)(信息|内容)?|(点击)?(查看|进入|打开)|链接|网址|more|here|click here|read more"
    for node in page.all("a"):
        words = page.name(node).strip("…。.>»›→ ")
        if node.has("href") and (re.fullmatch(vague, words, re.I) or re.fullmatch(r"(https?://|www\.)\S+", words)):
            yield node, f"链接的文字说不清去哪里：“{words}”。"


@lint
def same_words(page):
    """Links with the same words lead to the same place."""
    targets: dict[str, str] = {}
    for node in page.all("a"):
        words, target = page.name(node), node.get("href")
        if node.has("href") and words and targets.setdefault(words, target) != target:
            yield node, f"链接文字相同，去处不同：“{words}”去 {targets[words]}，也去 {target}。"


@lint
def place_alone(page):
    """Our own words never point by colour or place alone."""
    place = "(红色?|绿色?|蓝色?|黄色?|左[侧边]?|右[侧边]?|左上角?|右上角?|上方|下方)"
    pattern = rf"(点击|点|按|选|看|见|如){place}?(的)?(上图|下图|左图|右图|{place}的?(按钮|链接|图标|菜单|文字|方框|一栏|栏|区域|部分))"
    pattern += "|(点击|点|按|选|看|见|如)(上图|下图|左图|右图|左[侧边]|右[侧边]|上方|下方|红色|绿色|蓝色|黄色)"
    for node in page.all("p", "li", "dd", "label", "legend", "summary", "figcaption"):
        own = "".join(child.data if not child.tag else child.text for child in node.children if child.tag not in ("p", "ul", "ol", "dl", "div"))
        if not node.official and (found := re.search(pattern, re.sub("“[^”]*”", "", own))):
            yield node, f"只用颜色或位置指示：“{found[0]}”。"


# --- controls ---------------------------------------------------------------------------------------


@lint
def image_alt(page):
    """Every picture has an alt, empty if it says nothing; never a file's name."""
    for node in page.all("img"):
        if not node.has("alt"):
            yield node, f"图片没有 alt：{node.get('src')}。"
        elif re.fullmatch(r"图片?|照片|image|.*\.(png|jpe?g|svg|gif|webp)", node.get("alt").strip(), re.I):
            yield node, f"图片的 alt 没有说明内容：“{node.get('alt')}”。"


@lint
def control_name(page):
    """Every link and control has a name."""
    for node in page.elements:
        pressed = node.tag in CONTROLS or (node.tag == "a" and node.has("href")) or node.get("role") in ("button", "link", "checkbox", "radio", "switch", "tab")
        if (pressed or (node.tag == "input" and node.get("type") != "hidden")) and not page.name(node):
            yield node, f"{node.tag} 没有名字。"


@lint
def dangling_reference(page):
    """What aria attributes name is there."""
    for node in page.elements:
        for attribute in REFERENCES:
            for key in node.get(attribute).split():
                if key not in page.ids:
                    yield node, f"{attribute} 指向的 id“{key}”不在这一页。"


@lint
def dangling_label(page):
    """What a label or an output is for is there."""
    for node in page.all("label", "output"):
        for key in node.get("for").split():
            if key not in page.ids:
                yield node, f"for 指向的 id“{key}”不在这一页。"


@lint
def positive_tabindex(page):
    """The order of the page is the order of the keyboard."""
    for node in page.elements:
        if re.fullmatch(r"\s*\+?0*[1-9]\d*\s*", node.get("tabindex")):
            yield node, f"{node.tag} 的 tabindex 是 {node.get('tabindex')}，只可以是 0 或 -1。"


@lint
def title_tooltip(page):
    """No control hides words in a tooltip, which neither fingers nor keys can open."""
    for node in page.all("a", "input", *CONTROLS):
        if node.has("title"):
            yield node, f"{node.tag} 的 title 提示很多人看不到：“{node.get('title')}”。"


@lint
def new_window(page):
    """No link opens another window."""
    for node in page.all("a", "area", "form", "base"):
        if node.get("target").lower() not in ("", "_self"):
            yield node, f"在新窗口打开（target={node.get('target')}）：“{node.text}”。"


@lint
def autoplay(page):
    """Nothing plays by itself."""
    for node in page.all("audio", "video"):
        if node.has("autoplay"):
            yield node, f"{node.tag} 自动播放。"


@lint
def meta_refresh(page):
    """No page leaves by itself."""
    for node in page.all("meta"):
        if node.get("http-equiv").lower() == "refresh":
            yield node, "页面会自动刷新或跳转（meta refresh）。"


@lint
def inline_handler(page):
    """Scripts stand in files."""
    for node in page.elements:
        for attribute, value in node.attributes.items():
            if re.fullmatch("on[a-z]+", attribute) or (attribute in ("href", "action") and value.strip().lower().startswith("javascript:")):
                yield node, f"{node.tag} 里写了脚本（{attribute}）。"
