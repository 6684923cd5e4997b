"""YAML files to plain values with their lines, and back. The only module that imports yaml, for what simple_yaml does not read."""

from pathlib import Path

import yaml

from . import simple_yaml
from .problems import Problem, Stop, relative
from .simple_yaml import Mapping


class Text(str):
    """A scalar that knows its line."""

    __slots__ = ("line",)


class Sequence(list):
    """A list that knows its line."""

    line: int = 0


def _value(node: yaml.Node) -> Text | Mapping | Sequence:
    # Everything stays a string: YAML 1.1 would turn 010 into 8 and no into False.
    if isinstance(node, yaml.ScalarNode):
        value = Text(node.value)
    elif isinstance(node, yaml.SequenceNode):
        value = Sequence(_value(child) for child in node.value)
    else:
        value = Mapping()
        repeated = []
        for key, child in node.value:
            if key.value in value:
                repeated.append((key.value, key.start_mark.line + 1))
            value[key.value] = _value(child)
        value.repeated = tuple(repeated)
    value.line = node.start_mark.line + 1
    return value


_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def load(path: Path, root: Path, lines: bool = False) -> Mapping | list | str | None:
    """The values of one YAML file, each of which knows its line if `lines` are asked for, else mappings alone: that is much quicker. Raises Stop with what to do."""
    name = relative(path, root)
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise Stop(Problem(name, 0, "file-missing", "找不到这个文件。", "恢复这个文件，或者重新导入规划。")) from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Stop(
            Problem(name, line, "encoding", "文件不是 UTF-8 编码，有字读不出来。", "用编辑器另存为 UTF-8 编码。")
        ) from None
    if not lines and (value := simple_yaml.read(content)) is not None:
        return value
    try:
        node = yaml.compose(content, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        raise Stop(
            Problem(
                name,
                line,
                "yaml",
                "YAML 格式不对，从这一行起读不下去。",
                "看这一行和上一行：缩进用空格，冒号后空一格，文字里有英文冒号或井号时整段加引号。",
            )
        ) from None
    return None if node is None else _value(node)


class Flow(dict):
    """A mapping to be written on one line."""


class _Dumper(yaml.SafeDumper):
    # Everything is read back as a string, so a number needs no quotes.
    yaml_implicit_resolvers: dict = {}

    def ignore_aliases(self, data):
        return True


_Dumper.add_representer(Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True))


def dump(value, head: str = "") -> str:
    """YAML text as staff edit it: keys in the given order, no wrapped lines, `head` as comments."""
    body = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return "".join(f"# {line}\n" for line in head.splitlines()) + body
