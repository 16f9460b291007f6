"""English stems, so that "vaccines" finds "vaccine"; other words come out little changed."""

from functools import lru_cache

import snowballstemmer

_stemmer = snowballstemmer.stemmer("english")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return the stem of a folded lower-case word."""
    return str(_stemmer.stemWord(word))
