"""Pinyin readings of texts, with hand-made readings for what the dictionary gets wrong."""

from pypinyin import Style, lazy_pinyin


class Pinyin:
    def __init__(self, overrides):
        self._overrides = {word: syllables.split() for word, syllables in overrides.items()}

    def readings(self, text):
        return [lazy_pinyin(char, style=Style.TONE)[0] if "\u3400" <= char <= "\u9fff" else None for char in text]
