"""Origins of reports: the web form, the API, the demonstration, and every channel."""

from channels.registry import CHANNELS
from intake.enums import Origin


def labels() -> dict[str, str]:
    """The label of each origin, in the active language."""
    own = {str(origin.value): str(origin.label) for origin in Origin}
    return own | {name: str(channel.label) for name, channel in CHANNELS.items()}
