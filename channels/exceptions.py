"""Why a message could not be delivered or read; ``str()`` is stored and contains no address."""


class DeliveryError(Exception):
    """The message did not go out."""


class TransientError(DeliveryError):
    """Trying again later may help."""


class PermanentError(DeliveryError):
    """Trying again will not help: the address or the message is refused."""


class UnreadableBody(Exception):
    """A verified body that is not what the platform sends."""
