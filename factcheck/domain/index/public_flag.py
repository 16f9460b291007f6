"""Which wordings have a public answer: exactly, and as a mark that finds them at once among many.

``Variant.answered`` is a hint that errs on one side: a wording whose case has a public answer
always carries it. It is there from the start, goes when the wording is packed and its case has no
answer, and comes back with the answer; who reads it asks ``among`` as well.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from factcheck import merge_tree
from factcheck.enums import VerdictKind
from factcheck.models import Case, NoticeVersion, Variant


def _current() -> QuerySet[NoticeVersion]:
    return NoticeVersion.objects.filter(is_current=True).exclude(kind=VerdictKind.RETRACTION)


def among(roots: set[int]) -> set[int]:
    """Which of these unmerged cases have a public answer."""
    return set(_current().filter(notice__case__in=roots).values_list("notice__case", flat=True))


def mark(case: Case) -> None:
    """Call it when a case may have got a public answer: its own, or that of one it was merged
    into."""
    root = merge_tree.root(case)
    if among({root.pk}):
        # Also those that carry it: a packer about to take it off must be waited for, or skip them.
        Variant.objects.filter(case__in=merge_tree.members(root)).update(answered=True)


def without(wordings: Iterable[int]) -> set[int]:
    """Those of these wordings that have no public answer, to take the mark off; the caller holds
    their rows, so that whoever publishes meanwhile marks them after us."""
    cases = dict(Variant.objects.filter(pk__in=wordings).values_list("pk", "case"))
    roots = merge_tree.roots(set(cases.values()))
    public = among(set(roots.values()))
    return {pk for pk, case in cases.items() if roots[case] not in public}
