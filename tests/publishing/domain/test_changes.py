import pytest

from publishing.domain import changes
from tests.publishing import rows

pytestmark = pytest.mark.django_db


def test_changes_contain_only_the_lines_that_changed() -> None:
    before = rows.notice("di-hoc")
    after = rows.version(
        before.notice, what_is_true=rows.WORDS["what_is_true"].replace("sáu xã", "bảy xã")
    )
    (change,) = changes.changes_between(before, after)
    assert change.before == ["Chỉ sáu xã vùng trũng được nghỉ."]
    assert change.after == ["Chỉ bảy xã vùng trũng được nghỉ."]


def test_changes_contain_a_changed_rating_and_removed_lines() -> None:
    before = rows.notice("di-hoc")
    after = rows.version(before.notice, rating="misleading", what_to_do="Đưa con đến trường.")
    verdict, advice = changes.changes_between(before, after)
    assert verdict.before != verdict.after
    assert (advice.before, advice.after) == (["Không chuyển tiếp ảnh."], [])


def test_same_texts_have_no_changes() -> None:
    before = rows.notice("di-hoc")
    assert changes.changes_between(before, rows.version(before.notice)) == []
