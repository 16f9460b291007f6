"""The platform's side of the sample channel: what it posts, and the line in the registry."""

import json
from typing import Any

import pytest
from django.test import Client

from channels import registry
from tests.channels.sample.channel import SampleChannel, signature

URL = "/kenh/sample/"


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> SampleChannel:
    """The channel, registered: the one line besides its package."""
    channel = SampleChannel()
    monkeypatch.setitem(registry.CHANNELS, channel.name, channel)
    return channel


def text_event(text: str, event_id: str = "e-1", sender: str = "u-77", **more: Any) -> dict:
    return {"type": "text", "id": event_id, "from": sender, "text": text, **more}


def post(body: bytes, *, signed: str | None = None, **extra: Any) -> Any:
    """One delivery by a client without cookies; correctly signed unless told otherwise."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    mark = signature(body) if signed is None else signed
    headers = {"X-Sample-Signature": mark} if mark else {}
    return client.post(URL, body, content_type="application/json", headers=headers, **extra)


def deliver(*events: dict) -> Any:
    return post(json.dumps({"events": list(events)}, ensure_ascii=False).encode())
