from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain import memberships
from accounts.enums import Role
from accounts.models import User
from factcheck import permissions
from factcheck.domain.cases import case_queue, lifecycle
from factcheck.enums import CaseStatus
from factcheck.models import Case
from tests.factories import Cast, case_at, case_of, submit_report, verdict_at

OTHERS = "Nhà ăn trường Đồi Sim dùng thịt ôi, theo một tin nhắn lan trong nhóm lớp"
TEXTS = (
    "Trường bắt mua đồng phục mới 640.000 đồng trước Tết",
    "Ô tô trắng dừng trước cổng trường rủ học sinh lên xe",
    "Đề kiểm tra cuối kỳ môn Ngữ văn lớp 9 đã bị lộ",
)


def listed(user: User, view: str) -> set[Case]:
    return set(permissions.visible_cases(user).filter(case_queue.saved_views(user)[view]))


def found_by(user: User, words: str) -> set[Case]:
    return set(case_queue.search(permissions.visible_cases(user), words))


def test_saved_views_count_and_list_the_same_cases(cast: Cast) -> None:
    new = case_of(submit_report(TEXTS[0], cast.school))
    own_case = lifecycle.take(case_of(submit_report(TEXTS[1], cast.school)), by=cast.checker)
    waiting = case_at(CaseStatus.WAITING, cast, text=TEXTS[2])
    Case.objects.filter(pk=new.pk).update(due_at=timezone.now() - timedelta(hours=1))
    Case.objects.filter(pk=own_case.pk).update(resurfaced_at=timezone.now())
    expected = {
        "all": {new, own_case, waiting},
        "mine": {own_case, waiting},
        "unassigned": {new},
        "waiting": {waiting},
        "overdue": {new},
        "resurfaced": {own_case},
        "excluded": set(),
        "review": set(),
        "publish": set(),
    }
    views = case_queue.saved_views(cast.checker)
    assert {name: listed(cast.checker, name) for name in views} == expected
    counts = case_queue.count_by_view(permissions.visible_cases(cast.checker), views)
    assert counts == {name: len(cases) for name, cases in expected.items()}


def test_review_view_is_for_second_persons_only(cast: Cast) -> None:
    verdict_at(CaseStatus.IN_REVIEW, cast)
    memberships.grant(cast.checker, cast.xa, Role.REVIEWER, by=None)
    counts = {cast.reviewer: 1, cast.pooled: 1, cast.checker: 0, cast.outsider: 0}
    assert {user: len(listed(user, "review")) for user in counts} == counts


def test_publish_view_is_for_approvers(cast: Cast) -> None:
    verdict_at(CaseStatus.APPROVED, cast)
    assert len(listed(cast.approver, "publish")) == 1
    assert listed(cast.checker, "publish") == set()


@pytest.mark.parametrize(
    "words",
    ["đồng phục", "dong phuc", "HS-{n:04d}", "hs{n}", "{n}", "640.000"],
)
def test_search_finds_by_words_without_marks_and_by_number(cast: Cast, words: str) -> None:
    case, other, _third = [case_of(submit_report(text, cast.school)) for text in TEXTS]
    cases = found_by(cast.checker, words.format(n=case.number))
    assert case in cases
    assert other not in cases


def test_search_never_reaches_into_another_unit(cast: Cast) -> None:
    hidden = case_of(submit_report(OTHERS, cast.sibling))
    for words in ("thịt ôi", hidden.code):
        assert found_by(cast.checker, words) == set()
