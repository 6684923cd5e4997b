"""The quick reader says what libyaml says, or nothing."""

import random
from itertools import product

import pytest
import yaml
from conftest import ROOT, SAMPLE

from plansite import load, simple_yaml
from plansite.simple_yaml import Mapping

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FILES = sorted(path for folder in (ROOT / "data", ROOT / "tests") for path in folder.rglob("*.yml") if "node_modules" not in path.parts)
PLANS = sorted((ROOT / "data" / "plans").glob("*/*.yml"))
# What means something to YAML, and what only looks as if it did.
TOKENS = [
    *"\n  :#-?[]{},&*!|>'\"%@`\\~=.<_19aé字：　\t\r\0\x07\x7f\x85\xa0\u2028\ufeff\uffff😀", ": ", ":\n", " #", "\n#", "- ", "\n- ", "\n  ", "\n\n", "---", "\n---\n", "...",
    "''", "'a'", '"b"', '"\\n"', "[]", "{}", ", ", "[a, b]", "{a: b}", "[a, [b]]", "{a: [b, c]}", "a: b", "? ", "| ", "> ", "&a ", "*a", "!t ", "<<: ", "\u3000#", "it's", "http://x",
]


def seen(value, lines: bool = False):
    """Values with their kinds and repeated keys, mappings with their lines, the others too where they know `lines`."""
    line = (value.line,) if lines else ()
    if isinstance(value, Mapping):
        return "mapping", value.line, value.repeated, [(key, seen(child, lines)) for key, child in value.items()]
    if isinstance(value, list):
        return "list", *line, [seen(child, lines) for child in value]
    assert isinstance(value, str) and (lines or type(value) is str)
    return "text", *line, str(value)


def told(node: yaml.Node, lines: bool = False):
    """The same of libyaml's nodes."""
    line = node.start_mark.line + 1
    own = (line,) if lines else ()
    if isinstance(node, yaml.ScalarNode):
        return "text", *own, node.value
    if isinstance(node, yaml.SequenceNode):
        return "list", *own, [told(child, lines) for child in node.value]
    keys = [key.value for key, _ in node.value]
    repeated = tuple((key.value, key.start_mark.line + 1) for at, (key, _) in enumerate(node.value) if key.value in keys[:at])
    return "mapping", line, repeated, [(key, told(child, lines)) for key, child in {key.value: child for key, child in node.value}.items()]


def accepted(text: str) -> bool:
    """Whether the quick reader reads `text`; then libyaml reads the same."""
    value = simple_yaml.read(text)
    if value is None:
        return False
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as error:
        pytest.fail(f"an error for libyaml: {text!r}\n{error}")
    assert seen(value) == told(node), repr(text)
    return True


def test_every_file_is_read_as_by_libyaml():
    read = [path for path in FILES if accepted(path.read_bytes().decode("utf-8-sig"))]
    assert set(PLANS) | set(SAMPLE.rglob("*.yml")) <= set(read)


def test_files_of_plans_never_need_libyaml(monkeypatch):
    monkeypatch.setattr(yaml, "compose", None)
    for path in PLANS:
        assert load.load(path, ROOT)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_with_lines_each_value_has_its_own(path):
    try:
        node = yaml.compose(path.read_bytes().decode("utf-8-sig"), Loader=LOADER)
    except (yaml.YAMLError, UnicodeDecodeError):
        return
    if node is not None:
        assert seen(load.load(path, ROOT, lines=True), lines=True) == told(node, lines=True)


def test_short_texts():
    """All that can be written with a few tokens."""
    tokens = ["a", "b", ":", " ", "\n", "- ", "#", "'", '"', "[", "]", "{", "}", ", ", "  "]
    texts = ["".join(words) for size in range(5) for words in product(tokens, repeat=size)]
    assert sum(accepted(text + "\n") for text in texts) > 100
    assert not any(accepted(text) for text in texts if not text.endswith("\n"))


def test_every_character():
    """In a value, at its start and in a list: taken as it is, or left to libyaml."""
    for char in map(chr, [*range(0x3100), *range(0xFD00, 0x10000), 0x1F600, 0x1FFFE, 0x10FFFF]):
        read = [accepted(text) for text in (f"a: x{char}y\n", f"- {char}y\n", f"- [x{char}y]\n- '{char}'\n", f"# {char}\n- {char} a\n", f"{char}: a\n")]
        assert any(read) or not char.isprintable() or char == "'", hex(ord(char))


def broken(draw: random.Random, text: str) -> str:
    """`text` with some characters or lines changed, added, dropped or shifted."""
    for _ in range(draw.choice((1, 1, 2, 3))):
        at = draw.randrange(len(text) + 1)
        lines = text.split("\n")
        number = draw.randrange(len(lines))
        change = draw.randrange(9)
        if change < 3:
            text = text[:at] + draw.choice(TOKENS) + text[at + draw.choice((0, 0, 1)) :]
            continue
        if change == 3:
            text = text[:at] + text[at + draw.randint(1, 3) :]
            continue
        if change == 4:
            del lines[number]
        elif change == 5:
            lines[number] = " " * draw.randint(1, 4) + lines[number]
        elif change == 6:
            lines[number] = lines[number][draw.choice((1, 2, 2, 4)) :]
        elif change == 7:
            lines.insert(number, draw.choice(lines))
        else:
            lines[number] += draw.choice(TOKENS)
        text = "\n".join(lines)
    return text


def soup(draw: random.Random) -> str:
    """Lines of keys and values put together at random."""
    return "".join(
        " " * draw.choice((0, 0, 0, 2, 2, 4, 1, 3)) + draw.choice(("", "", "- ")) + draw.choice(("a: ", "b: ", "a:", "甲: ", "x-y:", "")) + draw.choice(["", "", "值", *TOKENS]) + "\n"
        for _ in range(draw.randint(1, 7))
    )


@pytest.mark.parametrize("seed", range(4))
def test_broken_texts(seed):
    draw = random.Random(seed)
    lines = [path.read_text(encoding="utf-8").split("\n") for path in FILES]
    read = 0
    for _ in range(20_000):
        text = soup(draw)
        if draw.random() < 0.6:
            file = draw.choice(lines)
            at = draw.randrange(len(file))
            indent = len(file[at]) - len(file[at].lstrip())
            text = "\n".join(line[indent:] for line in file[at : at + draw.randint(1, 12)]) + "\n"
        read += accepted(broken(draw, text) if draw.random() < 0.9 else text)
    assert read > 1_500


@pytest.mark.parametrize("path", PLANS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_broken_files(path):
    draw = random.Random(path.name)
    text = path.read_text(encoding="utf-8")
    for _ in range(5):
        accepted(broken(draw, text))


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n c\n", "a: |\n  b\n", "a: >\n  b\n", "a: 'b\n  c'\n", "a: &x b\n", "a: *x\n", "a: !t b\n", "a:\tb\n", "a: b\t#c\n", "a:\n", "- a:\n- b: c\n", "a: b # c\n", "a: b: c\n",
        "a: b:\n", 'a: "\\n"\n', "? a\n: b\n", "---\na: b\n", "a: b\n...\n", "a: b\r\n", "a: b\x85c\n", "a: b\u2028c\n", "a: \ufeffb\n", "\x07a: b\n", "# \x07\na: b\n", "a: [b,\n  c]\n",
        "a: {b: c\n", "a: [b]]\n", "a: b\n  - c\n", "- a\nb: c\n", "a:\n    b: c\n  d: e\n", "a: b", "", "# a\n", "a\n", f"{'a' * 1100}: b\n", "a: @b\n", "a: %b\n", "a: -\n", "a: - b\n",
        "a: [b c: d]\n", "a: {b}\n", "a: {b: c}}\n", "a: [b?]\n", "a: '''\n", "a: b \n",
    ],
)
def test_what_is_left_to_libyaml(text):
    assert simple_yaml.read(text) is None


def test_long_values_are_values():
    assert accepted(f"- {'字' * 3000}\n- [{'字' * 1500}, b]\n- {{a: {'字' * 3000}}}\n- a: {'字' * 3000}\n")


def test_a_repeated_key_is_told():
    value = simple_yaml.read("a: 1\nb: {c: 2, c: 3}\na: 4\n")
    assert (value.repeated, value["b"].repeated) == ((("a", 3),), (("c", 2),))
    assert value == {"a": "4", "b": {"c": "3"}}
