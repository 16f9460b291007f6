"""What the candidate index holds of a text, and what a query asks it for.

Vietnamese: syllables with their tones, the same folded, and folded shingles of two and three
syllables, which keep the order and stay rare when every syllable is common. A text typed without
diacritics holds its syllables as a kind of their own, so that they never count as words with
tones. Other languages: folded words, stemmed as English. Everywhere: document numbers, telephone
numbers and links as terms of their own.
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
    is_plain,
    is_vietnamese_syllable,
    marked_key,
    strip_marks,
)
from matching.text.numerals import DOCUMENT
from matching.text.stemming import stem

VERSION = 1  # rises when the terms of a text change: the index is then made anew
SCOPE = 1_000  # characters of normalised text that are indexed
MAX_TERMS = 400  # terms of one text
_RAW = 4_000  # characters of the text looked at

# A term begins with its kind.
TONED, FOLDED, UNTONED, PAIR, TRIPLE, WORD, DETAIL = "t", "f", "n", "p", "q", "w", "d"
WORDS = TONED + UNTONED + WORD + DETAIL  # kinds that make up the length of a text
# What a kind counts in a query. Few texts are typed without diacritics, so their syllables look
# rare: they count little. Shingles find; how alike two texts are, single words tell better:
# with more say for pairs, MAP falls (docs/reference/matching.md).
_SAYS = {TONED: 1.0, UNTONED: 0.35, PAIR: 0.05, TRIPLE: 0.05, WORD: 1.0, DETAIL: 1.0}
# Without diacritics syllables mean less, and their order more.
_PLAIN_SAYS = {FOLDED: 0.5, UNTONED: 1.0, PAIR: 0.5, TRIPLE: 0.05, WORD: 1.0, DETAIL: 1.0}

# Letters that Vietnamese alone uses, among those that texts in other languages hold.
_TELLING = re.compile("[ăắằẳẵặấầẩẫậđẻẽẹếềểễệỉĩịỏọốồổỗộơớờởỡợủũụưứừửữựỳỷỹỵảạ]")
_WORD = re.compile(r"[^\W_]+")
_DETAILS = re.compile(rf"(?<!\S)(?:{DOCUMENT}|0[0-9]{{9,10}}|1[89]00[0-9]{{4,6}})(?!\S)")
_NUMBER = re.compile("[0-9]")
_MENTION = re.compile(r"(?<!\w)@[\w.]+")  # people
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "#StayHome"
_POSSESSIVE = re.compile(r"['’]s\b")
_OFTEN_ENGLISH = (
    "of and is for was with as are this from have has or will they you your his her she who "
    "which were been said says"
)
# Frequent English words that are no Vietnamese syllables when typed without diacritics.
_ENGLISH = frozenset(_OFTEN_ENGLISH.split())


@lru_cache(maxsize=65_536)
def _fits(word: str) -> bool:
    return is_vietnamese_syllable(fold(word))


def is_vietnamese(text: str) -> bool:
    """Say whether a text is to be read as Vietnamese, typed with or without diacritics."""
    return _are_vietnamese(_words(text[:_RAW]))


def _are_vietnamese(words: list[str]) -> bool:
    if not words:
        return False
    if sum(bool(_TELLING.search(word)) for word in words) * 8 >= len(words):
        return True
    english = sum(word in _ENGLISH for word in words)
    fitting = sum(_fits(word) or word.isdigit() for word in words)
    return fitting * 10 >= len(words) * 7 and english * 10 < len(words)


def _words(text: str) -> list[str]:
    """Return the words of a text in any language, hashtags among them, mentions not."""
    text = _MENTION.sub(" ", strip_urls(clean(text)))
    return _WORD.findall(_POSSESSIVE.sub("", unify(_HUMP.sub(" ", text)))[:SCOPE])


def _key(text: str) -> str:
    return strip_marks(marked_key(text))[:SCOPE]


def _vietnamese(key: str, kinds: str) -> Counter[str]:
    found: Counter[str] = Counter()
    before = two_before = ""
    for token in key.split():
        bare = fold(token)
        if is_vietnamese_syllable(bare):
            found.update(kind + (token if kind == TONED else bare) for kind in kinds)
        else:
            found[WORD + stem(bare)] += 1
        if before:
            found[f"{PAIR}{before}_{bare}"] += 1
        if two_before:
            found[f"{TRIPLE}{two_before}_{before}_{bare}"] += 1
        two_before, before = before, bare
    return found


def _details(text: str) -> list[str]:
    links = (canonical_url(url) for url in find_urls(text))
    pages = [link for link in links if link and not is_home_page(link)]
    if not _NUMBER.search(text):
        return pages
    return pages + [match.group() for match in _DETAILS.finditer(_key(text))]


def _terms(text: str, kinds: str) -> dict[str, int]:
    text = text[:_RAW]
    words = _words(text)
    if _are_vietnamese(words):
        found = _vietnamese(_key(text), kinds)
    else:
        found = Counter(WORD + stem(fold(word)) for word in words)
    found.update(DETAIL + detail for detail in _details(text))
    return dict(islice(found.items(), MAX_TERMS))


def extract_terms(text: str) -> dict[str, int]:
    """Return the index terms of a text with their counts, at most 400; pure, never raises."""
    return _terms(text, UNTONED if is_plain(text) else TONED + FOLDED)


def query_weights(text: str) -> dict[str, float]:
    """Return what a text asks the index for: term → its say, once however often it is said."""
    plain = is_plain(text)
    says = _PLAIN_SAYS if plain else _SAYS
    return {term: says[term[0]] for term in _terms(text, UNTONED + (FOLDED if plain else TONED))}


def terms_of_spelling(says: Mapping[str, float]) -> list[str]:
    """Return the terms of a query that a text with its spelling holds: a query asks for other
    spellings besides, and no text has both."""
    other = UNTONED if any(term.startswith(TONED) for term in says) else FOLDED
    return [term for term in says if not term.startswith(other)]
