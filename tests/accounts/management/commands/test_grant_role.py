from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.domain import invitations, role_grants
from accounts.enums import Role
from accounts.models import User
from audit.models import AuditEntry
from tests.accounts.conftest import Province


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("grant_role", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def admin(province: Province) -> User:
    return province.user(Role.UNIT_ADMIN, province.school)


def test_grant_role_confirms_what_waits(province: Province, admin: User) -> None:
    member = province.user(Role.CHECKER, province.school)
    role_grants.grant(member, province.school, Role.REVIEWER, by=admin)
    assert f"{member.email} th-nang-mai reviewer (proposed by {admin.handle})" in run()
    assert "has the role now" in run(member.email, "th-nang-mai", "reviewer")
    assert member.memberships.filter(role=Role.REVIEWER).exists()
    entry = AuditEntry.objects.filter(verb="act.confirmed").latest("pk")
    assert entry.actor == "operator"
    assert run() == "No role waits for a second person.\n"


def test_grant_role_confirms_an_open_invitation(province: Province, admin: User) -> None:
    invitations.invite("moi@example.vn", province.school, Role.APPROVER, by=admin)
    assert "moi@example.vn th-nang-mai approver" in run()
    assert "on accepting the invitation" in run("MOI@example.vn", "th-nang-mai", "approver")


@pytest.mark.parametrize(
    "arguments",
    [
        ("nobody@example.vn", "th-nang-mai", "reviewer"),
        ("nobody@example.vn", "no-such-unit", "reviewer"),
        ("nobody@example.vn",),
    ],
)
def test_grant_role_refuses_what_it_cannot_find(
    province: Province, arguments: tuple[str, ...]
) -> None:
    with pytest.raises(CommandError):
        run(*arguments)
