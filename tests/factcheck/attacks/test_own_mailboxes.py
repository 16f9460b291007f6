"""One unit administrator with several mailboxes of their own; each way to publish must fail."""

from typing import Any

import pytest

from accounts import signals
from accounts.domain import guarded_acts, invitations, role_grants
from accounts.enums import GuardedKind, Role
from accounts.exceptions import DomainError, NotAllowed
from accounts.models import User
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import reviews, verdicts
from factcheck.enums import VerdictState
from factcheck.exceptions import SecondPersonRequired
from tests.factories import Cast, case_of, draft_for, make_user, submit_report

PASSWORD = "mưa-bão-cấp-12"


@pytest.fixture
def links() -> Any:
    seen: list[str] = []

    def receive(sender: object, link: str, **kwargs: object) -> None:
        seen.append(link)

    signals.invited.connect(receive)
    yield seen
    signals.invited.disconnect(receive)


def accept(link: str, name: str) -> User:
    return invitations.accept(link.rstrip("/").rpartition("/")[2], name, PASSWORD)


def test_one_administrator_invites_two_mailboxes_and_publishes(
    cast: Cast, links: list[str]
) -> None:
    invitations.invite("hai@example.vn", cast.school, Role.CHECKER, by=cast.admin)
    invitations.invite("ba@example.vn", cast.school, Role.REVIEWER, by=cast.admin)
    author, decider = accept(links[0], "hai"), accept(links[1], "ba")
    case = lifecycle.take(case_of(submit_report(unit=cast.school)), by=author)
    verdict = verdicts.submit_for_review(draft_for(case, author), by=author)
    with pytest.raises(DomainError):
        reviews.approve(verdict, by=decider)
    for act in guarded_acts.pending(GuardedKind.ROLE):
        for mailbox in (cast.admin, author, decider):
            with pytest.raises(NotAllowed):
                role_grants.confirm(act, by=mailbox)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.IN_REVIEW


def test_reviewer_who_is_administrator_approves_for_a_mailbox_invited_today(
    cast: Cast, links: list[str], settings: Any
) -> None:
    role_grants.grant_by_operator(cast.admin.email, cast.school, Role.REVIEWER)
    invitations.invite("hai@example.vn", cast.school, Role.CHECKER, by=cast.admin)
    author = accept(links[0], "hai")
    case = lifecycle.take(case_of(submit_report(unit=cast.school)), by=author)
    verdict = verdicts.submit_for_review(draft_for(case, author), by=author)
    with pytest.raises(SecondPersonRequired):
        reviews.approve(verdict, by=cast.admin)
    settings.NEW_ACCOUNT_WAIT_HOURS = 0  # the other direction: afterwards the colleague may
    reviews.approve(verdict, by=cast.admin)


def test_new_reviewer_confirmed_by_a_second_person_decides_at_once(
    cast: Cast, links: list[str]
) -> None:
    checker_and_admin = cast.admin
    role_grants.grant(checker_and_admin, cast.school, Role.CHECKER, by=cast.admin)
    invitations.invite("moi@example.vn", cast.school, Role.REVIEWER, by=cast.admin)
    second = make_user(Role.UNIT_ADMIN, cast.xa)
    role_grants.confirm(guarded_acts.pending(GuardedKind.ROLE).get(), by=second)
    decider = accept(links[0], "moi")
    case = lifecycle.take(case_of(submit_report(unit=cast.school)), by=checker_and_admin)
    verdict = draft_for(case, checker_and_admin)
    verdicts.submit_for_review(verdict, by=checker_and_admin)
    assert reviews.approve(verdict, by=decider).state == VerdictState.APPROVED
