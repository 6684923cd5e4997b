"""The plain sentences use the words that people use: word frequency, terms explained, short."""

import re

import pytest
import rjieba
from wordfreq import get_frequency_dict

from plansite.model import squeeze

# A word is common if it is one in a million or more in wordfreq's Chinese, which counts subtitles, the web, news and books.
COMMON = 1e-6


@pytest.fixture(scope="module")
def words(catalogue) -> list[tuple[str, bool]]:
    """Each word of two characters or more of the plain sentences, and whether the plan's own words have it."""
    found = []
    for plan in catalogue.current:
        whole = squeeze("".join(text for _, _, text in plan.pieces))
        pairs = [(one.plain, squeeze(plan.elements[one.at].text_as_read)) for one in (*plan.offers, *plan.easy_indicators)]
        for plain, official in [*pairs, *((sentence, whole) for sentence in plan.easy_summary)]:
            # Without guessing at new words, which would make one of 配 and 辅具.
            found += [(word, word in official) for word in rjieba.cut(plain, False) if re.fullmatch("[\u3400-\u9fff]{2,}", word)]
    return found


@pytest.fixture(scope="module")
def rare(words, catalogue) -> list[tuple[str, bool]]:
    """Words that are neither common nor part of a term that the glossary explains."""
    frequency = get_frequency_dict("zh", "large")
    explained = [word for term in catalogue.vocabulary.glossary.values() for word in (term.term, *term.aliases)]
    return [(word, official) for word, official in words if frequency.get(word, 0) < COMMON and not any(word in term for term in explained)]


def test_nineteen_of_twenty_words_are_common_or_explained(words, rare):
    assert len(rare) <= 0.05 * len(words), sorted({word for word, _ in rare})


def test_rare_words_of_our_own_are_few(words, rare):
    """What is rare and not the plan's is ours: we might have said it more simply."""
    own = [word for word, official in rare if not official]
    assert len(own) <= 0.02 * len(words), sorted(set(own))


def test_this_judges(catalogue):
    """A jargon word is rare, an everyday word is not."""
    frequency = get_frequency_dict("zh", "large")
    assert frequency.get("转介", 0) < COMMON < frequency["吃饭"]


def test_sentences_are_short(catalogue):
    """Half of all sentences have at most 25 characters, none has more than 80."""
    lengths = sorted(len(squeeze(sentence)) for plan in catalogue.current for text in plan.easy_texts for sentence in text.split("。") if sentence)
    assert lengths[len(lengths) // 2] <= 25 and lengths[-1] <= 80, lengths[-5:]


def test_terms_of_a_plain_page_are_explained_on_it(catalogue, documents):
    """Every term of the glossary that a plain edition uses stands in its list, with its words."""
    for plan in catalogue.current:
        page = documents[f"districts/{catalogue.region(plan).slug}/{plan.period.slug}/easy-read.html"]
        lists = page.xpath("//details[contains(@class, 'terms')]")
        told = {row.xpath("./dt")[0].text: row.xpath("./dd")[0].text for found in lists for row in found.xpath("./dl/div")}
        assert max(len(found.xpath("./dl/div")) for found in lists) < 100
        text = "".join(plan.easy_texts)
        for term in catalogue.vocabulary.glossary.values():
            if term.term in told:
                assert told[term.term] == term.definition
        # Of two terms that overlap the longer is listed: look at those that stand in no other.
        longest = [term for term in catalogue.vocabulary.glossary.values() if not any(term.term != other and term.term in other for other in catalogue.vocabulary.words)]
        assert {term.term for term in longest if term.term in text} <= set(told)
