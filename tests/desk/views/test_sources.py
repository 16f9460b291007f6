from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import GuardedAct
from factcheck.models import Source
from tests.factories import Cast, make_source, make_user

LIST = reverse("desk:sources")
NEW = reverse("desk:source_new")


def entry(**given):
    return {
        "name_vi": "Sở Y tế Thanh Giang",
        "name_en": "",
        "domain": "syt.example.vn",
        "field": "health",
        "kind": "primary",
        "use_for": "",
        "caveat": "",
        "confidence": "A",
        "valid_from": "2026-01-01",
        "valid_to": "",
        **given,
    }


def found(response) -> list[str]:
    return [source.name_vi for source in response.context["page_obj"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Bộ Y tế", "Sở Giáo dục"]),
        ({"q": "y tế"}, ["Bộ Y tế"]),
        ({"q": "edu.example"}, ["Sở Giáo dục"]),
        ({"field": "health"}, ["Bộ Y tế"]),
        ({"q": "không có"}, []),
        ({"q": "Bộ\x00 Y tế"}, ["Bộ Y tế"]),
        ({"retired": "1", "field": "health"}, ["Bộ Y tế", "Sở Y tế cũ"]),
    ],
)
def test_list_searches_and_filters(sign_in, cast: Cast, query, names):
    make_source(name_vi="Bộ Y tế", domain="moh.example.vn", field="health")
    make_source(name_vi="Sở Giáo dục", domain="edu.example.vn", field="education")
    ended = timezone.localdate()
    make_source(name_vi="Sở Y tế cũ", domain="old.example.vn", field="health", valid_to=ended)
    assert sorted(found(sign_in(cast.checker).get(LIST, query))) == names


@pytest.mark.parametrize("many", [1, 3])
def test_list_asks_the_same_number_of_queries(sign_in, cast: Cast, many, django_assert_num_queries):
    for _n in range(many):
        make_source()
    client = sign_in(cast.checker)
    client.get(LIST)
    with django_assert_num_queries(11):
        client.get(LIST)


def test_list_is_not_for_a_stranger_without_a_role(sign_in, cast: Cast):
    assert sign_in(make_user()).get(LIST).status_code == 302


def test_add_by_a_reviewer_waits_for_a_second_person(sign_in, cast: Cast):
    client = sign_in(cast.own_reviewer)
    assert client.post(NEW, entry(unit=cast.school.pk)).status_code == 302
    source = Source.objects.get(domain="syt.example.vn")
    act = GuardedAct.objects.get(kind="source_named", subject=f"factcheck.source:{source.pk}")
    confirm = reverse("desk:source_confirm", args=[act.pk])
    page = client.get(LIST).content.decode()
    assert f"manage.py confirm_source {act.pk}" in page
    assert confirm not in page
    client.post(confirm)
    assert found(client.get(LIST)) == []
    above = sign_in(cast.reviewer)
    assert confirm in above.get(LIST).content.decode()
    above.post(confirm)
    assert found(client.get(LIST)) == ["Sở Y tế Thanh Giang"]


def test_shared_entry_is_offered_to_administrators_of_the_installation_only(
    sign_in, cast: Cast, superuser
):
    assert sign_in(cast.own_reviewer).post(NEW, entry()).status_code == 422
    assert sign_in(superuser).post(NEW, entry()).status_code == 302
    assert Source.objects.get().unit is None


def test_declined_proposal_leaves_the_page(sign_in, cast: Cast):
    sign_in(cast.own_reviewer).post(NEW, entry(unit=cast.school.pk))
    act = GuardedAct.objects.get(kind="source_named")
    client = sign_in(cast.admin)
    client.post(reverse("desk:source_decline", args=[act.pk]))
    assert reverse("desk:source_decline", args=[act.pk]) not in client.get(LIST).content.decode()
    assert found(client.get(LIST)) == []


@pytest.mark.parametrize("given", [{"name_vi": ""}, {"kind": "blog"}, {"valid_from": "x"}])
def test_add_out_of_shape_keeps_what_was_typed(sign_in, cast: Cast, given):
    response = sign_in(cast.reviewer).post(
        NEW, entry(unit=cast.xa.pk, caveat="Lời tôi gõ", **given)
    )
    assert response.status_code == 422
    assert "Lời tôi gõ" in response.content.decode()
    assert not Source.objects.filter(domain="syt.example.vn").exists()


def test_add_of_an_entry_the_registry_has_keeps_what_was_typed(sign_in, cast: Cast):
    given = entry(unit=cast.xa.pk)
    shape = {name: given[name] for name in ("name_vi", "domain", "field", "kind", "valid_from")}
    make_source(**shape, unit=cast.xa)
    response = sign_in(cast.reviewer).post(NEW, {**given, "caveat": "Lời tôi gõ"})
    assert response.status_code == 422
    assert "Lời tôi gõ" in response.content.decode()
    assert Source.objects.filter(domain="syt.example.vn").count() == 1


def test_retire_before_the_entry_begins_is_refused(sign_in, cast: Cast):
    later = timezone.localdate() + timedelta(days=3)
    source = make_source(unit=cast.school, valid_from=later)
    url = reverse("desk:source_retire", args=[source.pk])
    response = sign_in(cast.approver).post(url, follow=True)
    assert [str(message.level_tag) for message in response.context["messages"]] == ["error"]
    source.refresh_from_db()
    assert source.valid_to is None


def test_change_and_end_wait_for_the_unit_above(sign_in, cast: Cast):
    source = make_source(unit=cast.school)
    client = sign_in(cast.approver)
    url = reverse("desk:source", args=[source.pk])
    assert source.name_vi in client.get(url).content.decode()
    client.post(url, entry(name_vi="Tên mới"))
    client.post(reverse("desk:source_retire", args=[source.pk]))
    source.refresh_from_db()
    assert (source.name_vi == "Tên mới", source.valid_to) == (False, None)
    for kind in ("source_changed", "source_retired"):
        act = GuardedAct.objects.get(kind=kind)
        sign_in(cast.reviewer).post(reverse("desk:source_confirm", args=[act.pk]))
    source.refresh_from_db()
    assert source.valid_to == timezone.localdate()
    assert Source.objects.get(name_vi="Tên mới").is_confirmed


def test_list_offers_to_change_only_what_one_may(sign_in, cast: Cast, superuser):
    shared, own = make_source(), make_source(unit=cast.school)
    page = sign_in(cast.approver).get(LIST).content.decode()
    assert reverse("desk:source", args=[own.pk]) in page
    assert reverse("desk:source", args=[shared.pk]) not in page
    page = sign_in(superuser).get(LIST).content.decode()
    assert reverse("desk:source", args=[shared.pk]) in page


def test_notes_are_saved_at_once(sign_in, cast: Cast):
    source = make_source(unit=cast.school)
    url = reverse("desk:source", args=[source.pk])
    same = {name: getattr(source, name) for name in ("name_vi", "domain", "field", "kind")}
    sign_in(cast.approver).post(url, entry(**same, caveat="Xem mục văn bản"))
    source.refresh_from_db()
    assert source.caveat == "Xem mục văn bản"


def test_a_checker_reads_the_registry_but_changes_nothing(sign_in, cast: Cast):
    source, client = make_source(), sign_in(cast.checker)
    assert NEW not in client.get(LIST).content.decode()
    client.post(NEW, entry())
    client.post(reverse("desk:source", args=[source.pk]), entry(name_vi="Tên mới"))
    client.post(reverse("desk:source_retire", args=[source.pk]))
    assert not Source.objects.filter(name_vi__in=["Tên mới", "Sở Y tế Thanh Giang"]).exists()
    source.refresh_from_db()
    assert source.valid_to is None
