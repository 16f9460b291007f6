"""Which wordings have a public answer: exactly, and as a mark that finds them at once among many.

``Wording.answered`` is a hint that errs on one side: a wording whose case has a public answer
always carries it. It is there from the start, goes when the wording is packed and its case has no
answer, and comes back with the answer; who reads it asks ``among`` as well.
"""

from collections.abc import Iterable

from django.db.models import QuerySet

from factcheck import merge_tree
from factcheck.enums import VerdictKind
from factcheck.models import Case, NoticeVersion, Wording


def _current_versions() -> QuerySet[NoticeVersion]:
    return NoticeVersion.objects.filter(is_current=True).exclude(kind=VerdictKind.RETRACTION)


def cases_with_notice(roots: set[int]) -> set[int]:
    """Which of these unmerged cases have a public answer."""
    return set(
        _current_versions().filter(notice__case__in=roots).values_list("notice__case", flat=True)
    )


def set_flag(case: Case) -> None:
    """Call it when a case may have got a public answer: its own, or that of one it was merged
    into."""
    root = merge_tree.canonical(case)
    if cases_with_notice({root.pk}):
        # Also those that carry it: a packer about to take it off must be waited for, or skip them.
        Wording.objects.filter(case__in=merge_tree.group_ids(root)).update(answered=True)


def stale_ids(wordings: Iterable[int]) -> set[int]:
    """Those of these wordings that have no public answer, to take the mark off; the caller holds
    their rows, so that whoever publishes meanwhile marks them after us."""
    cases = dict(Wording.objects.filter(pk__in=wordings).values_list("pk", "case"))
    roots = merge_tree.canonical_ids(set(cases.values()))
    public = cases_with_notice(set(roots.values()))
    return {pk for pk, case in cases.items() if roots[case] not in public}
