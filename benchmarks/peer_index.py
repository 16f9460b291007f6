"""Peers that are rules: the queries of Check and Cofacts, by BM25 over analysed terms in memory.

The rules are theirs (docs and code read in 2026), the engine is ours: so these measure accuracy,
not speed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from heapq import nlargest
from itertools import pairwise
from math import log

K1, B = 1.2, 0.75  # Lucene's
MLT_TERMS = 25  # more_like_this uses this many terms of the text, those with the highest weight
MLT_ALL = 10  # "10<70%": of up to ten terms all must match, of more 70 %
SHARE = 0.7
Analyse = Callable[[str], Sequence[str]]


class MemoryIndex:
    """Documents by term, with the BM25 weight of the term in each document, without its IDF."""

    def __init__(self, texts: Sequence[str], analyse: Analyse) -> None:
        counts = [Counter(analyse(text)) for text in texts]
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        self.size = len(texts)
        self.postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            saturation = K1 * (1 - B + B * length / mean)
            for term, times in count.items():
                weight = times * (K1 + 1) / (times + saturation)
                self.postings[term].append((number, weight))

    def idf(self, term: str) -> float:
        """Return BM25's IDF of a term."""
        containing = len(self.postings.get(term, ()))
        return log(1 + (self.size - containing + 0.5) / (containing + 0.5))

    def search(self, terms: Collection[str], at_least: int, limit: int) -> list[int]:
        """Return the best documents with at least so many of the terms, best first."""
        scores: dict[int, float] = defaultdict(float)
        shared: dict[int, int] = defaultdict(int)
        for term in terms:
            idf = self.idf(term)
            for number, weight in self.postings.get(term, ()):
                scores[number] += idf * weight
                shared[number] += 1
        enough = (number for number, count in shared.items() if count >= at_least)
        return nlargest(limit, enough, key=lambda number: (scores[number], -number))


def minimum_should_match(terms: int, share: float = SHARE) -> int:
    """Return how many of so many terms must match: rounded down, at least one."""
    return max(1, int(terms * share + 1e-9))


def dice(a: str, b: str) -> float:
    """Return Dice's coefficient over character bigrams without blanks, 0..1, as the package
    ``string-similarity`` computes it."""
    left, right = "".join(a.split()), "".join(b.split())
    if left == right:
        return 1.0
    if len(left) < 2 or len(right) < 2:
        return 0.0
    pairs = Counter(pairwise(left))
    both = (pairs & Counter(pairwise(right))).total()
    return 2 * both / (len(left) + len(right) - 2)


class CheckSearch:
    """Meedan Check: a match query with ``minimum_should_match`` 70 %, ordered by the score."""

    def __init__(self, texts: Sequence[str], analyse: Analyse) -> None:
        self._memory, self._analyse = MemoryIndex(texts, analyse), analyse

    def search(self, text: str, limit: int) -> list[int]:
        terms = set(self._analyse(text))
        return self._memory.search(terms, minimum_should_match(len(terms)), limit)


class CofactsSearch:
    """Cofacts: ``more_like_this`` with "10<70%", ordered by Dice on letter pairs.

    Its bot reads only the first four; here all results are ordered.
    """

    def __init__(self, texts: Sequence[str], analyse: Analyse) -> None:
        self._memory, self._analyse, self._texts = MemoryIndex(texts, analyse), analyse, texts

    def search(self, text: str, limit: int) -> list[int]:
        counts = Counter(term for term in self._analyse(text) if term in self._memory.postings)
        terms = nlargest(MLT_TERMS, counts, key=lambda t: counts[t] * self._memory.idf(t))
        least = len(terms) if len(terms) <= MLT_ALL else minimum_should_match(len(terms))
        numbers = self._memory.search(terms, max(1, least), limit)
        return sorted(numbers, key=lambda number: -dice(text, self._texts[number]))
