"""The channels by name: each is a package and one line here (``docs/add-a-channel.md``)."""

from channels.email.channel import EmailChannel
from channels.protocol import Channel

CHANNELS: dict[str, Channel] = {
    channel.name: channel
    for channel in (
        EmailChannel(),
    )
}  # fmt: skip
