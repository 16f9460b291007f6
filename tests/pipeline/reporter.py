"""A reporter with a browser: opens the form, sends it, keeps the receipt, looks it up."""

import re
from html import unescape
from types import TracebackType
from typing import Any, Self

import httpx

FORM = "/gui/"
TRACK = "/tra-cuu/"
_RECEIPT = re.compile(r'data-copy-text="([0-9A-Z ]+)"')


class NoReceipt(Exception):
    """The response contains no receipt; whoever sent the form would send it again."""


def hidden(page: str, name: str) -> str:
    """Value of a hidden field of the form; empty when there is none."""
    match = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    return unescape(match[1]) if match else ""


class Reporter:
    """One browser with cookies of its own."""

    def __init__(self, site: str) -> None:
        # The environment's proxies are not for a server on this machine, nor is TLS.
        self._http = httpx.Client(base_url=site, timeout=30, trust_env=False, verify=False)
        self._signatures: dict[str, str] = {}  # by form key

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._http.close()

    def open(self) -> str:
        """Open the form; returns its key.

        Raises:
            NoReceipt: there was no response, or a server error.
        """
        page = self._request("GET", FORM)
        key = hidden(page.text, "form_key")
        self._signatures[key] = hidden(page.text, "form_signature")
        return key

    def post(
        self, text: str, *, key: str, unit: str = "", picture: bytes = b"", **fields: str
    ) -> str:
        """Send the form; returns the page shown, whatever it is.

        Raises:
            NoReceipt: there was no response, or a server error.
        """
        signature = self._signatures.get(key, "")
        given = {"form_key": key, "form_signature": signature, "text": text, **fields}
        parts: list[tuple[str, tuple[str | None, bytes]]] = [
            (name, (None, value.encode())) for name, value in given.items()
        ]
        if picture:
            parts.append(("images", ("anh.png", picture)))
        return self._request("POST", f"{FORM}{unit}/" if unit else FORM, files=parts).text

    def _request(self, method: str, path: str, **content: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **content)
        except httpx.TransportError as error:
            raise NoReceipt(type(error).__name__) from error
        if response.status_code >= 500:
            raise NoReceipt(str(response.status_code))
        return response

    def send(self, text: str, *, key: str = "", **fields: str | bytes) -> str:
        """Send the form of this key, or open one and send it; return the receipt shown.

        Raises:
            NoReceipt: the page shows none.
        """
        return receipt_on(self.post(text, key=key or self.open(), **fields))  # type: ignore[arg-type]

    def look_up(self, receipt: str) -> str:
        """The tracking page of a receipt."""
        response = self._request("POST", TRACK, data={"code": receipt})
        response.raise_for_status()
        return response.text


def receipt_on(page: str) -> str:
    """The receipt a page shows.

    Raises:
        NoReceipt: it shows none.
    """
    match = _RECEIPT.search(page)
    if match is None:
        raise NoReceipt(" ".join(re.sub(r"<[^>]+>", " ", page).split())[:300])
    return match[1].replace(" ", "")
