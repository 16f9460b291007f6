from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.domain import tokens
from accounts.enums import Role
from accounts.exceptions import AccountsError, NotAllowed
from accounts.models import ApiToken, User
from audit.enums import AuditEvent
from audit.models import AuditEntry
from tests.accounts.conftest import Province


@pytest.fixture
def user(province: Province) -> User:
    return province.user(Role.CHECKER, province.school)


def test_issue_shows_the_token_once_and_keeps_a_hash(user: User) -> None:
    token, plain = tokens.issue(user, " máy chủ ", days=30, by=user)
    assert plain.startswith("kt_")
    assert len(plain) > 40
    assert token.name == "máy chủ"
    assert plain not in str(ApiToken.objects.values().get())
    assert plain not in str(list(AuditEntry.objects.values()))
    assert tokens.authenticate(plain) == user


@pytest.mark.parametrize("plain", ["", "kt_", "kt_wrong", "\udcff", "a" * 5000])
def test_authenticate_unknown_is_nobody(user: User, plain: str) -> None:
    tokens.issue(user, "a", days=1, by=user)
    assert tokens.authenticate(plain) is None


def test_authenticate_ends_with_the_date(user: User) -> None:
    token, plain = tokens.issue(user, "a", days=30, by=user)
    with time_machine.travel(token.expires_at - timedelta(seconds=1), tick=False):
        assert tokens.authenticate(plain) == user
    with time_machine.travel(token.expires_at, tick=False):
        assert tokens.authenticate(plain) is None


def test_authenticate_closed_account_is_nobody(user: User) -> None:
    _token, plain = tokens.issue(user, "a", days=30, by=user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert tokens.authenticate(plain) is None


def test_authenticate_notes_the_day_once(user: User) -> None:
    token, plain = tokens.issue(user, "a", days=30, by=user)
    tokens.authenticate(plain)
    token.refresh_from_db()
    assert token.last_used_on == timezone.localdate()


@pytest.mark.parametrize(("name", "days"), [("", 1), ("  ", 1), ("a", 0), ("a", -1), ("a", 367)])
def test_issue_unusable_wish_is_refused(user: User, name: str, days: int) -> None:
    with pytest.raises(AccountsError):
        tokens.issue(user, name, days=days, by=user)
    assert not ApiToken.objects.exists()


def test_issue_for_somebody_else_is_refused(user: User, superuser: User) -> None:
    with pytest.raises(NotAllowed):
        tokens.issue(user, "a", days=1, by=superuser)


def test_issue_too_many_is_refused(user: User) -> None:
    for n in range(tokens.MAX_TOKENS):
        tokens.issue(user, str(n), days=1, by=user)
    with pytest.raises(AccountsError, match="revoke"):
        tokens.issue(user, "one more", days=1, by=user)


def test_revoke_ends_it_at_once_and_only_for_the_owner(user: User, superuser: User) -> None:
    token, plain = tokens.issue(user, "a", days=30, by=user)
    with pytest.raises(NotAllowed):
        tokens.revoke(token, by=superuser)
    assert tokens.authenticate(plain) == user
    tokens.revoke(token, by=user)
    assert tokens.authenticate(plain) is None
    assert (
        AuditEntry.objects.with_event(AuditEvent.TOKEN_REVOKED).filter(actor=str(user.pk)).exists()
    )
