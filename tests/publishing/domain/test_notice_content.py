import pytest
from django.utils import timezone, translation

from publishing.domain import notice_content
from tests.publishing import rows

pytestmark = pytest.mark.django_db


def test_evidence_links_only_to_web_addresses() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "ftp://a.vn/x", ""):
        (cited,) = notice_content.evidence(
            rows.notice(f"n-{len(url)}", evidence=[rows.CITED | {"url": url}])
        )
        assert cited.url == ""


def test_evidence_names_the_source_in_the_readers_language() -> None:
    version = rows.notice("di-hoc")
    with translation.override("en"):
        assert notice_content.evidence(version)[0].source == "Thanh Giang Department of Education"
    with translation.override("vi"):
        assert notice_content.evidence(version)[0].source == "Sở GD&ĐT Thanh Giang"


def test_evidence_tolerates_missing_fields() -> None:
    (cited,) = notice_content.evidence(
        rows.notice("di-hoc", evidence=[{"source": "Sở", "quote": "x"}])
    )
    assert (cited.document_date, cited.accessed_on, cited.sha256) == (None, None, "")


def test_body_of_a_retraction_contains_only_new_texts() -> None:
    first = rows.notice("di-hoc")
    retracted = rows.version(first.notice, kind="retraction", explanation="Căn cứ nói việc khác.")
    body = notice_content.body(retracted)
    assert body.explanation == "Căn cứ nói việc khác."
    assert (body.what_is_true, body.what_to_do, body.evidence) == ("", "", [])
    assert rows.WORDS["headline"] not in notice_content.headline(retracted)


def test_body_of_a_correction_is_complete() -> None:
    first = rows.notice("di-hoc")
    body = notice_content.body(rows.version(first.notice))
    assert body.what_is_true == rows.WORDS["what_is_true"]
    assert len(body.evidence) == 1


def test_sitemap_lists_each_notice_once() -> None:
    first = rows.notice("di-hoc")
    rows.version(first.notice)
    assert list(notice_content.sitemap()) == [
        (notice_content.address(first.notice), timezone.localdate())
    ]
