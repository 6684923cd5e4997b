"""YAML in the one form in which the data is written, read several times faster than by libyaml.

Block mappings and lists; scalars, lists and mappings of scalars on one line. Whatever is not of this form
beyond doubt is not read here at all: libyaml's answer counts, and what is read here equals it. Only mappings
know their lines here.
"""

import re


class Mapping(dict):
    """`line` is where it begins in its file, 1-based; `repeated` are the keys that stand in it again, each with the line."""

    line: int = 0
    repeated: tuple[tuple[str, int], ...] = ()


# No control characters, no line breaks but \n, no byte order mark: libyaml refuses them or breaks lines at them.
_NONE = r"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
_KEY = r"\w[\w-]{0,99}+"  # far below the 1,024 characters after which libyaml takes nothing for a key
_FIRST = rf"[^ \-?:,\[\]{{}}#&*!|>'\"%@`{_NONE}]"
_PLAIN = rf"{_FIRST}[^:#{_NONE}]*+(?:(?::(?![ \n])|(?<! )#)[^:#{_NONE}]*+)*+(?<! )"
_QUOTED = rf"'[^'{_NONE}]*+(?:''[^'{_NONE}]*+)*+'|\"[^\"\\{_NONE}]*+\""
_ITEM = rf"(?:{_FIRST}[^:#?,\[\]{{}}{_NONE}]*+(?<! )|{_QUOTED})"
_LIST = rf"\[(?:{_ITEM}(?:, {_ITEM})*+)?+\]"
_PAIR = rf"{_KEY}: (?:{_ITEM}|{_LIST})"
_VALUE = rf"{_PLAIN}|{_QUOTED}|{_LIST}|\{{{_PAIR}(?:, {_PAIR})*+\}}"
# Indentation, "- " of a list, key and value; or "- " and the value of a list; or nothing but a comment.
_LINE = re.compile(rf"^(?:( *+)(?:(- )?+({_KEY}):(?: ++({_VALUE}))?+|- ({_VALUE}))| *+(?:#[^{_NONE}]*+)?+)\n", re.MULTILINE)
_MARKED = "'\"[{"
_ITEMS = re.compile(_ITEM)
_PAIRS = re.compile(rf"({_KEY}): ({_ITEM}|{_LIST})")


def read(text: str) -> Mapping | list | None:
    """The values of `text`; None if it is not of the simple form, be it right or wrong."""
    lines = _LINE.findall(text)
    if len(lines) != text.count("\n") or not text.endswith("\n"):
        return None
    # A collection has a depth: twice the column of its keys, or twice that of its dashes and one, for they may stand
    # right below the key that they belong to. A line belongs to the collection of its own depth.
    root = box = Mapping()
    depth, key = -1, ""  # of `box`, and its key whose collection is yet to come
    outer: list[tuple[int, Mapping | list]] = []  # the collections around `box`, with their depths
    for number, (indent, dash, name, value, item) in enumerate(lines, 1):
        if not (name or item):
            continue
        at = 2 * len(indent) + (dash != "" or item != "")
        if key is not None:
            if at <= depth:
                return None
            outer.append((depth, box))
            box[key] = box = [] if at % 2 else Mapping()
            depth, key = at, None
            if not at % 2:
                box.line = number
        elif at != depth:
            while at < depth:
                depth, box = outer.pop()
            if at != depth:
                return None
        if item:
            box.append(_inline(item, number) if item[0] in _MARKED else item)
            continue
        if dash:
            outer.append((depth, box))
            box.append(Mapping())
            depth, box = depth + 3, box[-1]  # its keys stand two columns behind the dash
            box.line = number
        if name in box:
            box.repeated += ((name, number),)
        if not value:
            key = name
        elif value[0] in _MARKED:
            box[name] = _inline(value, number)
        else:
            box[name] = value
    return root[""] if key is None else None


def _inline(written: str, line: int) -> str | Mapping | list:
    """A value that begins with one of _MARKED."""
    first = written[0]
    if first == "[":
        return [_inline(item, line) if item[0] in _MARKED else item for item in _ITEMS.findall(written, 1)]
    if first == "{":
        value = Mapping()
        value.line = line
        for key, item in _PAIRS.findall(written):
            if key in value:
                value.repeated += ((key, line),)
            value[key] = _inline(item, line) if item[0] in _MARKED else item
        return value
    return written[1:-1].replace("''", "'") if first == "'" else written[1:-1]
