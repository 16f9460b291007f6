"""The embedded broker: kombu's file transport with whole messages.

kombu writes a message into the folder where the worker looks for it. A worker that looks often
meets half a message and ends; here a message is written aside and then renamed into its place.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(  # type: ignore[override] # kombu itself names the second argument in two ways
        self, queue: str, payload: dict[str, Any], **kwargs: Any
    ) -> None:
        """Put a message onto a queue; its name orders the messages as kombu's names do."""
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        folder = Path(self.data_folder_out)
        partial = folder / f"{name}.partial"
        try:
            partial.write_bytes(str_to_bytes(dumps(payload)))
            partial.replace(folder / name)
        except OSError as error:
            raise ChannelError(f"The message {name} could not be written") from error


class Transport(filesystem.Transport):
    Channel = Channel


def register() -> None:
    """Take this transport for ``filesystem://``."""
    TRANSPORT_ALIASES["filesystem"] = "config.file_transport:Transport"
