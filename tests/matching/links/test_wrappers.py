import pytest

from matching.links.wrappers import unwrap


@pytest.mark.parametrize(
    ("host", "path", "query", "inner"),
    [
        ("l.facebook.com", "/l.php", "u=https%3A%2F%2Fa.example%2F1", "https://a.example/1"),
        ("archive.ph", "/2025/https%3A%2F%2Fa.example%2F1", "", "https://a.example/1"),
        ("web.archive.org", "/web/2025/a.example/1", "q=2", "https://a.example/1?q=2"),
        ("tin--moi-a-vn.translate.goog", "/1", "_x_tr_sl=vi&p=2", "https://tin-moi.a.vn/1?p=2"),
        ("tin.translate.goog", "/1", "", ""),  # without a dot there is no site
        ("a.example", "/l.php", "u=https://b.example/1", ""),
    ],
)
def test_unwrap(host: str, path: str, query: str, inner: str) -> None:
    assert unwrap(host, path, query) == inner
