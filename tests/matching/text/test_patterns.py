from matching.text.patterns import MarkedText, compile_lexicon

TABLE = compile_lexicon(
    [("nghỉ học|nghỉ hè", "nghỉ", True), ("tăng(?! cường)", "tăng", False), ("nghỉ", "?", False)]
)


def test_lexicon_matches_all_rows_in_one_pass_and_the_first_row_wins():
    matches = TABLE.find(MarkedText("tăng học phí , nghỉ học , tăng cường , nghỉ", False))
    assert [value for _, value in matches] == ["tăng", "nghỉ", "?"]


def test_lexicon_tries_only_unambiguous_rows_on_plain_text():
    matches = TABLE.find(MarkedText("tang hoc phi nghi he", True))
    assert [(match.group(), value) for match, value in matches] == [("nghi he", "nghỉ")]


def test_lexicon_extract_leaves_a_gap():
    _, remaining = TABLE.extract(MarkedText("cho nghỉ hè sớm", False))
    assert remaining.text.split() == ["cho", "¦", "sớm"]
