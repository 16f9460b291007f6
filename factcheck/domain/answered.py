"""Which wordings have a public answer: exactly, and as a mark that finds them at once among many.

``Variant.answered`` is a hint that errs on one side: a wording whose case has a public answer
always carries it. It is there from the start, goes when the wording is packed and its case has no
answer, and comes back with the answer; who reads it asks ``public`` as well.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from factcheck import groups
from factcheck.enums import VerdictKind
from factcheck.models import Case, NoticeVersion, Variant


def rooted(variants: QuerySet[Variant]) -> QuerySet[Variant]:
    """The wordings with the case each now belongs to as ``root``."""
    return variants.annotate(root=groups.root_of("case"))


def _current() -> QuerySet[NoticeVersion]:
    return NoticeVersion.objects.filter(is_current=True).exclude(kind=VerdictKind.RETRACTION)


def public(variants: QuerySet[Variant]) -> QuerySet[Variant]:
    """Those of ``rooted`` wordings whose case has a public answer."""
    return variants.filter(Exists(_current().filter(notice__case=OuterRef("root"))))


def mark(case: Case) -> None:
    """Call it when a case may have got a public answer: its own, or that of one it was merged
    into."""
    members = groups.members(groups.root(case))
    # Also those that carry it: a packer about to take it off must be waited for, or skip them.
    public(rooted(Variant.objects.filter(case__in=members))).update(answered=True)


def unmark(wordings: Iterable[int]) -> None:
    """Take the mark off those of these wordings that have no public answer; the caller holds
    their rows, so that whoever publishes meanwhile marks them after us."""
    cases = dict(Variant.objects.filter(pk__in=wordings).values_list("pk", "case"))
    roots = groups.roots(set(cases.values()))
    current = _current().filter(notice__case__in=set(roots.values()))
    answered = set(current.values_list("notice__case", flat=True))
    unanswered = [pk for pk, case in cases.items() if roots[case] not in answered]
    Variant.objects.filter(pk__in=unanswered).update(answered=False)
