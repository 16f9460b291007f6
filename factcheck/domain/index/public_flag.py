"""The public flag of wordings whose case has a public notice, to find them among many at once.

The flag (``Wording.answered``) may be set without a notice, never the reverse: readers must also
check ``cases_with_notice``. It is set from the start, cleared when the wording is packed and its
case has no notice, and set again when a notice is published.
"""

from collections.abc import Iterable

from factcheck import merge_tree
from factcheck.models import Case, NoticeVersion, Wording


def cases_with_notice(case_ids: set[int]) -> set[int]:
    """Which of these unmerged cases have a public notice. A retracted one is public, too: whoever
    asks is told that the answer was withdrawn."""
    current = NoticeVersion.objects.filter(is_current=True, notice__case__in=case_ids)
    return set(current.values_list("notice__case", flat=True))


def set_flag(case: Case) -> None:
    """Set the flag; call it when a case may have got a public notice: its own, or that of the case
    it was merged into."""
    canonical = merge_tree.canonical(case)
    if cases_with_notice({canonical.pk}):
        # Also where it is set: a packer about to clear it must be waited for, or skip the row.
        Wording.objects.filter(case__in=merge_tree.group_ids(canonical)).update(answered=True)


def stale_ids(wordings: Iterable[int]) -> set[int]:
    """Those of these wordings whose case has no public notice, to clear the flag; the caller has
    locked their rows, so that a concurrent publisher sets it afterwards."""
    cases = dict(Wording.objects.filter(pk__in=wordings).values_list("pk", "case"))
    canonical = merge_tree.canonical_ids(set(cases.values()))
    public = cases_with_notice(set(canonical.values()))
    return {pk for pk, case in cases.items() if canonical[case] not in public}
