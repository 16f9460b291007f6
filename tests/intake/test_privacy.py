"""Canaries go in; no table, file or log line gives them back."""

import logging
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from intake.domain import receipts, replies
from intake.enums import Stage
from intake.models import DailyKey, Report
from tests.intake import sample_images

ADDRESS = "198.51.100.77"
AGENT = "Canary-Browser/77.7"
EMAIL = "canary.me@example.com"
KEY = "0123456789abcdef" * 2
FILE_NAME = "canary-ten-hoc-sinh.jpg"
CANARIES = (ADDRESS, "198.51.100", AGENT, EMAIL, KEY, FILE_NAME)

pytestmark = pytest.mark.django_db


def dump() -> str:
    """Every value of every table."""
    lines: list[str] = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            lines += [repr([bytes(v) if isinstance(v, memoryview) else v for v in row])
                      for row in cursor.fetchall()]  # fmt: skip
    return "\n".join(lines)


@pytest.fixture
def receipt_code(client, unit, caplog) -> str:
    """The whole workflow with canaries and at the most verbose log level; returns the receipt."""
    caplog.set_level(logging.DEBUG)
    key = KEY
    data = sample_images.encoded("JPEG", exif=sample_images.exif_with_gps())
    who = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT, "HTTP_X_FORWARDED_FOR": ADDRESS}
    values = {"text": "Kín như canary", "contact_email": EMAIL, "form_key": key}
    client.post("/gui/", values | {"contact_email": "hỏng"}, **who)  # an error on the way
    client.post("/gui/", values | {"images": [sample_images.upload(data, FILE_NAME)]}, **who)
    code = receipts.for_form_key(key)
    report = Report.objects.get()
    replies.create_reply(report, Stage.ANSWERED, key="notice:1:v1", title="Đã rõ")
    assert client.post("/tra-cuu/", {"code": code}, **who).status_code == 200
    client.post("/tra-cuu/", {"code": "7" * 24}, **who)
    client.post("/gui/ma.txt", {"receipt": code}, **who)
    return code


def test_no_address_device_or_receipt_in_any_table(receipt_code: str) -> None:
    stored = dump()
    assert "Kín như canary" in stored  # the dump does look at the rows
    for canary in (*CANARIES, receipt_code, receipts.pretty(receipt_code)):
        assert canary not in stored


def test_nothing_of_it_in_any_log_line(receipt_code: str, caplog) -> None:
    # Django's SQL log, off outside of DEBUG, is not ours.
    lines = "\n".join(
        record.getMessage()
        for record in caplog.get_records("setup")
        if record.name != "django.db.backends"
    )
    assert "public:submit" in lines  # our own log was listened to
    for canary in (
        ADDRESS,
        "198.51.100",
        AGENT,
        EMAIL,
        FILE_NAME,
        receipt_code,
        "Kín như",
        receipts.pretty(receipt_code),
    ):
        assert canary not in lines


def test_no_metadata_or_file_name_on_disk(receipt_code: str) -> None:
    (stored,) = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    assert FILE_NAME not in str(stored)
    assert b"Nokia-Canary" not in stored.read_bytes()


def test_sender_hash_leads_nowhere_once_the_day_is_over(receipt_code: str) -> None:
    hashed = Report.objects.get().sender_hash
    assert hashed
    DailyKey.objects.all().delete()
    assert hashed not in dump().replace(hashed, "", 1)
