from datetime import timedelta

import pytest

from tests.publishing import rows

pytestmark = pytest.mark.django_db


def test_is_due_for_review_from_the_day_after() -> None:
    version = rows.notice("di-hoc")
    assert not version.is_due_for_review(on=version.review_by)
    assert version.is_due_for_review(on=version.review_by + timedelta(days=1))
    assert not version.is_due_for_review()


def test_get_absolute_url_is_the_public_page() -> None:
    assert rows.notice("di-hoc").notice.get_absolute_url() == "/thong-bao/di-hoc/"
