"""Every channel by name: a folder and one line here."""

from typing import Protocol

from channels.email import channel as email


class Send(Protocol):
    """Sends one message, or raises a DeliveryError that says whether to try again."""

    def __call__(self, *, recipient: str, subject: str, body: str, message_id: str) -> None: ...


CHANNELS: dict[str, Send] = {
    "email": email.send,
}
