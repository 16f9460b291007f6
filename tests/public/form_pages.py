"""The form filled and sent as a browser without JavaScript does it."""

import re
from typing import Any

from django.test import Client

URL = "/gui/"


def fields(page: Any) -> dict[str, str]:
    """The values a browser would send back: hidden, text and chosen fields of the main form."""
    html = page.content.decode()
    html = html[html.index('<form class="kt-form"') :]
    html = html[: html.index("</form>")]
    values: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        if kind in ("checkbox", "file") or (kind == "radio" and " checked" not in tag):
            continue
        values[attributes["name"]] = attributes.get("value", "")
    text = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", html, re.DOTALL)
    assert text
    values["text"] = text[1]
    return values


def code_on(page: Any) -> str:
    match = re.search(r'name="receipt" value="([0-9A-Z ]{29})"', page.content.decode())
    assert match
    return match[1].replace(" ", "")


def send(client: Client, path: str = URL, **changes: Any) -> Any:
    """Open the form, change fields, send it."""
    return client.post(path, fields(client.get(path)) | changes)
