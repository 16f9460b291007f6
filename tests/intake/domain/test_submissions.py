import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from intake.domain import contacts, submissions
from intake.domain.submissions import (
    Submission,
    clean_submission,
    is_form_key,
    new_form_key,
    problems,
)
from intake.exceptions import ValidationError
from tests.intake import sample_images


def fields_with_problems(submission: Submission, count: int = 0) -> set[str]:
    return set(problems(clean_submission(submission), count))


@pytest.mark.parametrize(
    ("submission", "count"),
    [
        (Submission(text="Mai nghỉ học à?"), 0),
        (Submission(url="https://example.com/a"), 0),
        (Submission(url="facebook.com/a"), 0),
        (Submission(), 1),
        (Submission(text="x" * 5000), 4),
        (
            Submission(
                text="Mai nghỉ học",
                question="y" * 500,
                contact=contacts.from_email("me@example.com"),
            ),
            0,
        ),
        (
            Submission(
                text="Mai nghỉ học", seen_where="zalo", seen_when="today", form_key="a-_Z" * 8
            ),
            0,
        ),
    ],
)
def test_problems_finds_none_in_what_is_right(submission: Submission, count: int) -> None:
    assert problems(clean_submission(submission), count) == {}


@pytest.mark.parametrize(
    ("submission", "count", "field"),
    [
        (Submission(), 0, "text"),
        (Submission(text=" \n\u200b\0 ", question="Có đúng không?"), 0, "text"),
        (Submission(text="x" * 5001), 0, "text"),
        (Submission(text="x" * 1_000_000), 0, "text"),
        (Submission(text="Mai nghỉ học"), 5, "images"),
        (Submission(url="javascript:alert(1)"), 0, "url"),
        (Submission(text="Mai nghỉ học", url="không phải đường dẫn"), 0, "url"),
        (Submission(text="Mai nghỉ học", url="https://example.com/" + "a" * 2000), 0, "url"),
        (Submission(text="Mai nghỉ học", question="y" * 501), 0, "question"),
        (
            Submission(text="Mai nghỉ học", contact=contacts.from_email("0912 345 678")),
            0,
            "contact_email",
        ),
        (
            Submission(text="Mai nghỉ học", contact=contacts.from_email("a@b.vn\nBcc: c@d.vn")),
            0,
            "contact_email",
        ),
        (
            Submission(
                text="Mai nghỉ học", contact=contacts.from_email("a" * 250 + "@example.com")
            ),
            0,
            "contact_email",
        ),
        (Submission(text="Mai nghỉ học", seen_where="telegram"), 0, "seen_where"),
        (Submission(text="Mai nghỉ học", seen_when="never"), 0, "seen_when"),
        (Submission(text="Mai nghỉ học", form_key="1"), 0, "form_key"),
    ],
)
def test_problems_names_the_field(submission: Submission, count: int, field: str) -> None:
    assert fields_with_problems(submission, count) == {field}


def test_problem_of_an_empty_form_says_what_is_enough() -> None:
    with translation.override("en"):
        sentence = problems(Submission(), 0)["text"][0]
    assert "link" in sentence
    assert "picture" in sentence


def test_problem_of_a_long_text_says_how_much_is_over() -> None:
    assert "12" in problems(Submission(text="x" * 5012), 0)["text"][0]


@given(st.text(max_size=300), st.text(max_size=100))
def test_cleaned_text_can_be_stored_and_cleaning_again_changes_nothing(
    text: str, line: str
) -> None:
    once = clean_submission(
        Submission(text=text, url=line, question=line, contact=contacts.from_email(line))
    )
    assert clean_submission(once) == once
    address = once.contact.address if once.contact else ""
    for value in (once.text, once.url, once.question, address):
        value.encode()  # no lone surrogate
        assert "\0" not in value
    assert "\n" not in once.question


def test_cleaned_text_is_nfc() -> None:
    assert clean_submission(Submission(text="nghi\u0309 ho\u0323c")).text == "nghỉ học"


def test_new_form_key_has_128_bits_and_is_one() -> None:
    assert len(new_form_key()) == 32
    assert is_form_key(new_form_key())
    assert new_form_key() != new_form_key()


@pytest.mark.parametrize(
    "text", ["", "1", "a" * 31, "a" * 65, "a" * 31 + "\n", "ă" * 32, "a b" * 12]
)
def test_is_form_key_refuses_what_could_be_guessed_or_is_odd(text: str) -> None:
    assert not is_form_key(text)


def test_prepared_screenshots_names_every_refused_file_and_keeps_each_good_one_once() -> None:
    data = sample_images.encoded("PNG")
    good, again = sample_images.upload(data), sample_images.upload(data, "again.png")
    both = Submission(form_key=new_form_key(), images=[good, again])
    assert len(submissions.prepared_screenshots(both)) == 1
    bad = Submission(
        form_key=new_form_key(),
        images=[sample_images.upload(b"x", "a.png"), good, sample_images.upload(b"", "b.png")],
    )
    with pytest.raises(ValidationError) as caught:
        submissions.prepared_screenshots(bad)
    assert len(caught.value.errors["images"]) == 2
    assert "a.png" in str(caught.value)
    assert "b.png" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["?", "🙂", "ok", "ok ạ", "http://", "chào ad", "có thật không ạ?", "alo alo", "bão",
             "....", "Cả nhà ơi cho em hỏi tin này đúng hay sai với ạ"]
)  # fmt: skip
def test_text_that_carries_no_claim_is_asked_back(text: str) -> None:
    assert "quá ngắn" in problems(Submission(text=text), 0)["text"][0]
    assert not problems(Submission(text=text), 1)
    assert not problems(Submission(text=text, url="https://example.com/a"), 0)


@pytest.mark.parametrize("text", ["mai nghỉ học?", "cv 1482", "cháy trường", "xem vnexpress.net/a"])
def test_short_text_that_carries_a_claim_is_taken(text: str) -> None:
    assert not problems(Submission(text=text), 0)
