"""Somebody with a browser: opens the form, sends it, keeps the receipt, looks it up."""

import re
import secrets
from html import unescape
from types import TracebackType
from typing import Any, Self

import httpx

FORM = "/gui/"
TRACK = "/tra-cuu/"
_RECEIPT = re.compile(r'data-copy-text="([0-9A-Z ]+)"')


class NoReceipt(Exception):
    """The answer holds no receipt; whoever sent the form would send it again."""


def new_key() -> str:
    return secrets.token_hex(16)


def hidden(page: str, name: str) -> str:
    """Value of a hidden field of the form; empty when there is none."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


class Reporter:
    """Its cookies are its own, as a browser's are."""

    def __init__(self, site: str) -> None:
        # The environment's proxies are not for a server on this machine, nor is TLS.
        self._http = httpx.Client(base_url=site, timeout=30, trust_env=False, verify=False)
        self._token = ""

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
            NoReceipt: the server is in trouble.
        """
        page = self._ask("GET", FORM)
        self._token = hidden(page.text, "csrfmiddlewaretoken")
        return hidden(page.text, "form_key")

    def post(
        self, text: str, *, key: str, unit: str = "", picture: bytes = b"", **fields: str
    ) -> str:
        """Send the form; returns the page that answers, whatever it says.

        Raises:
            NoReceipt: there was no answer at all, or one of a server in trouble.
        """
        given = {"csrfmiddlewaretoken": self._token, "form_key": key, "text": text, **fields}
        parts: list[tuple[str, tuple[str | None, bytes]]] = [
            (name, (None, value.encode())) for name, value in given.items()
        ]
        if picture:
            parts.append(("images", ("anh.png", picture)))
        return self._ask("POST", f"{FORM}{unit}/" if unit else FORM, files=parts).text

    def _ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        try:
            answer = self._http.request(method, path, **content)
        except httpx.TransportError as error:
            raise NoReceipt(type(error).__name__) from error
        if answer.status_code >= 500:
            raise NoReceipt(str(answer.status_code))
        return answer

    def send(self, text: str, *, key: str = "", **fields: str | bytes) -> str:
        """Open the form unless it is open, send it and return the receipt shown.

        Raises:
            NoReceipt: the answer shows none.
        """
        if not key or not self._token:
            opened = self.open()
            key = key or opened
        return receipt_on(self.post(text, key=key, **fields))  # type: ignore[arg-type]

    def look_up(self, receipt: str) -> str:
        """The tracking page of a receipt."""
        token = hidden(self._ask("GET", TRACK).text, "csrfmiddlewaretoken")
        data = {"csrfmiddlewaretoken": token, "code": receipt}
        answer = self._ask("POST", TRACK, data=data)
        answer.raise_for_status()
        return answer.text


def receipt_on(page: str) -> str:
    """The receipt a page shows.

    Raises:
        NoReceipt: it shows none.
    """
    found = _RECEIPT.search(page)
    if found is None:
        raise NoReceipt(" ".join(re.sub(r"<[^>]+>", " ", page).split())[:300])
    return found[1].replace(" ", "")
