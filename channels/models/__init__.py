from channels.models.message import Message

__all__ = ["Message"]
