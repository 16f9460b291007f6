"""The real program on drawn screenshots; how it is limited is tried with a stand-in."""

import os
import stat
import time
from pathlib import Path

import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from intake.domain import tesseract
from tests.intake import sample_images

HEADER = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Installs a script in the program's place."""

    def install(script: str) -> Path:
        program = tmp_path / tesseract.PROGRAM
        program.write_text("#!/bin/sh\n" + script)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
        tesseract.languages.cache_clear()
        return program

    languages = tesseract.languages
    yield install
    languages.cache_clear()


@pytest.mark.parametrize("dark", [False, True])
def test_words_of_a_drawn_chat_are_read(ocr, dark):
    words = tesseract.read(sample_images.chat(dark=dark).convert("L"))
    assert words.replace("\n", " ") == sample_images.CHAT


@pytest.mark.parametrize(
    ("turn", "degrees"),
    [
        (None, 0),
        (Image.Transpose.ROTATE_90, 90),
        (Image.Transpose.ROTATE_180, 180),
        (Image.Transpose.ROTATE_270, 270),
    ],
)
def test_turn_is_found_for_a_letter_photographed_sideways(ocr, turn, degrees):
    letter = sample_images.chat(f"{sample_images.CHAT}. {sample_images.CHAT}").convert("L")
    assert tesseract.turn(letter.transpose(turn) if turn is not None else letter) == degrees


def test_photograph_without_words_is_not_turned(ocr):
    assert tesseract.turn(Image.linear_gradient("L").resize((600, 400))) == 0


def test_small_letters_are_read_with_few_mistakes(ocr):
    words = tesseract.read(sample_images.chat(size=16, width=480).convert("L"))
    assert Levenshtein.normalized_similarity(words, sample_images.CHAT) > 0.97


def test_a_photograph_has_no_words(ocr):
    assert tesseract.read(Image.effect_noise((600, 400), 80)) == ""


def test_vietnamese_is_asked_for(ocr):
    assert tesseract.languages().startswith("vie")


def test_without_the_program_there_is_no_language(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    tesseract.languages.cache_clear()
    assert tesseract.languages() == ""
    tesseract.languages.cache_clear()


@pytest.mark.parametrize(
    ("listed", "languages"),
    [("eng\\nosd", ""), ("eng\\nvie", "vie+eng"), ("vie", "vie")],
)
def test_a_program_without_vietnamese_does_not_count(stand_in, listed, languages):
    stand_in(f"printf 'List of languages\\n{listed}\\n'")
    assert tesseract.languages() == languages


def test_a_program_that_cannot_list_its_languages_does_not_count(stand_in):
    stand_in("exit 1")
    assert tesseract.languages() == ""


def test_a_slow_program_is_killed(stand_in, monkeypatch, tmp_path):
    stand_in(f"echo $$ > {tmp_path}/pid; exec sleep 60")
    monkeypatch.setattr(tesseract, "TIMEOUT_SECONDS", 0.5)
    monkeypatch.setattr(tesseract, "languages", lambda: "vie")
    started = time.monotonic()
    with pytest.raises(tesseract.Unreadable, match="TimeoutExpired"):
        tesseract.read(Image.new("L", (40, 40)))
    assert time.monotonic() - started < 10
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


@pytest.mark.parametrize("script", ["exit 3", "kill -9 $$"])
def test_a_failing_program_is_an_unreadable_picture(stand_in, script):
    stand_in(f"cat > /dev/null; {script}")
    with pytest.raises(tesseract.Unreadable, match="exit code"):
        tesseract.read(Image.new("L", (40, 40)))


def test_the_program_gets_one_thread_and_no_secret(stand_in, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "canary")
    stand_in(f"cat > /dev/null; env > {tmp_path}/env; ulimit -v > {tmp_path}/memory")
    assert tesseract.read(Image.new("L", (40, 40))) == ""
    given = (tmp_path / "env").read_text()
    assert "OMP_THREAD_LIMIT=1" in given
    assert "canary" not in given
    assert (tmp_path / "memory").read_text().strip() == str(1024 * 1024)  # kilobytes


def test_unsure_words_are_left_out_and_paragraphs_are_lines():
    rows = [
        "5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t91.5\tNghỉ", "5\t1\t1\t1\t2\t1\t0\t0\t9\t9\t90\thọc",
        "5\t1\t1\t1\t2\t2\t0\t0\t9\t9\t12\t|~", "5\t1\t2\t1\t1\t1\t0\t0\t9\t9\t80\t\"mai",
        "4\t1\t2\t1\t1\t0\t0\t0\t9\t9\t-1\t",
    ]  # fmt: skip
    assert tesseract._paragraphs("\n".join([HEADER, *rows])) == 'Nghỉ học\n"mai'
    assert tesseract._paragraphs("") == ""
