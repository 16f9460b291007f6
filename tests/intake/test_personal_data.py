"""What intake never does: no field about a person, beyond what is encrypted and deleted."""

import re

import pytest
from django.apps import apps
from django.db import models

# A word in any field name that would speak of a sender, an author or a suspect.
PERSON_WORDS = {
    "address", "author", "avatar", "birth", "by", "class", "cookie", "device", "fullname", "gender",
    "ip", "location", "name", "nickname", "password", "person", "phone", "pupil", "reporter",
    "session", "subject", "suspect", "teacher", "user", "username",
}  # fmt: skip
ENCRYPTED_ADDRESS = "Contact.address_encrypted"
FIELDS = [
    field
    for model in apps.get_app_config("intake").get_models()
    for field in model._meta.get_fields()
]


def label(field: models.Field) -> str:
    return f"{field.model.__name__}.{field.name}"


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_no_field_names_a_person(field: models.Field) -> None:
    words = set(field.name.split("_")) & PERSON_WORDS
    assert words <= ({"address"} if label(field) == ENCRYPTED_ADDRESS else set())


@pytest.mark.parametrize("field", FIELDS, ids=str)
def test_no_field_leads_to_a_user(field: models.Field) -> None:
    assert field.related_model is None or field.related_model._meta.label != "accounts.User"


def test_only_the_encrypted_contact_can_lead_to_a_person() -> None:
    addresses = [label(field) for field in FIELDS if re.search("email|address", field.name)]
    assert addresses == [ENCRYPTED_ADDRESS]


def test_report_does_not_point_at_its_contact() -> None:
    contact = apps.get_model("intake", "Contact")
    report = apps.get_model("intake", "Report")
    assert contact._meta.db_table != report._meta.db_table
    assert "contact" not in {field.name for field in report._meta.concrete_fields}
    assert not contact._meta.get_field("delete_after").null
