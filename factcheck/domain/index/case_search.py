"""A person's own search for a case, through the candidate index."""

from factcheck.domain.index import postings
from factcheck.models import Wording
from matching.terms import index_terms
from matching.terms.packed_postings import packed_hashes, term_hash
from matching.text.letters import fold

MOST = 200  # wordings looked at


def cases_with(words: str) -> set[int]:
    """Ids of the cases of which a wording has all these words, with or without diacritics; of the
    best few hundred wordings. Cases left out of matching are found, too."""
    says = index_terms.query_weights(fold(words))
    asked: dict[str, set[int]] = {}  # a syllable is found however it is spelt
    for term in says:
        key = term[1:] if term[0] in index_terms.UNTONED + index_terms.FOLDED else term
        asked.setdefault(key, set()).add(term_hash(term))
    if not asked:
        return set()
    found = [pk for pk, _score in postings.search(says, MOST)]
    rows = Wording.objects.filter(pk__in=found).values_list("case_id", "terms")
    held = [(case, set(packed_hashes(bytes(data)))) for case, data in rows]
    return {case for case, has in held if all(has & either for either in asked.values())}
