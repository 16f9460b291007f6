import pytest
from django.utils import translation

from factcheck.enums import Outcome
from factcheck.outcomes import CLOSING_OUTCOMES, CLOSING_REPLIES, PURGED_OUTCOMES, ClosingReply


def test_every_outcome_but_answered_has_a_reply_and_what_a_person_chose_is_purged() -> None:
    assert set(CLOSING_REPLIES) == set(Outcome) - {Outcome.ANSWERED}
    assert set(CLOSING_REPLIES) - {Outcome.UNDECIDABLE} == PURGED_OUTCOMES == set(CLOSING_OUTCOMES)


@pytest.mark.parametrize("reply", CLOSING_REPLIES.values(), ids=list(CLOSING_REPLIES))
def test_every_text_of_a_reply_is_translated(reply: ClosingReply) -> None:
    for text in (reply.title, reply.body, reply.advice):
        with translation.override("en"):
            english = str(text)
        with translation.override("vi"):
            assert str(text) != english
