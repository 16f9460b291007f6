"""Index terms of a text, and the weighted terms of a query.

Vietnamese: syllables with tones, the same folded, and folded shingles of two and three syllables,
which keep the order and are rare even if every syllable is common. The syllables of a text typed
without diacritics are a kind of their own, so that they never count as words with tones. Other
languages: folded words, stemmed as English. All languages: document numbers, telephone numbers and
links.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from matching.links.canonical_urls import canonical_url, find_urls, is_home_page, strip_urls
from matching.text.letters import fold, unify
from matching.text.normalisation import (
    clean,
    is_unaccented,
    is_vietnamese_syllable,
    marked_key,
    strip_marks,
)
from matching.text.numerals import DOCUMENT
from matching.text.stemming import stem

# Rises when the terms, the prepared text or the fingerprint of a text change: the index is then
# rebuilt.
VERSION = 2
_MAX_KEY_CHARACTERS = 1_000  # characters of normalised text that are indexed
MAX_TERMS = 400  # terms of one text
_MAX_CHARACTERS = 4_000  # characters of the text that are read

# A term begins with its kind.
TONED, FOLDED, UNTONED, PAIR, TRIPLE, WORD, DETAIL = "t", "f", "n", "p", "q", "w", "d"
LENGTH_KINDS = TONED + UNTONED + WORD + DETAIL  # kinds that make up the length of a text
# Weight of a kind in a query. Few texts are typed without diacritics, so their syllables look rare
# and get a low weight. Shingles help recall; single words are the better measure of similarity:
# with a higher weight for pairs, MAP falls (docs/reference/matching.md).
_QUERY_WEIGHTS = {TONED: 1.0, UNTONED: 0.35, PAIR: 0.05, TRIPLE: 0.05, WORD: 1.0, DETAIL: 1.0}
# Without diacritics syllables identify less, and their order more.
_UNACCENTED_QUERY_WEIGHTS = {
    FOLDED: 0.5, UNTONED: 1.0, PAIR: 0.5, TRIPLE: 0.05, WORD: 1.0, DETAIL: 1.0,
}  # fmt: skip

# Letters that occur in Vietnamese only.
_VIETNAMESE_LETTER = re.compile("[ăắằẳẵặấầẩẫậđẻẽẹếềểễệỉĩịỏọốồổỗộơớờởỡợủũụưứừửữựỳỷỹỵảạ]")
_WORD = re.compile(r"[^\W_]+")
_DETAILS = re.compile(rf"(?<!\S)(?:{DOCUMENT}|0[0-9]{{9,10}}|1[89]00[0-9]{{4,6}})(?!\S)")
_NUMBER = re.compile("[0-9]")
_MENTION = re.compile(r"(?<!\w)@[\w.]+")  # people
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "#StayHome"
_POSSESSIVE = re.compile(r"['’]s\b")
_OFTEN_ENGLISH = (
    "of and is for was with as are this from have has or will they you your his her she who "
    "which were been said says"
)
# Frequent English words that are not Vietnamese syllables typed without diacritics.
_ENGLISH = frozenset(_OFTEN_ENGLISH.split())


@lru_cache(maxsize=65_536)
def _is_syllable_like(word: str) -> bool:
    return is_vietnamese_syllable(fold(word))


def is_vietnamese(text: str) -> bool:
    """Whether a text is Vietnamese, typed with or without diacritics."""
    return _words_are_vietnamese(_words(text[:_MAX_CHARACTERS]))


def _words_are_vietnamese(words: list[str]) -> bool:
    if not words:
        return False
    if sum(bool(_VIETNAMESE_LETTER.search(word)) for word in words) * 8 >= len(words):
        return True
    english = sum(word in _ENGLISH for word in words)
    fitting = sum(_is_syllable_like(word) or word.isdigit() for word in words)
    return fitting * 10 >= len(words) * 7 and english * 10 < len(words)


def _words(text: str) -> list[str]:
    """Return the words of a text in any language, with hashtags, without mentions."""
    text = _MENTION.sub(" ", strip_urls(clean(text)))
    text = _POSSESSIVE.sub("", unify(_CAMEL_CASE.sub(" ", text)))
    return _WORD.findall(text[:_MAX_KEY_CHARACTERS])


def _match_key(text: str) -> str:
    return strip_marks(marked_key(text))[:_MAX_KEY_CHARACTERS]


def _vietnamese_terms(key: str, kinds: str) -> Counter[str]:
    terms: Counter[str] = Counter()
    before = two_before = ""
    for token in key.split():
        bare = fold(token)
        if is_vietnamese_syllable(bare):
            terms.update(kind + (token if kind == TONED else bare) for kind in kinds)
        else:
            terms[WORD + stem(bare)] += 1
        if before:
            terms[f"{PAIR}{before}_{bare}"] += 1
        if two_before:
            terms[f"{TRIPLE}{two_before}_{before}_{bare}"] += 1
        two_before, before = before, bare
    return terms


def _detail_terms(text: str) -> list[str]:
    links = (canonical_url(url) for url in find_urls(text))
    pages = [link for link in links if link and not is_home_page(link)]
    if not _NUMBER.search(text):
        return pages
    return pages + [match.group() for match in _DETAILS.finditer(_match_key(text))]


def _count_terms(text: str, kinds: str) -> dict[str, int]:
    text = text[:_MAX_CHARACTERS]
    words = _words(text)
    if _words_are_vietnamese(words):
        terms = _vietnamese_terms(_match_key(text), kinds)
    else:
        terms = Counter(WORD + stem(fold(word)) for word in words)
    terms.update(DETAIL + detail for detail in _detail_terms(text))
    return dict(islice(terms.items(), MAX_TERMS))


def extract_terms(text: str) -> dict[str, int]:
    """Return the index terms of a text with their counts, at most 400; pure, never raises."""
    return _count_terms(text, UNTONED if is_unaccented(text) else TONED + FOLDED)


def query_weights(text: str) -> dict[str, float]:
    """Return the terms of a text as a query: term → weight, however often it occurs."""
    unaccented = is_unaccented(text)
    weights = _UNACCENTED_QUERY_WEIGHTS if unaccented else _QUERY_WEIGHTS
    return {
        term: weights[term[0]]
        for term in _count_terms(text, UNTONED + (FOLDED if unaccented else TONED))
    }


def terms_of_spelling(weights: Mapping[str, float]) -> list[str]:
    """Return the terms of a query that a text with the query's own spelling (with or without
    diacritics) can have: a query has those of the other spelling, too, and no text has both."""
    other = UNTONED if any(term.startswith(TONED) for term in weights) else FOLDED
    return [term for term in weights if not term.startswith(other)]
