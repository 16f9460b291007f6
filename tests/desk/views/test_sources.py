from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

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
    Source.objects.all().delete()
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
    with django_assert_num_queries(8):
        client.get(LIST)


def test_list_is_not_for_a_stranger_without_a_role(sign_in, cast: Cast):
    assert sign_in(make_user()).get(LIST).status_code == 302


def test_add_by_a_reviewer_is_citable_at_once(sign_in, cast: Cast):
    assert sign_in(cast.reviewer).post(NEW, entry()).status_code == 302
    assert Source.objects.get(domain="syt.example.vn").valid_to is None


@pytest.mark.parametrize(
    "given", [{"name_vi": ""}, {"kind": "blog"}, {"valid_to": "2025-01-01"}, {"valid_from": "x"}]
)
def test_add_out_of_shape_keeps_what_was_typed(sign_in, cast: Cast, given):
    response = sign_in(cast.reviewer).post(NEW, entry(caveat="Lời tôi gõ", **given))
    assert response.status_code == 422
    assert "Lời tôi gõ" in response.content.decode()
    assert not Source.objects.filter(domain="syt.example.vn").exists()


def test_add_of_an_entry_the_registry_has_keeps_what_was_typed(sign_in, cast: Cast):
    client = sign_in(cast.reviewer)
    client.post(NEW, entry())
    response = client.post(NEW, entry(caveat="Lời tôi gõ"))
    assert response.status_code == 422
    assert "Lời tôi gõ" in response.content.decode()
    assert Source.objects.filter(domain="syt.example.vn").count() == 1


def test_retire_before_the_entry_begins_is_refused(sign_in, cast: Cast):
    source = make_source(valid_from=timezone.localdate() + timedelta(days=3))
    url = reverse("desk:source_retire", args=[source.pk])
    response = sign_in(cast.approver).post(url, follow=True)
    assert [str(message.level_tag) for message in response.context["messages"]] == ["error"]
    source.refresh_from_db()
    assert source.valid_to is None


def test_edit_and_retire_keep_the_entry(sign_in, cast: Cast):
    source = make_source()
    client = sign_in(cast.approver)
    url = reverse("desk:source", args=[source.pk])
    assert source.name_vi in client.get(url).content.decode()
    client.post(url, entry(name_vi="Tên mới"))
    source.refresh_from_db()
    assert source.name_vi == "Tên mới"
    client.post(reverse("desk:source_retire", args=[source.pk]))
    source.refresh_from_db()
    assert source.valid_to == timezone.localdate()


def test_a_checker_reads_the_registry_but_changes_nothing(sign_in, cast: Cast):
    source, client = make_source(), sign_in(cast.checker)
    assert NEW not in client.get(LIST).content.decode()
    client.post(NEW, entry())
    client.post(reverse("desk:source", args=[source.pk]), entry(name_vi="Tên mới"))
    client.post(reverse("desk:source_retire", args=[source.pk]))
    assert not Source.objects.filter(name_vi__in=["Tên mới", "Sở Y tế Thanh Giang"]).exists()
    source.refresh_from_db()
    assert source.valid_to is None
