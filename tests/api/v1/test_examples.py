import pytest
from django.test import Client

from api.v1 import examples
from api.v1.serializers.reports import ReceiptSerializer, ReportRequestSerializer, TrackSerializer
from tests.api.conftest import key
from tests.factories import make_unit

pytestmark = pytest.mark.django_db


def test_examples_are_valid(api: Client) -> None:
    make_unit("primary", code=str(examples.REPORT["unit"]))
    assert ReportRequestSerializer(data=examples.REPORT).is_valid()
    response = api.post(
        "/api/v1/reports", examples.REPORT, content_type="application/json", headers=key()
    )
    assert set(response.json()) == set(examples.RECEIPT) == set(ReceiptSerializer().fields)
    receipt = {"receipt": response.json()["receipt"]}
    tracked = api.post("/api/v1/reports/track", receipt, content_type="application/json").json()
    assert set(tracked) == set(examples.TRACKED) == set(TrackSerializer().fields)
    assert set(tracked["steps"][0]) == set(examples.TRACKED["steps"][0])
