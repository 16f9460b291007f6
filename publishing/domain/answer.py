"""The answer to whoever asks about a text: what of it has been checked, in words for everybody.

The form (by ``settings.INTAKE_SUGGESTIONS``), the notice search and the API ask one function, so
that none says "not found" where another answers. Short of the same claim it speaks of the claim
that was checked, never of the message that was sent.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.domain.duplicates import family_answers
from factcheck.domain.duplicates.published_matches import PublishedMatch, published_matches
from factcheck.domain.duplicates.unpublished_matches import unpublished_match
from factcheck.domain.validity import Validity, checked_on, validity
from factcheck.models import NoticeVersion
from matching.details.grave_subjects import grave_subjects, names_a_unit
from matching.details.slot_extraction import extract_slots
from publishing.domain import detail_values, notice_content


@dataclass(frozen=True)
class CheckedClaim:
    """A checked claim next to a text.

    ``is_same``: the text makes this claim. ``verdict`` and ``headline`` are empty where they would
    be read as an all-clear, or answer no longer. ``conflicts``: sentences with both values.
    """

    claim: str
    url: str
    checked_on: date
    is_same: bool
    headline: str = ""
    verdict: str = ""
    verdict_label: str = ""
    status: str = ""
    conflicts: tuple[str, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether it answers the text by itself: the same claim, with a verdict that holds."""
        return self.is_same and bool(self.verdict)


@dataclass(frozen=True)
class Answer:
    """What is shown to somebody who asks. Empty: we have not found an answer.

    ``advice``: those of the notes that say what to do at once, headline first.
    """

    claims: tuple[CheckedClaim, ...] = ()
    notes: tuple[str, ...] = field(default=())
    advice: tuple[str, ...] = ()


def _status(state: Validity, version: NoticeVersion, *, is_same: bool) -> str:
    day = checked_on(version).strftime("%d/%m/%Y")
    if state is Validity.RETRACTED:
        return _("We have withdrawn our answer about this claim; the page says why.")
    if state is Validity.SUSPENDED:
        return _("It is being checked again since today.")
    if state is not Validity.CURRENT:
        return _("Like a message checked on %(day)s; this time nobody has checked it yet.") % {
            "day": day
        }
    return "" if is_same else _("Checked on %(day)s.") % {"day": day}


def _may_reassure(match: PublishedMatch, text: str) -> bool:
    """Whether a verdict may stand beside a text that is not certainly the claim: never where
    illness, violence, an accident or closing at a named unit is meant."""
    claim = match.version.claim
    if not (grave_subjects(claim) | grave_subjects(text)):
        return True
    return not (names_a_unit(extract_slots(claim)) or names_a_unit(extract_slots(text)))


def _checked_claim(match: PublishedMatch, text: str, today: date) -> CheckedClaim:
    version = match.version
    state = validity(version, extract_slots(text, today).dates, today)
    holds = state is Validity.CURRENT and (match.is_same or _may_reassure(match, text))
    return CheckedClaim(
        claim=version.claim,
        url=version.notice.get_absolute_url(),
        checked_on=checked_on(version),
        is_same=match.is_same,
        headline=notice_content.headline(version) if holds else "",
        verdict=version.rating if holds else "",
        verdict_label=str(version.get_rating_display()) if holds else "",
        status=_status(state, version, is_same=match.is_same),
        conflicts=tuple(
            detail_values.conflict_sentences(match.ranked.differences, text, version.claim)
        ),
    )


def answer(text: str, url: str = "") -> Answer:
    """Return what has been checked of a text or link, the most likely claim first."""
    today = timezone.localdate()
    matches = published_matches(text, url)
    claims = tuple(_checked_claim(match, text, today) for match in matches)
    notes = () if any(match.is_same for match in matches) else _notes(text, url, today)
    advice = family_answers.notes_for(text) if text else ()
    return Answer(claims, (*advice, *notes), advice)


def _notes(text: str, url: str, today: date) -> tuple[str, ...]:
    """What may be said of the very claim where nothing about it is public."""
    match = unpublished_match(text, url)
    if match is None:
        return ()
    if not match.claim:
        return (
            _("This message has been answered privately. Send it, and you get the answer, too."),
        )
    day = _("today") if match.since == today else match.since.strftime("%d/%m/%Y")
    values = {"claim": match.claim, "day": day}
    return (_("Being checked since %(day)s: “%(claim)s”") % values,)
