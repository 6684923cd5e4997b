"""Small things said in Chinese: counts, dates, sizes."""

from datetime import date

_DIGITS = "零一二三四五六七八九十"


def count(number: int) -> str:
    """A count before a measure word: 两地, 五份, 十二份; digits from 100 on."""
    if number == 2:
        return "两"
    if number <= 10:
        return _DIGITS[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
    return f" {number} "


def day(iso: str) -> str:
    """2022-06-08 as 2022年6月8日."""
    when = date.fromisoformat(iso)
    return f"{when.year}年{when.month}月{when.day}日"


def counted(label: str, number: int, measure: str) -> str:
    """A count behind a name: 江津区 16 个, 昌邑区（讨论稿）23 个."""
    return f"{label}{'' if label.endswith('）') else ' '}{number} {measure}"


def short(text: str) -> str:
    """A text cut for a message."""
    return text if len(text) <= 24 else f"{text[:12]}……{text[-8:]}"


def size(number: int) -> str:
    """Bytes as readers meet them on a download: 57 KB."""
    return f"{number / 1024:.0f} KB" if number >= 1024 else f"{number} 字节"
