from typing import Any

import pytest
from cryptography.fernet import InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from channels.domain.encryption import decrypt, encrypt


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_decrypt_returns_any_text(text: str) -> None:
    assert decrypt(encrypt(text)) == text


def test_encrypt_hides_the_text_and_never_repeats() -> None:
    one, two = encrypt("a@example.vn"), encrypt("a@example.vn")
    assert "example" not in one
    assert one != two


def test_decrypt_with_another_key_is_refused(settings: Any) -> None:
    token = encrypt("a@example.vn")
    settings.SEALING_KEY = "another"
    with pytest.raises(InvalidToken):
        decrypt(token)
