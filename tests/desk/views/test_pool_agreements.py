from django.urls import reverse

from accounts.domain import pool_agreements
from accounts.enums import Role
from accounts.models import ReviewerPool
from tests.factories import make_unit, make_user


def test_two_administrators_make_a_pool_on_their_units_pages(sign_in, db):
    unit, other = make_unit("province_department"), make_unit("province_department")
    client = sign_in(make_user(Role.UNIT_ADMIN, unit))
    page = reverse("accounts:unit", args=[unit.pk])
    client.post(reverse("accounts:pool_propose", args=[unit.pk]), {"other": other.code})
    (act,) = pool_agreements.proposals_to(other)
    withdraw = reverse("accounts:pool_withdraw", args=[unit.pk, act.pk])
    assert withdraw in client.get(page).content.decode()
    client = sign_in(make_user(Role.UNIT_ADMIN, other))
    answer = reverse("accounts:pool_answer", args=[other.pk, act.pk])
    assert answer in client.get(reverse("accounts:unit", args=[other.pk])).content.decode()
    client.post(answer, {"decision": "accept"})
    assert set(ReviewerPool.objects.get().units.all()) == {unit, other}


def test_a_declined_and_a_withdrawn_proposal_make_no_pool(sign_in, db):
    unit, other = make_unit("province_department"), make_unit("province_department")
    asking, asked = make_user(Role.UNIT_ADMIN, unit), make_user(Role.UNIT_ADMIN, other)
    act = pool_agreements.propose(unit, other, by=asking)
    sign_in(asked).post(
        reverse("accounts:pool_answer", args=[other.pk, act.pk]), {"decision": "decline"}
    )
    act = pool_agreements.propose(unit, other, by=asking)
    sign_in(asking).post(reverse("accounts:pool_withdraw", args=[unit.pk, act.pk]))
    assert not ReviewerPool.objects.exists()
    assert not pool_agreements.proposals_to(other).exists()
