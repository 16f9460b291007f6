"""Equal pictures: two reports of one screenshot, byte for byte, that say nothing else.

Nobody has read the picture yet, so the machine joins only what nobody has answered, and only
reports without words of their own: a question beside the picture may be about another thing in it.
To an answered case, or one that also has words, it is suggested.
"""

from factcheck import merge_tree
from factcheck.enums import UNDECIDED_STATUSES, MatchState
from factcheck.models import Case, Match
from intake.models import Attachment, Report
from matching.scoring.core_text import says_nothing

MAX_COMPARED = 20  # earlier reports with one of the pictures, the newest


def has_own_words(report: Report) -> bool:
    """Whether a report says something beside its pictures; "đúng không ạ?" says nothing."""
    if report.purged_at is not None or report.url or report.canonical_url:
        return True
    return not (says_nothing(report.text) and says_nothing(report.question))


def _hashes(report: Report) -> frozenset[str]:
    return frozenset(report.attachments.values_list("sha256", flat=True))


def hashes_alone(report: Report) -> frozenset[str]:
    """SHA-256 of a report's pictures; none if it has words of its own."""
    return frozenset() if has_own_words(report) else _hashes(report)


def cases_with_pictures(hashes: frozenset[str], report: Report) -> list[Case]:
    """The cases of other reports with exactly these pictures and no words, the newest first."""
    if not hashes:
        return []
    one = min(hashes)
    same = Attachment.objects.filter(sha256=one).exclude(report=report).order_by("-report")
    reports = Report.objects.in_bulk(list(same.values_list("report", flat=True)[:MAX_COMPARED]))
    equal = [
        earlier
        for earlier in sorted(reports.values(), key=lambda row: -row.pk)
        if _hashes(earlier) == hashes and not has_own_words(earlier)
    ]
    linked = Match.objects.filter(report__in=equal, state=MatchState.CONFIRMED)
    matches = linked.select_related("case").order_by("-report")
    cases = [merge_tree.canonical(match.case) for match in matches]
    return list({case.pk: case for case in cases}.values())


def may_join(case: Case) -> bool:
    """Whether the machine may join a picture to the case: nobody has decided anything about it,
    and none of its reports has words."""
    if case.status not in UNDECIDED_STATUSES:
        return False
    reports = merge_tree.confirmed_reports(case)
    if reports.exclude(url="", canonical_url="").exists():
        return False
    words = reports.values_list("text", "question").distinct()
    return all(says_nothing(text) and says_nothing(question) for text, question in words)
