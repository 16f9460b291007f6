"""What a channel offers, and what passes between it and the rest of the program."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from django.utils.functional import Promise
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class ContactAddress:
    """Where somebody can be reached: the channel's name, and an address as that channel uses it."""

    channel: str
    address: str


@dataclass(frozen=True)
class InboundMessage:
    """One message that somebody sent through a channel.

    ``event_id`` is the platform's id, the same on each delivery of the message: with the channel's
    name it makes the message one report, however often it is delivered. ``sender`` is the address
    that ``Channel.send`` takes for the answer. ``images`` are whole files as they came; they are
    checked and re-encoded by intake. ``sent_at`` is the platform's time, None if it gives none.
    """

    channel: str
    event_id: str
    sender: str
    text: str = ""
    url: str = ""
    images: tuple[bytes, ...] = ()
    sent_at: datetime | None = None


class Channel(Protocol):
    """A way to reach people. One instance per process, named in ``channels.registry``."""

    name: str  # stored with each message and report, and part of an address: up to 16 of a-z and _
    label: str | Promise  # for staff

    def send(self, *, recipient: str, subject: str, body: str, message_id: str) -> None:
        """Send one message of plain text.

        Args:
            message_id: the same for every attempt, so that a receiver who got the first one in
                spite of an error can recognise the second.

        Raises:
            channels.exceptions.PermanentError: another attempt will not help.
            channels.exceptions.TransientError: it may.
        """

    def address_error(self, address: str) -> str:
        """What is wrong with an address that somebody typed, as a sentence; ``""`` if nothing."""
        return ""

    def answer_footer(self, days: int) -> str:
        """The end of an answer: why it was sent, and that the address is deleted after ``days``."""
        return _(
            "You get this message because you sent us a report here. Your address is deleted "
            "%(days)s days after that."
        ) % {"days": days}


@runtime_checkable
class WebhookChannel(Channel, Protocol):
    """A channel whose platform posts what people send to ``/kenh/<name>/``.

    A channel without these two methods is outgoing only: that address answers 404.
    """

    def verify(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Whether the platform signed this body, compared in constant time: as bytes, since
        ``hmac.compare_digest`` raises for strings outside ASCII.

        Args:
            body: as it came, byte for byte: a re-serialised body has another signature.
            headers: of the request; names in any case.
        """

    def parse(self, body: bytes) -> Sequence[InboundMessage]:
        """The messages in a verified body; echoes, receipts and stickers are skipped.
        Names of third persons and messages from groups are left out, unknown fields ignored.

        Raises:
            channels.exceptions.UnreadableBody: this is no body of the platform.
        """
