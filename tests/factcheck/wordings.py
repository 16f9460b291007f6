"""Wordings written in bulk: the index is what is measured, not the workflow that leads to it."""

import itertools
from collections.abc import Iterable, Mapping

from accounts.models import Unit
from factcheck.models import Case, Wording
from matching.terms.index_terms import VERSION
from matching.terms.packed_postings import pack_terms

_numbers = itertools.count(10_000)
LATE = "2031-01-01T00:00Z"


def write_wordings(
    unit: Unit, bags: Iterable[Mapping[str, int]], texts: Iterable[str] = ()
) -> list[Wording]:
    """A case and a wording for each bag of counted terms, not packed yet."""
    given = list(bags)
    cases = Case.objects.bulk_create(
        Case(number=next(_numbers), unit=unit, claim="Tin", due_at=LATE) for _bag in given
    )
    words = list(texts) or [""] * len(given)
    return Wording.objects.bulk_create(
        Wording(
            case=case,
            text=text,
            fingerprint=f"{case.number:032d}",
            terms=pack_terms(bag),
            keys=VERSION,
        )
        for case, bag, text in zip(cases, given, words, strict=True)
    )
