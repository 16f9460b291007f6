"""Published notices that match what someone is typing (``settings.INTAKE_SUGGESTIONS``)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.domain.index import wordings
from factcheck.enums import VerdictKind
from factcheck.labels import SAME_TEXT, SAME_URL, SLOT_LABELS
from factcheck.models import NoticeVersion
from intake.domain.notice_suggestions import NoticeSuggestion
from matching.scoring import policy, ranking
from matching.scoring.policy import Audience
from matching.scoring.ranking import RankedCandidate

SHOWN = 3


def _labels(slots: list[str]) -> list[str]:
    return list(dict.fromkeys(str(SLOT_LABELS.get(slot, slot)) for slot in slots))


def _suggestion(version: NoticeVersion, ranked: RankedCandidate) -> NoticeSuggestion:
    label = version.get_rating_display()
    if version.is_due_for_review():
        label = _("%(verdict)s (may be out of date)") % {"verdict": label}
    same = _labels(list(ranked.agreements))
    if ranked.same_url and str(SAME_URL) not in same:
        same.insert(0, str(SAME_URL))
    if ranked.same_fingerprint:
        same.insert(0, str(SAME_TEXT))
    return NoticeSuggestion(
        title=version.leading_headline,
        url=version.notice.get_absolute_url(),
        verdict=version.rating,
        verdict_label=label,
        same=same,
        differs=_labels([difference.slot for difference in ranked.differences]),
    )


def published_matches(text: str, url: str = "") -> list[NoticeSuggestion]:
    """Up to three public notices on what may be the same claim, the most likely first.

    Retracted notices are left out; the label of one that is past its review date says so.
    """
    query = wordings.query_for_text(text, url, timezone.localdate())
    ranked = ranking.rank(query, wordings.candidates(query, published_only=True))
    shown = policy.candidates_to_show(ranked, Audience.PUBLIC)[:SHOWN]
    current = NoticeVersion.objects.filter(
        notice__case_id__in=[candidate.key for candidate in shown], is_current=True
    ).exclude(kind=VerdictKind.RETRACTION)
    versions = {version.notice.case_id: version for version in current.select_related("notice")}
    return [
        _suggestion(versions[candidate.key], candidate)
        for candidate in shown
        if candidate.key in versions
    ]
