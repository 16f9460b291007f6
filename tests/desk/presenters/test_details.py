import pytest
from django.utils import translation

from desk.presenters import details
from factcheck.domain.duplicates import suggested_pairs
from factcheck.models import Case, Match
from tests.factories import RUMOUR, Cast, case_of, submit_report

OTHER_DAYS = RUMOUR.replace("23/11", "19/11").replace("28/11", "20/11")


@pytest.mark.parametrize(
    ("slot", "raw", "expected"),
    [
        ("money", "50000000", "50.000.000 đ"),
        ("dates", "2026-11-23/2026-11-28", "23/11/2026 – 28/11/2026"),
        ("dates", "--11-23", "23/11"),
        ("dates", "2026-11", "month 11/2026"),
        ("dates", "--11", "month 11"),
        ("dates", "ngày mai", "ngày mai"),
        ("dates", "2026", "2026"),
        ("documents", "1482/BCH-VP", "1482/BCH-VP"),
        ("documents", "12/QD-UBND", "12/QĐ-UBND"),
        ("places", "Hà Nội", "Hà Nội"),
    ],
)
def test_value_reads_like_a_person_writes(slot, raw, expected):
    with translation.override("en"):
        assert details.value(slot, raw) == expected


def test_facts_are_extracted_from_the_claim(cast: Cast):
    case = case_of(submit_report(RUMOUR, cast.school))
    values = [fact.value for fact in details.facts(case)]
    assert "1482/BCH-VP" in values
    assert "23/11/2031 – 28/11/2031" in values


def test_purged_claim_has_no_facts(cast: Cast):
    assert details.facts(Case(claim="", opened_at=case_of(submit_report()).opened_at)) == []


@pytest.mark.parametrize("seen_from", ["new", "old"])
def test_compare_marks_what_differs_with_this_case_on_the_left(cast: Cast, seen_from):
    old = case_of(submit_report(RUMOUR, cast.school))
    new = case_of(submit_report(OTHER_DAYS, cast.school))
    case, first = (new, "19/11/2031") if seen_from == "new" else (old, "23/11/2031")
    (suggested,) = suggested_pairs.suggestions_for(case, cast.checker)
    comparison = details.compare(case, suggested, cast.checker)
    row, *words = [row for row in comparison.rows if row.differs]
    assert row.left.startswith(first)
    assert row.left != row.right
    assert words
    assert all(first[:5] in word.left or first[:2] in word.left for word in words[:1])
    same = [row for row in comparison.rows if not row.differs]
    assert any(row.left == row.right == "1482/BCH-VP" for row in same)
    assert comparison.differs == ["mốc ngày", "chữ khác nhau"]
    assert comparison.identifier
    assert comparison.in_common


def test_compare_shows_what_the_texts_say_now_not_what_was_stored(cast: Cast):
    case_of(submit_report(RUMOUR, cast.school))
    new = case_of(submit_report(OTHER_DAYS, cast.school))
    Match.objects.filter(state="suggested").update(
        explanation={"differs": [{"slot": "money", "left": ["1"], "right": ["2"]}]}
    )
    (suggested,) = suggested_pairs.suggestions_for(new, cast.checker)
    comparison = details.compare(new, suggested, cast.checker)
    assert "mốc ngày" in comparison.differs
    assert "số tiền" not in comparison.differs


def test_compare_shows_each_side_its_own_value(cast: Cast):
    text = "Trường Hoa Mai thu {} tiền quạt của học sinh lớp 6"
    case_of(submit_report(text.format("200k và 50k"), cast.school))
    new = case_of(submit_report(text.format("200.000đ"), cast.school))
    (suggested,) = suggested_pairs.suggestions_for(new, cast.checker)
    (row,) = [row for row in details.compare(new, suggested, cast.checker).rows if row.differs][:1]
    assert (row.left, row.right) == ("200.000 đ", "200.000 đ, 50.000 đ")
