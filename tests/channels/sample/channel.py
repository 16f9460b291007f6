"""The sample channel: signed JSON comes in, what goes out is recorded."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from channels.exceptions import UnreadableBody
from channels.protocol import InboundMessage, WebhookChannel

SECRET = b"sample-secret-for-tests"


@dataclass(frozen=True)
class Sent:
    recipient: str
    subject: str
    body: str


class SampleChannel(WebhookChannel):
    name = "sample"
    label = "Sample chat"

    def __init__(self) -> None:
        self.sent: list[Sent] = []

    def send(self, *, recipient: str, subject: str, body: str, message_id: str) -> None:
        self.sent.append(Sent(recipient, subject, body))

    def verify(self, body: bytes, headers: Mapping[str, str]) -> bool:
        given = headers.get("X-Sample-Signature", "")
        return hmac.compare_digest(signature(body).encode(), given.encode())

    def parse(self, body: bytes) -> list[InboundMessage]:
        try:
            events = json.loads(body)["events"]
            return [_message(event) for event in events if event["type"] == "text"]
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
            raise UnreadableBody from error


def _message(event: dict[str, Any]) -> InboundMessage:
    return InboundMessage(
        channel=SampleChannel.name,
        event_id=str(event["id"]),
        sender=str(event["from"]),
        text=str(event["text"]),
        sent_at=datetime.fromtimestamp(event["time"], UTC) if "time" in event else None,
    )


def signature(body: bytes) -> str:
    return hmac.digest(SECRET, body, "sha256").hex()
