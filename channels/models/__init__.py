from channels.models.inbound_event import InboundEvent
from channels.models.message import Message

__all__ = ["InboundEvent", "Message"]
