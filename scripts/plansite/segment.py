"""Chinese text to words. The only module that knows the segmenter (rjieba, the words of jieba)."""

import functools


@functools.cache
def segment(text: str) -> tuple[str, ...]:
    """The words of `text` in order, punctuation included; joined they are the text."""
    import rjieba  # brings its words, which takes its time: only who compares texts waits for it

    return tuple(rjieba.cut(text))
