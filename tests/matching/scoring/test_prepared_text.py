import json

from matching.scoring.prepared_text import PreparedText, prepare_text

RUMOUR = "Ngày mai 12/9 toàn bộ học sinh THCS Hoa Mai nghỉ học tránh bão, mỗi em nộp 200k"


def test_prepared_text_json_round_trip():
    made = prepare_text(RUMOUR, "https://example.com/tin/1")
    kept = json.loads(json.dumps(made.to_json()))
    assert PreparedText.from_json(kept, made.fingerprint) == made
