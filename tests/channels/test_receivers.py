import re

import pytest
from django.core import mail
from django.utils.translation import override

from accounts.domain import invitations, kinds, memberships, units
from accounts.enums import Role
from accounts.models import Unit, User
from channels.domain import outbox
from channels.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    kinds.ensure()
    return units.create(code="th-a", name="Trường Nắng Mai", kind="school", by=None)


def admin_of(unit: Unit, language: str) -> User:
    admin = User.objects.create_user("a@example.vn", "x", handle="a", language=language)
    memberships.grant(admin, unit, Role.UNIT_ADMIN, by=None)
    return admin


@pytest.mark.parametrize("language", ["vi", "en"])
def test_invitation_leaves_as_one_secret_email_whose_link_works(unit: Unit, language: str) -> None:
    offer = invitations.invite("moi@example.vn", unit, Role.CHECKER, by=admin_of(unit, language))
    message = Message.objects.get()
    assert (message.purpose, message.is_secret) == ("invitation", True)
    assert outbox.deliver(message.pk)
    sent = mail.outbox[0]
    assert sent.to == ["moi@example.vn"]
    assert "Trường Nắng Mai" in sent.subject
    token = re.search(r"http://testserver/tai-khoan/moi/([-\w]+)/", sent.body)
    assert token is not None
    assert invitations.find(token[1]) == offer
    with override(language):
        assert str(Role.CHECKER.label) in sent.body


def test_invitation_resent_is_another_email(unit: Unit) -> None:
    admin = admin_of(unit, "vi")
    offer = invitations.invite("moi@example.vn", unit, Role.CHECKER, by=admin)
    invitations.resend(offer, by=admin)
    assert Message.objects.count() == 2
