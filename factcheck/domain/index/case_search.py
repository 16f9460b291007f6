"""Search for cases by words that a person enters, through the candidate index."""

from factcheck.domain.index import postings
from factcheck.models import Wording
from matching.terms import index_terms
from matching.terms.packed_postings import packed_hashes, term_hash
from matching.text.letters import fold

LIMIT = 200  # wordings looked at


def cases_with(words: str) -> set[int]:
    """Ids of the cases with a wording that has all these words, with or without diacritics, among
    the best few hundred wordings. Includes cases excluded from matching."""
    weights = index_terms.query_weights(fold(words))
    spellings: dict[str, set[int]] = {}  # a syllable matches in any of its spellings
    for term in weights:
        syllable = term[1:] if term[0] in index_terms.UNTONED + index_terms.FOLDED else term
        spellings.setdefault(syllable, set()).add(term_hash(term))
    if not spellings:
        return set()
    best = [pk for pk, _score in postings.search(weights, LIMIT)]
    rows = Wording.objects.filter(pk__in=best).values_list("case_id", "terms")
    hashes = [(case_id, set(packed_hashes(bytes(data)))) for case_id, data in rows]
    return {
        case_id
        for case_id, terms in hashes
        if all(terms & spelling for spelling in spellings.values())
    }
