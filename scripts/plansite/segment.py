"""Chinese text to words. The only module that knows the segmenter (rjieba, the words of jieba)."""

import functools

import rjieba


@functools.cache
def segment(text: str) -> tuple[str, ...]:
    """The words of `text` in order, punctuation included; joined they are the text."""
    return tuple(rjieba.cut(text))
