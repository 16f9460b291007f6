"""ClaimReview (schema.org) of the current version, for search engines and fact-check aggregators.

It names no person: the author is the operator, an organisation; who made the claim is left out.
"""

import json
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from factcheck.enums import VerdictKind
from factcheck.models import NoticeVersion
from publishing.domain import notice_content, render

CLAIM_LIMIT = 75  # characters; consumers of the markup refuse longer ones
BEST, WORST = 5, 1


def build(version: NoticeVersion) -> dict[str, Any] | None:
    """Return the markup; None for an older version, a retraction, and a rating without a value."""
    rating = version.rating_definition.claim_review
    if not version.is_current or version.kind == VerdictKind.RETRACTION or rating is None:
        return None
    with translation.override(version.language):
        label = version.get_rating_display()
    claim = render.one_line(version.claim)
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": notice_content.address(version.notice),
        "claimReviewed": render.shorten(claim, CLAIM_LIMIT),
        "datePublished": timezone.localdate(version.notice.first_published_at).isoformat(),
        "dateModified": timezone.localdate(version.published_at).isoformat(),
        "inLanguage": version.language,
        "author": {
            "@type": "Organization",
            "name": settings.OPERATOR_NAME or settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/",
        },
        "itemReviewed": {"@type": "Claim", "text": claim, "inLanguage": version.language},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": rating,
            "bestRating": BEST,
            "worstRating": WORST,
            "alternateName": label,
        },
    }


def script(data: dict[str, Any]) -> SafeString:
    """Return JSON for a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return mark_safe(text)  # noqa: S308 (the characters that mean something to HTML are escaped)
