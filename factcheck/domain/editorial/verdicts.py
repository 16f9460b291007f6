"""Verdicts: drafted by one person, and complete before a second person reviews them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.exceptions import NotAllowed
from accounts.models import Unit, User
from accounts.permissions import Permission
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import (
    authority,
    concerned_units,
    independence,
    own_letter,
    permissions,
    ratings,
    workflow,
)
from factcheck.checklist import CHECKLIST, SCOPES
from factcheck.domain import concerns, notifications
from factcheck.domain.cases import handovers, urgent_lane
from factcheck.domain.editorial import proof, rating_rules
from factcheck.enums import Rating, Reach, Tag, VerdictKind, VerdictState
from factcheck.exceptions import EvidenceMissing, ValidationError, WrongState
from factcheck.models import Case, Notice, Verdict
from factcheck.states import Verb
from matching.text.normalisation import clean

_TEXTS = {
    "claim": 500, "headline": 160, "explanation": 3000, "what_is_true": 3000, "what_to_do": 2000,
    "why_checked": 300, "change_reason": 500,
}  # fmt: skip
_ONE_LINE = {"claim", "headline", "why_checked"}
_CHOICES: dict[str, Iterable[str]] = {"rating": Rating.values, "reach": Reach.values}
_LISTS: dict[str, Iterable[str]] = {"tags": Tag.values, "checklist": [*CHECKLIST, *SCOPES]}
EDITABLE = (*_TEXTS, *_CHOICES, *_LISTS, "review_by", "language")


def _clean_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as they may be stored; a draft may be incomplete but never invalid."""
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not fields of a draft: {sorted(unknown)}")
    cleaned = dict(fields)
    for name in _TEXTS.keys() & cleaned.keys():
        text = clean(cleaned[name] or "").strip()
        cleaned[name] = " ".join(text.split()) if name in _ONE_LINE else text
        if len(cleaned[name]) > _TEXTS[name]:
            raise ValidationError(_("One of the texts is too long: please shorten it."))
    for name in _CHOICES.keys() & cleaned.keys():
        if cleaned[name] and cleaned[name] not in _CHOICES[name]:
            raise ValidationError(_("Choose one of the answers shown."))
    for name in _LISTS.keys() & cleaned.keys():
        cleaned[name] = [str(code) for code in dict.fromkeys(cleaned[name] or ())]
        if set(cleaned[name]) - set(_LISTS[name]):
            raise ValidationError(_("Choose one of the answers shown."))
    return cleaned


def _acting_unit(case: Case, by: User) -> Unit:
    unit = roles.acting_unit(by, Permission.CHECK, case.unit)
    if unit is None:
        raise NotAllowed(_("Your role in this unit does not allow this."))
    return unit


def starting_point(case: Case, *, has_notice: bool) -> Verdict:
    """What a new draft of the case begins with, unsaved and without an author: a copy of the last
    attempt since the last publication, or else the case's claim alone."""
    earlier = case.verdicts.filter(published__isnull=True).order_by("-pk").first()
    verdict = Verdict(case=case, claim=case.claim if case.claim_written else "")
    if has_notice:
        verdict.kind = VerdictKind.CORRECTION
    if earlier is not None and (earlier.kind != VerdictKind.FIRST) == has_notice:
        for name in (*EDITABLE, "kind"):
            setattr(verdict, name, getattr(earlier, name))
        verdict.checklist = []  # to be ticked again: something was wrong
    return verdict


def _new_draft(case: Case, by: User) -> Verdict:
    verdict = starting_point(case, has_notice=Notice.objects.filter(case=case).exists())
    verdict.written_by, verdict.author_unit = by, _acting_unit(case, by)
    return verdict


def _own_draft(case: Case, by: User) -> Verdict:
    current = case.verdicts.filter(state=VerdictState.DRAFT).first()
    if current is None:
        return _new_draft(case, by)
    if current.written_by_id == by.pk:
        return current
    if case.assignee_id != by.pk:
        raise WrongState(
            _("%(handle)s is writing this verdict. Have the case assigned to you to take over.")
            % {"handle": current.written_by.handle}
        )
    current.state = VerdictState.WITHDRAWN
    current.save(update_fields=["state"])
    return _new_draft(case, by)


@transaction.atomic
def draft(case: Case, *, by: User, **fields: Any) -> Verdict:
    """Create or change the user's own draft; fields left out keep their values.

    After a return or a withdrawal it begins as a copy of that attempt. Only the assignee may take
    over a colleague's draft, and becomes its author.
    """
    values = _clean_fields(fields)
    permissions.check_can_check(workflow.lock(case), by)
    verdict = _own_draft(case, by)
    for name, value in values.items():
        setattr(verdict, name, value)
    rating_rules.check_tags(verdict)
    verdict.written_at = timezone.now()
    if verdict.pk:
        verdict.save(update_fields=[*values, "written_at"])
    else:
        verdict.save(force_insert=True)
    unit = verdict.author_unit
    log.record(
        AuditEvent.VERDICT_DRAFTED, verdict, by=by, unit=unit, case=case.pk, fields=sorted(values)
    )
    if ratings.warns(verdict.rating, verdict.tags):
        urgent_lane.move_to(case, by=by, unit=unit)
    return verdict


def _missing_texts(verdict: Verdict) -> list[str]:
    required = {
        "claim": _("Write the claim as the notice will quote it."),
        "headline": _("Write a headline that says what is true."),
        "explanation": _("Write why the verdict is what it is."),
    }
    if (rating := verdict.rating_definition) is None or rating.needs_truth:
        required["what_is_true"] = _("Write what is true.")
    if verdict.kind != VerdictKind.FIRST:
        required["change_reason"] = _("Write what changed and why.")
    return [sentence for name, sentence in required.items() if not getattr(verdict, name)]


def unfit_reach(verdict: Verdict) -> list[str]:
    """A sentence where it is open whom the verdict answers, or where it may not be private."""
    if not verdict.reach:
        return [_("Answer whether publishing would spread the rumour further.")]
    if verdict.reach == Reach.PUBLISH:
        return []
    if verdict.kind != VerdictKind.FIRST:
        return [_("This case has a public notice, so its correction is public too.")]
    if concerned_units.is_about_units_of(verdict.case, verdict.written_by):
        return [_("The claim is about your unit: its answer is published, not given privately.")]
    return []


def missing(verdict: Verdict) -> list[str]:
    """Return a sentence for each thing missing before a review; [] for a complete verdict."""
    if not verdict.rating:
        return [_("Choose the verdict.")]
    sentences = [] if verdict.rating_definition else [_("Choose the verdict.")]
    rules = (rating_rules.unfit_after_warning, rating_rules.unfit_words, proof.missing)
    for find in (_missing_texts, *rules):
        sentences += find(verdict)
    if verdict.review_by is None or verdict.review_by <= timezone.localdate():
        sentences.append(_("Choose a later day on which this is looked at again."))
    sentences += unfit_reach(verdict)
    questions = rating_rules.checklist_for(verdict)
    unanswered = [text for code, text in questions.items() if code not in verdict.checklist]
    sentences += [_("Checklist: %(point)s.") % {"point": text} for text in unanswered]
    return sentences


def is_about_own_unit(verdict: Verdict) -> bool:
    """Whether the claim concerns the unit its author acts for: a constraint then refuses that unit
    as the reviewer's. Not where that unit may say how a copy differs from its own letter."""
    about = concerned_units.counting_ids(verdict.case) - own_letter.of_case(verdict.case).keys()
    return verdict.author_unit_id in about


def lock_and_reload(verdict: Verdict) -> Verdict:
    """Lock the verdict's case and its own row (in this order) and read both again."""
    case = workflow.lock(verdict.case)
    verdict.refresh_from_db(from_queryset=Verdict.objects.select_for_update(no_key=True))
    verdict.case = case
    return verdict


@transaction.atomic
def submit_for_review(verdict: Verdict, *, by: User) -> Verdict:
    """Submit exactly this content to a second person.

    Raises EvidenceMissing (with the sentences of ``missing``) while the verdict is incomplete,
    NobodyToDecide where no second person can be reached.
    """
    lock_and_reload(verdict)
    permissions.check_can(Verb.SUBMIT, verdict.case, by)
    if verdict.state != VerdictState.DRAFT or verdict.written_by_id != by.pk:
        raise WrongState(_("Only the draft that is being written can be submitted."))
    if sentences := missing(verdict):
        raise EvidenceMissing(sentences)
    independence.check_somebody(verdict.case, took_part={by.pk})
    questions = independence.Independence([verdict.case]).questions(verdict.case)
    concerns.ask_second_person(verdict.case, questions, by=by, unit=verdict.author_unit)
    verdict.about_own_unit = is_about_own_unit(verdict)
    verdict.state, verdict.submitted_at = VerdictState.IN_REVIEW, timezone.now()
    verdict.save(update_fields=["about_own_unit", "state", "submitted_at"])
    authority.propose_verdict(verdict)
    data = {
        "verdict": verdict.pk,
        "rating": verdict.rating,
        "about_own_unit": verdict.about_own_unit,
    }
    workflow.transition(verdict.case, Verb.SUBMIT, by=by, unit=verdict.author_unit, data=data)
    notifications.enqueue_notifications(verdict.case)
    return verdict


@transaction.atomic
def withdraw(verdict: Verdict, *, by: User) -> Verdict:
    """Withdraw a draft or a verdict in review (its author), or an approved one (also an approver).
    The row stays as withdrawn; the next draft begins as its copy and needs its own review."""
    lock_and_reload(verdict)
    verbs = {VerdictState.IN_REVIEW: Verb.WITHDRAW, VerdictState.APPROVED: Verb.REVOKE}
    state = VerdictState(verdict.state)
    if state == VerdictState.DRAFT:
        permissions.check_can_check(verdict.case, by)
        if verdict.written_by_id != by.pk:
            raise NotAllowed(_("Only the person who wrote the verdict may do this."))
    elif state in verbs:
        permissions.check_can(verbs[state], verdict.case, by)
    else:
        raise WrongState(_("This verdict can no longer be withdrawn."))
    verdict.state = VerdictState.WITHDRAWN
    verdict.save(update_fields=["state"])
    if state == VerdictState.IN_REVIEW:
        concerns.end_questions(verdict.case, by=by, unit=verdict.author_unit)
    authority.end_verdict(verdict, by=by)
    if state in verbs:
        case, data = verdict.case, {"verdict": verdict.pk}
        workflow.transition(case, verbs[state], by=by, unit=case.unit, data=data)
        handovers.release_former_assignee(case)
    else:
        log.record(AuditEvent.VERDICT_WITHDRAWN, verdict, by=by, unit=verdict.author_unit)
    return verdict
