import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from jsonschema import validate

from factcheck.enums import Rating
from factcheck.ratings import RATINGS
from publishing.domain import claimreview, notice_content
from tests.publishing import rows

pytestmark = pytest.mark.django_db

# What consumers of ClaimReview require (schema.org types; the limit of 75 characters is Google's).
SCHEMA = {
    "type": "object",
    "required": ["@context", "@type", "claimReviewed", "reviewRating", "url"],
    "additionalProperties": False,
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ClaimReview"},
        "url": {"type": "string", "pattern": "^https?://"},
        "claimReviewed": {"type": "string", "minLength": 1, "maxLength": 75},
        "datePublished": {"type": "string", "format": "date"},
        "dateModified": {"type": "string", "format": "date"},
        "inLanguage": {"enum": ["vi", "en"]},
        "author": {
            "type": "object",
            "required": ["@type", "name", "url"],
            "properties": {"@type": {"const": "Organization"}},
        },
        "itemReviewed": {
            "type": "object",
            "required": ["@type"],
            "additionalProperties": False,
            "properties": {"@type": {"const": "Claim"}, "text": {}, "inLanguage": {}},
        },
        "reviewRating": {
            "type": "object",
            "required": ["@type", "alternateName", "ratingValue", "bestRating", "worstRating"],
            "properties": {
                "@type": {"const": "Rating"},
                "alternateName": {"type": "string", "minLength": 1},
                "ratingValue": {"type": "integer", "minimum": 1, "maximum": 5},
            },
        },
    },
}


def _types(data: Any) -> set[str]:
    if isinstance(data, dict):
        return {str(data.get("@type"))} | set().union(*(_types(v) for v in data.values()), set())
    return set()


def test_markup_of_a_notice_has_what_consumers_require() -> None:
    version = rows.notice("di-hoc")
    data = claimreview.build(version)
    assert data is not None
    validate(data, SCHEMA)
    assert data["url"] == notice_content.address(version.notice)
    assert data["reviewRating"]["ratingValue"] == 1


def test_markup_names_no_person() -> None:
    data = claimreview.build(rows.notice("di-hoc"))
    assert _types(data) - {"None"} == {"ClaimReview", "Organization", "Claim", "Rating"}


def test_claim_reviewed_is_short_and_without_the_verdict() -> None:
    data = claimreview.build(rows.notice("di-hoc", claim="Trường bắt buộc nộp tiền " * 10))
    assert data is not None
    assert len(data["claimReviewed"]) <= 75
    assert data["claimReviewed"].endswith("…")
    assert data["reviewRating"]["alternateName"] not in data["claimReviewed"]


@pytest.mark.parametrize("rating", ["unverifiable", "opinion"])
def test_no_markup_without_a_value(rating: str) -> None:
    assert claimreview.build(rows.notice("di-hoc", rating=rating)) is None


def test_no_markup_for_a_retraction_or_an_older_version() -> None:
    first = rows.notice("di-hoc")
    retracted = rows.version(first.notice, kind="retraction")
    first.refresh_from_db()
    assert claimreview.build(first) is None
    assert claimreview.build(retracted) is None


def test_every_verdict_is_rated_or_left_out_on_purpose() -> None:
    left_out = {Rating.UNVERIFIABLE, Rating.OPINION, Rating.DANGEROUS}
    rated = {row.rating for row in RATINGS.values() if row.claim_review is not None}
    assert rated == set(Rating) - left_out


def test_script_cannot_be_ended_from_inside() -> None:
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    text = claimreview.script({"claimReviewed": evil})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"claimReviewed": evil}


def test_page_contains_exactly_one_markup(client: Client) -> None:
    rows.notice("di-hoc", claim="Tin </script> lạ")
    page = client.get("/thong-bao/di-hoc/").content.decode()
    blocks = page.split('<script type="application/ld+json">')[1:]
    assert len(blocks) == 1
    assert json.loads(blocks[0].split("</script>")[0])["claimReviewed"] == "Tin </script> lạ"


def test_the_days_are_those_on_the_page() -> None:
    """00:25 in Viet Nam is still the day before in UTC."""
    version = rows.notice("di-hoc")
    moment = datetime(2026, 11, 20, 17, 25, tzinfo=UTC)
    version.published_at = version.notice.first_published_at = moment
    markup = claimreview.build(version)
    assert markup is not None
    assert markup["datePublished"] == markup["dateModified"] == "2026-11-21"
