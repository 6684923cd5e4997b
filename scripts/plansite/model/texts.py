"""Small helpers on verbatim texts: numbers in them, joining them, their characters without space."""

import re
from collections.abc import Iterable

CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS = re.compile(r"\d+")
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十]+")


def ordinal(number: str | None) -> int | None:
    """The integer in a number as written: "专栏 2", "1．", "（十二）", "第三章"; None without one."""
    if not number:
        return None
    if found := _DIGITS.search(number):
        return int(found[0])
    if found := _CHINESE_NUMBER.search(number):
        tens, _, ones = found[0].rpartition("十")
        if "十" not in found[0]:
            return CHINESE_DIGITS.get(found[0])
        return (CHINESE_DIGITS.get(tens, 1) if tens else 1) * 10 + (CHINESE_DIGITS[ones] if ones else 0)
    return None


def squeeze(text: str) -> str:
    """`text` without white space of any kind (and without the mark ⏎ for a line break)."""
    return "".join(text.replace("⏎", "").split())


def join_words(texts: Iterable[str]) -> str:
    """Texts one behind the other, with a space only where letters or digits would touch."""
    whole = ""
    for text in filter(None, texts):
        if whole and whole[-1].isascii() and whole[-1].isalnum() and text[0].isascii() and text[0].isalnum():
            whole += " "
        whole += text
    return whole
