"""The texts that a merge would answer: the second person reads them, and a proposal is confirmed
only while they are the ones that were proposed."""

import hashlib

from factcheck import merge_tree
from factcheck.enums import CaseStatus
from factcheck.models import Case, Wording


def distinct_texts(case: Case) -> list[str]:
    """Everything the case and those merged into it say, each text once, the claim first."""
    group = merge_tree.group_ids(case)
    wordings = Wording.objects.filter(case__in=group).order_by("pk")
    texts = [case.claim]
    for text, url in wordings.values_list("text", "canonical_url"):
        texts += [text, url]
    for claim in Case.objects.filter(pk__in=group).order_by("pk").values_list("claim", flat=True):
        texts.append(claim)
    reports = merge_tree.confirmed_reports(case).order_by("pk")
    texts += list(reports.values_list("question", flat=True))
    return [text for text in dict.fromkeys(text.strip() for text in texts) if text]


def digest(case: Case, into: Case) -> str:
    """SHA-256 over the texts of the case and the claim that it would join; empty when that case
    has been merged itself."""
    if into.status == CaseStatus.MERGED:
        return ""
    lines = [*sorted(distinct_texts(case)), str(into.pk), into.claim]
    return hashlib.sha256("\0".join(lines).encode()).hexdigest()
