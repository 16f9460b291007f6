import pytest

from accounts.domain.names import key


@pytest.mark.parametrize(
    "name", ["Trường Đồi Sim", "TRƯỜNG  ĐỒI SIM", "truong doi sim", " Trường\tĐồi Sim "]
)
def test_key_is_the_same_however_it_is_typed(name: str) -> None:
    assert key(name) == "truong doi sim"
