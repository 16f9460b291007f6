import pytest

from accounts.domain.token_hashes import hash_token


@pytest.mark.parametrize("token", ["", "kt_abc", "\ud800", "ộ"])
def test_hash_token_takes_any_text_and_gives_64_hex_digits(token: str) -> None:
    assert len(bytes.fromhex(hash_token(token))) == 32


def test_hash_token_is_sha_256() -> None:
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
