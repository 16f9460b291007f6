"""Keys of replies: what one reply is about, once per report (``Reply.key``).

Building, parsing and the SQL expressions are side by side, since a sweep compares stored keys with
keys the database builds from cases and notices. The form of stored keys never changes.
"""

import re
from typing import Self

from django.db.models import CharField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from intake.enums import Stage

_ID = "[1-9][0-9]*"
OBJECTED = "objected:"  # what the sender wrote, not we
_NOTICE = re.compile(f"notice:({_ID}):v({_ID})")
_FORMS = re.compile(
    # "rerated" was written by an upgrade alone: factcheck/migrations/0012_warnings.py
    f"notice:{_ID}:v{_ID}|verdict:{_ID}|closed:{_ID}:[a-z_]+|stage:[a-z_]+|rerated:{_ID}"
    f"|family:{_ID}|advice:[a-z_]+"
    f"|handover:{_ID}:[a-z_]+"
    f"|objected:{_ID}|unjoined:{_ID}|held:{_ID}:v{_ID}|held:verdict:{_ID}"
)


class ReplyKey(str):
    """The key of a reply; a ``str`` equal to what is stored.

    Raises:
        ValueError: the text is not the key of any reply.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        if not _FORMS.fullmatch(text):
            raise ValueError(f"Not the key of a reply: {text!r}")
        return super().__new__(cls, text)

    @classmethod
    def for_notice(cls, notice_id: int, version: int) -> Self:
        """The public answer, by version: a correction is a reply of its own."""
        return cls(f"notice:{notice_id}:v{version}")

    @classmethod
    def for_verdict(cls, verdict_id: int) -> Self:
        """The answer to the reporters alone."""
        return cls(f"verdict:{verdict_id}")

    @classmethod
    def for_closing(cls, case_id: int, outcome: str) -> Self:
        """Why a case was closed without an answer."""
        return cls(f"closed:{case_id}:{outcome}")

    @classmethod
    def for_family(cls, family_id: int) -> Self:
        """The approved answer to a wording of a scam wording."""
        return cls(f"family:{family_id}")

    @classmethod
    def for_advice(cls, rating: str) -> Self:
        """General advice before anybody has checked."""
        return cls(f"advice:{rating}")

    @classmethod
    def for_stage(cls, stage: Stage) -> Self:
        """The work has reached a stage, whatever the case."""
        return cls(f"stage:{stage.value}")

    @classmethod
    def for_nobody(cls) -> Self:
        """Nobody independent has been found yet, whatever the case."""
        return cls("stage:nobody")

    @classmethod
    def for_handover(cls, unit_id: int, stage: Stage) -> Self:
        """Which unit has the report's case now that it moved, at each stage."""
        return cls(f"handover:{unit_id}:{stage.value}")

    @classmethod
    def for_objection(cls, answer_id: int) -> Self:
        """The sender says that this answer is not about their message."""
        return cls(f"{OBJECTED}{answer_id}")

    @classmethod
    def for_wrong_join(cls, case_id: int) -> Self:
        """What the case told its sender was not about their message, after all."""
        return cls(f"unjoined:{case_id}")

    @classmethod
    def for_held(cls, notice_id: int, version: int) -> Self:
        """The notice does not answer by itself at present; people look at it first."""
        return cls(f"held:{notice_id}:v{version}")

    @classmethod
    def for_held_verdict(cls, verdict_id: int) -> Self:
        """The same for an answer to the reporters alone."""
        return cls(f"held:verdict:{verdict_id}")

    def notice_versions(self) -> list[Self]:
        """Keys of this version of a notice and of those before it; empty for another kind."""
        if (match := _NOTICE.fullmatch(self)) is None:
            return []
        notice_id, version = map(int, match.groups())
        return [self.for_notice(notice_id, number) for number in range(1, version + 1)]


def is_automatic(key: str) -> bool:
    """Whether the reply was given before anybody had checked its report."""
    return key.startswith(("family:", "advice:"))


def notice_key_sql(notice_id: str, version: str) -> Concat:
    """``ReplyKey.for_notice`` in SQL, from the paths of two columns."""
    return Concat(Value("notice:"), _text(notice_id), Value(":v"), _text(version))


def verdict_key_sql(verdict_id: str | Combinable) -> Concat:
    """``ReplyKey.for_verdict`` in SQL, from the path of a column or an expression."""
    return Concat(Value("verdict:"), _text(verdict_id))


def closing_key_sql(case_id: str, outcome: str) -> Concat:
    """``ReplyKey.for_closing`` in SQL, from the paths of two columns."""
    return Concat(Value("closed:"), _text(case_id), Value(":"), outcome)


def stage_key_sql(stage: Stage) -> Value:
    """``ReplyKey.for_stage`` in SQL."""
    return Value(ReplyKey.for_stage(stage))


def nobody_key_sql() -> Value:
    """``ReplyKey.for_nobody`` in SQL."""
    return Value(ReplyKey.for_nobody())


def handover_key_sql(unit_id: str, stage: Stage) -> Concat:
    """``ReplyKey.for_handover`` in SQL, from the path of a column."""
    return Concat(Value("handover:"), _text(unit_id), Value(f":{stage.value}"))


def _text(column: str | Combinable) -> Cast:
    return Cast(column, CharField())
