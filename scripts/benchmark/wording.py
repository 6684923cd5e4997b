"""Consistent changes of all files of a plan at once: what holds between its text, its source and what we say of it holds afterwards.

A text is cut once into pieces that are kept and tokens that may be changed; each plan then gives its tokens a meaning. Tokens
are found whatever white space a source has inside them; a quotation is cut as its text is, because it begins and ends between words.
"""

import random
import re
from collections.abc import Iterable

# Words that plans use for each other. Those of a group change places: what was there once is still there once.
ALIKE = [group.split("/") for group in re.findall(r"\S+", """
    推进/推动/促进/助推 加强/强化/增强/提振 完善/健全/优化/改善 提高/提升/增进/抬升 支持/扶持/支撑 给予/予以/提供/赋予 落实/执行/兑现/践行
    建立/构建/搭建/组建 参加/参与/加入 实现/达到/做到/取得 能力/本领/才干 水平/档次 政策/举措 机制/制度/体制/规则 体系/系统/格局 作用/效用/功用
    范围/范畴 重点/要点/焦点 通过/经由/借助 得到/获得/收获 便利/方便/便捷 坚持/秉持/恪守 持续/不断/始终/长期 继续/接续/延续 探索/尝试/摸索
    充分/充足/足够 依托/依靠/倚靠 有效/高效/切实/有力 力度/强度/幅度 成果/成效/成绩 加大/增加 扩大/拓宽/拓展 加快/加速/从速 及时/适时/尽早/尽快
    统筹/兼顾 合理/适当/妥善/稳妥 方式/形式/途径/渠道 打造/创建/塑造 重要/关键/首要 协调/协同/配合 维护/守护/捍卫 帮助/协助 享受/享有/领受
    按照/依照/遵照/比照 设立/设置/开设/增设 配备/配置/配齐 认真/严格/从严/细致 满足/适应/契合 培育/培养/造就 发挥/展现/彰显 利用/运用/使用/应用
    深入/深化 举办/举行/筹办 解决/化解/破解 逐步/稳步/渐次 丰富/充实 关心/关爱/关怀/爱护 氛围/风气/风尚 引导/引领/带领 鼓励/激励/勉励/号召
    确保/保证/力保 开展/进行/展开/推行 需求/需要/诉求 情况/状况/情形 营造/创造/培植 明显/显著 广泛/普遍 各类/各种/多种/诸多 积极/主动/踊跃
    大力/着力/全力/努力 问题/难题 制定/拟定/制订 根据/依据 巩固/稳固
""")]
# Set phrases of the state that stay as they are.
_KEPT = ("贯彻落实习近平", "贯彻落实党", "深入贯彻", "深入学习", "重要指示", "重要讲话", "重要论述", "坚持以习近平", "坚持党", "坚持加强党", "坚持和加强党", "坚持以人民")
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
    """A text cut at its tokens: `names`, the words of ALIKE, and numbers."""

    def __init__(self, text: str, names: Iterable[str], source: bool):
        gap = _SOURCE_GAP if source else _GAP
        words = sorted({*names, *_KEPT, *(word for group in ALIKE for word in group)}, key=lambda word: (-len(word), word))
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
    """For each word of ALIKE one of its group, each once."""
    return {word: other for group in ALIKE for word, other in zip(group, rng.sample(group, len(group)), strict=True)}


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
