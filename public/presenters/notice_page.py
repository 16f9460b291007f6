"""A notice's page, one version of it, its poster, and what each correction changed."""

from typing import Any

from django.utils.translation import get_language

from factcheck.models import NoticeVersion
from publishing.domain import changes, claimreview, notice_content, share


def notice_context(version: NoticeVersion) -> dict[str, Any]:
    """What the page and the poster both show."""
    return {
        "version": version,
        "notice": version.notice,
        "tags": notice_content.tags(version),
        "headline": notice_content.headline(version),
        "body": notice_content.body(version),
        "retracted": notice_content.is_retracted(version),
        "warning": notice_content.warning(version),
        "overdue": version.is_current and version.is_due_for_review(),
        # Empty where the notice is in the reader's language.
        "notice_language": version.language if version.language != get_language() else "",
        "summary": share.summary(version),
        "address": notice_content.address(version.notice),
        "short_address": notice_content.short_address(version.notice),
    }


def changes_of(version: NoticeVersion) -> list[changes.Change]:
    """What a correction changed; nothing for a first version, and nothing for a retraction, whose
    words replace the notice as a whole."""
    if version.number == 1 or notice_content.is_retracted(version):
        return []
    before = notice_content.previous(version)
    return changes.changes_between(before, version) if before else []


def page_context(version: NoticeVersion, *, permanent: bool = False) -> dict[str, Any]:
    """The page of a version; ``permanent`` at the version's own address, which never changes."""
    review = None if permanent else claimreview.build(version)
    return notice_context(version) | {
        "nav": "notices",
        "permanent": permanent,
        "history": version.notice.versions.order_by("-number"),
        "decisions": notice_content.decisions(version.notice),
        "changes": changes_of(version),
        "share_text": share.share_text(version),
        "claim_review": claimreview.script(review) if review else "",
    }
