import pytest

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind, Role
from accounts.exceptions import AccountsError, NotAllowed, SamePerson
from accounts.models import GuardedAct, User
from audit.models import AuditEntry
from tests.accounts.conftest import PASSWORD, Province


@pytest.fixture
def first(province: Province) -> User:
    return province.user(Role.UNIT_ADMIN, province.so)


@pytest.fixture
def second(province: Province) -> User:
    return province.user(Role.UNIT_ADMIN, province.xa)


def propose(province: Province, by: User | None) -> GuardedAct:
    subject = guarded_acts.subject_of(province.school)
    return guarded_acts.propose(
        GuardedKind.POOL, subject, details={"pool": 3}, reason=" vì  xa ", by=by, unit=province.so
    )


def verbs() -> list[str]:
    entries = AuditEntry.objects.filter(verb__startswith="act.", data__kind=GuardedKind.POOL)
    return list(entries.values_list("verb", flat=True))


def test_act_is_pending_then_confirmed(province: Province, first: User, second: User) -> None:
    act = propose(province, first)
    subject = f"accounts.unit:{province.school.pk}"
    assert (act.subject, act.reason) == (subject, "vì xa")
    assert list(guarded_acts.pending(GuardedKind.POOL, subject)) == [act]
    assert not guarded_acts.confirmed(GuardedKind.POOL, subject).exists()
    guarded_acts.confirm(act, by=second, unit=province.xa)
    assert not guarded_acts.pending(GuardedKind.POOL).exists()
    assert list(guarded_acts.confirmed(GuardedKind.POOL, subject)) == [act]
    assert verbs() == ["act.proposed", "act.confirmed"]
    assert AuditEntry.objects.filter(data__about=subject, data__kind="pool").count() == 2


def test_confirm_by_the_same_person_is_refused(province: Province, first: User) -> None:
    act = propose(province, first)
    other_account = User.objects.create_user(
        first.email.replace("@", "+2@"), PASSWORD, handle="hai"
    )
    for user in (first, other_account):
        with pytest.raises(SamePerson):
            guarded_acts.confirm(act, by=user, unit=province.so)
    assert act.is_pending


def test_act_decided_once(province: Province, first: User, second: User) -> None:
    act = propose(province, first)
    guarded_acts.decline(act, reason="không cần", by=second)
    for action in (
        lambda: guarded_acts.confirm(act, by=second, unit=None),
        lambda: guarded_acts.withdraw(act, by=first),
        lambda: guarded_acts.revoke(act, by=first),
    ):
        with pytest.raises(AccountsError):
            action()
    assert verbs() == ["act.proposed", "act.declined"]


def test_withdrawn_and_revoked_acts_count_no_more(
    province: Province, first: User, second: User
) -> None:
    act = propose(province, first)
    guarded_acts.withdraw(act, by=first)
    assert not act.is_pending
    other = guarded_acts.confirm(propose(province, first), by=second, unit=province.xa)
    guarded_acts.revoke(other, reason="hết hạn", by=first)
    assert not guarded_acts.confirmed(GuardedKind.POOL).exists()


def test_operator_confirms_what_a_person_proposed(province: Province, first: User) -> None:
    act = guarded_acts.confirm_by_operator(propose(province, first))
    assert (act.is_confirmed, act.confirmed_by, act.confirmed_by_operator) == (True, None, True)
    assert AuditEntry.objects.get(verb="act.confirmed", data__kind="pool").actor == "operator"


def test_proposal_of_the_operator_is_not_completed_by_a_person(
    province: Province, second: User
) -> None:
    act = propose(province, None)
    with pytest.raises(NotAllowed):
        guarded_acts.confirm(act, by=second, unit=province.xa)
    guarded_acts.confirm_by_operator(act)


def test_too_long_a_reason_is_refused(province: Province, first: User) -> None:
    with pytest.raises(AccountsError):
        guarded_acts.propose(GuardedKind.POOL, "x:1", reason="a" * 501, by=first, unit=None)
