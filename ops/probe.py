"""Probe of the web process: does it answer /readyz? Used by `manage.py start`, and as a script by
the container's health check (`python ops/probe.py`): standard library only, so it costs little."""

import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

TIMEOUT_SECONDS = 3


def is_ready(host: str, port: int, site_url: str) -> bool:
    """True when the process answers that it is ready.

    Args:
        host, port: where it listens.
        site_url: the public address; its host name must be in the Host header, since any other is
            refused, also from inside the machine.
    """
    inside = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 (compared, not bound)
    name = urllib.parse.urlsplit(site_url).hostname or "localhost"
    request = urllib.request.Request(f"http://{inside}:{port}/readyz", headers={"Host": name})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310 (the same)
            return True
    except (OSError, HTTPException):  # refused, timed out, cut off, or an answer that is an error
        return False


if __name__ == "__main__":
    port = int(os.environ.get("PORT", "8000"))
    site_url = os.environ.get("SITE_URL", "http://localhost")
    sys.exit(0 if is_ready("127.0.0.1", port, site_url) else 1)
