"""Consistent changes of all files of a plan at once: what holds between its text, its source and what we say of it holds afterwards.

A text is cut once into pieces that are kept and tokens that may be changed; each plan then gives its tokens a meaning. Tokens
are found whatever white space a source has inside them, and none ends as another begins, so that a quotation is cut as its text is.
"""

import random
import re
from collections.abc import Iterable

# Words that plans use for each other. A pair is exchanged, both ways at once: what was there once is still there once.
PAIRS = re.findall(r"(\S+)/(\S+)", (
    "推进/推动 促进/助推 加强/强化 增强/提振 完善/健全 提高/提升 支持/扶持 持续/不断 积极/主动 大力/着力 明显/显著 广泛/普遍 各类/各种 "
    "营造/创造 加快/加速 加大/增加 维护/保护 扩大/拓宽 合理/适当 按照/依照 设立/设置 配备/配置 认真/切实 满足/适应 培育/培养 打造/创建 "
    "发挥/展现 利用/运用 依托/依靠 享受/享有 改进/改善 帮助/协助 给予/予以 深入/深化 落实/执行 探索/尝试 实现/达到 及时/适时 严格/从严 "
    "充分/充足 举办/举行 解决/化解 建立/构建 逐步/稳步 重要/关键 丰富/充实 关心/关爱 氛围/风气 引导/引领 鼓励/激励 统筹/兼顾 确保/保证 "
    "继续/接续 开展/进行 坚持/秉持 需求/需要 情况/状况 能力/本领 力度/强度"
))
_GAP = r"[^\S\n]*⏎?[^\S\n]*"  # inside a token in YAML; ⏎ is how errata.yml writes the end of a line
_SOURCE_GAP = r"\s*"
_LINES = r"第?\s*\d+\s*行"  # a line of the source that a remark of ours names
_NUMBER = r"(?<![A-Za-z\d.．])\d+(?:\.\d+)?(?![A-Za-z\d]|[.．]\d)"
# Lines of YAML whose numbers and words are no part of the plan's text.
_STRUCTURE = r"^[ -]*(?:id|at|lines|by|before|within|sha256|topic|concept|match|kind|op|every|audiences|needs|kinds|tasks|agency|role|certainty|table|holds|period):.*$"
# Numbers that are bound: years, days, numbers of documents and boxes, ages, ranges.
_BOUND = re.compile(r"(\d+(?:\.\d+)?)\s*(?:年|月|日|号|步|周?岁|[-－—―~～至]+\s*\d)|(?:〔|第|专栏|[\d年][-－—―~～至]+)\s*(\d+(?:\.\d+)?)")
_FIXED = {"100", "110", "119", "120", "12345", "12385"}


def squeezed(token: str) -> str:
    return re.sub(r"[\s⏎]", "", token)


class Cut:
    """A text cut at its tokens: `names` and the words of PAIRS, and numbers."""

    def __init__(self, text: str, names: Iterable[str], source: bool):
        gap = _SOURCE_GAP if source else _GAP
        words = sorted({*names, *(word for pair in PAIRS for word in pair)}, key=lambda word: (-len(word), word))
        choices = [*([] if source else [_STRUCTURE, _LINES]), *(gap.join(map(re.escape, word)) for word in words), _NUMBER]
        self._parts = re.split(f"({'|'.join(choices)})", text, flags=re.MULTILINE)
        self.tokens = set(self._parts[1::2])

    def read(self, meaning: dict[str, str]) -> str:
        """The text with what its tokens mean, by the token as it stands there; others stay."""
        return "".join([meaning.get(part, part) for part in self._parts])


def fitted(token: str, word: str) -> str:
    """`word` in the place of `token`, with the white space where it was: lines are as many as before, none is empty that was not."""
    old, made, at = squeezed(token), [], 0
    for char in token:
        if char.isspace() or char == "⏎":
            made.append(char)
            continue
        at += 1
        made.append(word[at - 1 : at if at < len(old) else None])
    return "".join(made)


def exchanged(rng: random.Random) -> dict[str, str]:
    """About half of PAIRS, both ways."""
    found = {}
    for one, other in PAIRS:
        if rng.random() < 0.5:
            found |= {one: other, other: one}
    return found


def numbers(text: str) -> set[str]:
    return set(re.findall(_NUMBER, text))


def free_numbers(texts: Iterable[str], bound: set[str]) -> tuple[set[str], set[str]]:
    """Of the numbers in `texts` those that only count something: of three digits and more, between 61 and 99, with decimals; and all.

    `bound` are others that must stay.
    """
    every, bound = set(), bound | _FIXED
    for text in texts:
        every |= numbers(text)
        bound |= {number for pair in _BOUND.findall(text) for number in pair if number}
    free = {number for number in every - bound if _range(number) and not re.fullmatch(r"(19|20)\d\d", number)}
    return free, every | bound


def renumbered(rng: random.Random, free: set[str], every: set[str]) -> dict[str, str]:
    """For each free number one that looks like it: as many digits, zeros and decimals; none of them stood there before."""
    found, used = {}, set(every)
    for number in sorted(free):
        whole, dot, decimals = number.partition(".")
        zeros = len(whole) - len(whole.rstrip("0")) if not dot else 0
        first, last = _range(number)
        for _ in range(100):
            new = str(rng.randint(first // 10**zeros, last // 10**zeros)) + "0" * zeros
            if dot:
                new += dot + "".join(rng.choice("123456789") for _ in decimals)
            if new not in used and not re.fullmatch(r"(19|20)\d\d", new):
                found[number] = new
                used.add(new)
                break
    return found


def _range(number: str) -> tuple[int, int] | None:
    """Between which whole numbers another one looks like this."""
    whole, dot, _ = number.partition(".")
    if len(whole) == 2 and "61" <= whole <= "99":
        return 61, 99
    if len(whole) > 2 or dot:
        return (10 ** (len(whole) - 1) if whole != "0" else 0), 10 ** len(whole) - 1
    return None
