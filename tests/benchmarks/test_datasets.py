import gzip
from pathlib import Path

import pytest

from benchmarks import datasets
from benchmarks.datasets import Claim, Collection, InvalidFileError
from tests.benchmarks.files import write_lines


def test_claims_with_the_same_id_or_merged_become_one(tmp_path: Path) -> None:
    rows = [
        {
            "id": "p:1",
            "text": "Nước máy nhiễm độc",
            "title": "Tin giả về nước máy",
            "also": ["q:9"],
        },
        {"id": "q:9", "text": "Nước máy có độc", "lang": "vi"},
        {"id": "p:2", "text": "Nghỉ học ngày mai", "title": ""},
        {"id": "p:3"},
    ]
    collection = datasets.read_claims(write_lines(tmp_path / "claims.jsonl", rows))
    assert [claim.id for claim in collection.claims] == ["p:1", "p:2", "p:3"]
    assert collection.claims[0].wordings == (
        "Nước máy nhiễm độc",
        "Nước máy nhiễm độc. Tin giả về nước máy",
        "Nước máy có độc",
    )
    assert collection.claims[2].wordings == ()
    assert collection.canonical_id("q:9") == "p:1"
    assert collection.canonical_id("nobody") == "nobody"


def test_two_claims_merged_into_each_other_stay_two(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "x", "also": ["b"]}, {"id": "b", "text": "y", "also": ["a"]}]
    collection = datasets.read_claims(write_lines(tmp_path / "claims.jsonl", rows))
    assert [claim.id for claim in collection.claims] == ["a"]
    assert collection.canonical_id("b") == "a"
    assert collection.canonical_id("a") == "a"


def test_gzip_is_read_whatever_the_name(tmp_path: Path) -> None:
    plain = write_lines(tmp_path / "a.jsonl", [{"id": "a", "text": "x"}])
    packed = tmp_path / "b.jsonl"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert datasets.read_claims(packed).claims == datasets.read_claims(plain).claims != []


def test_right_answers_use_the_merged_id(tmp_path: Path) -> None:
    rows = [
        {"text": "a", "relevant": ["q:9"], "also_relevant": ["r:1"], "pool": "p"},
        {"relevant": None},
        {"text": "c"},
    ]
    collection = Collection(merged={"q:9": "p:1"})
    queries = datasets.read_queries(write_lines(tmp_path / "q.jsonl.gz", rows), collection)
    assert list(queries) == ["p", "all"]
    assert queries["p"][0].right == {"p:1", "r:1"}
    assert [message.text for message in queries["all"]] == ["", "c"]
    assert [message.right for message in queries["all"]] == [frozenset(), frozenset()]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"id": "a"}\n{"id": ', "line 2: not JSON"),
        ('{"id": "a"}\n\n["b"]', "line 3: not a JSON object"),
        ('{"text": "no id"}', 'line 1: no "id"'),
        ('{"id": "a", "also": "b"}', 'line 1: "also" is not a list'),
    ],
)
def test_error_names_the_bad_line(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(content)
    with pytest.raises(InvalidFileError, match=reason):
        datasets.read_claims(path)


def test_error_names_a_file_that_is_missing_or_truncated(tmp_path: Path) -> None:
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(b'{"id": "a"}\n' * 100)[:-20])
    for path in (tmp_path / "none.jsonl", cut):
        with pytest.raises(InvalidFileError, match=str(path)):
            datasets.read_claims(path)


def test_claims_of_a_pool() -> None:
    ids = ["clef2a:1", "crowd:1", "clef2b:1", "fct:1", "viweb:1", "hpv:1"]
    collection = [Claim(key, ("x",), "en") for key in ids] + [Claim("vfnd:1", ("x",), "vi")]
    social = [Claim("s:1", ("x",))]
    expected = {
        "clef2a": ["clef2a:1", "crowd:1"],
        "clef2b": ["clef2b:1"],
        "fct": ["fct:1"],
        "viweb": ["viweb:1", "vfnd:1", "s:1"],
        "hpv": ["hpv:1"],  # not in the table: by prefix
        "other": [*ids, "vfnd:1"],  # no such prefix: everything
    }
    for pool, wanted in expected.items():
        assert [claim.id for claim in datasets.pool_claims(pool, collection, social)] == wanted, (
            pool
        )


def test_distractors_need_no_id_and_can_be_limited(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "d.jsonl", [{"text": "a"}, {"id": "s:1", "text": "b"}, {}])
    assert [claim.id for claim in datasets.read_distractors(path)][:2] == ["distractor:0", "s:1"]
    assert len(datasets.read_distractors(path, 1)) == 1
