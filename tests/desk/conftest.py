"""Signed-in clients, one for each member of the cast."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from tests.accounts.conftest import links, province, superuser
from tests.factcheck.conftest import _empty_caches, cast, fake

__all__ = [
    "_empty_caches",
    "cast",
    "fake",
    "links",
    "picture",
    "province",
    "sign_in",
    "superuser",
]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

SignIn = Callable[[User], Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    def enter(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    return enter


@pytest.fixture
def picture() -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (60, 40), (90, 60, 160)).save(data, "PNG")
    return SimpleUploadedFile("anh.png", data.getvalue(), content_type="image/png")
