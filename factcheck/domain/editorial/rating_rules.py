"""Rules of single ratings: which tags one refuses, how its words begin, what else is confirmed."""

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from factcheck import merge_tree, ratings
from factcheck.act_first import begins_with_act, reads_as_yes
from factcheck.checklist import CHECKLIST, SCOPES
from factcheck.exceptions import ValidationError
from factcheck.labels import SCAM_REASONS
from factcheck.models import Case, Verdict
from intake.domain.reply_keys import ReplyKey
from intake.models import Reply


def check_tags(verdict: Verdict) -> None:
    """Raise where the rating reassures and a tag says that the message is a scam."""
    if refused := ratings.refused_tags(verdict.rating, verdict.tags):
        raise ValidationError(
            _("“%(verdict)s” cannot stand with the tag “%(tag)s”: whoever asks holds that message.")
            % {"verdict": verdict.get_rating_display(), "tag": refused[0].label}
        )


def unfit_after_warning(verdict: Verdict) -> list[str]:
    """A sentence where the rating reassures and the case reads as a scam, or the sender of one of
    its reports was told that theirs does; [] otherwise."""
    definition = verdict.rating_definition
    if definition is None or not definition.refused_tags or not _was_warned(verdict.case):
        return []
    return [
        _(
            "“%(verdict)s” cannot answer this case: it reads as a scam, or senders were told that "
            "it does. Choose another verdict, and write what to do."
        )
        % {"verdict": verdict.get_rating_display()}
    ]


def _was_warned(case: Case) -> bool:
    if SCAM_REASONS & {case.urgency_reason, case.risen_reason}:
        return True
    warned = Q(key__startswith="family:") | Q(key=ReplyKey.for_advice("scam"))
    return Reply.objects.filter(warned, report__in=merge_tree.confirmed_reports(case)).exists()


def unfit_words(verdict: Verdict) -> list[str]:
    """What a warning does not say, says in the wrong order, or in words that read as a yes."""
    definition = verdict.rating_definition
    if definition is None or definition.act_first is None:
        return []
    sentences = []
    if not verdict.what_to_do.strip():
        sentences.append(_("Write what to do, one step a line: the notice begins with it."))
    if verdict.headline and not begins_with_act(verdict.headline):
        sentences.append(_("Begin the headline with what to do, such as “Do not send money”."))
    texts = (verdict.headline, verdict.explanation, verdict.what_is_true, verdict.what_to_do)
    if any(reads_as_yes(text) for text in texts):
        sentences.append(_("Leave out “is true”: a hurried reader takes it for a yes."))
    return sentences


def checklist_for(verdict: Verdict) -> dict[str, Promise]:
    """The questions the author answers, by code: those of every verdict and of its rating."""
    definition = verdict.rating_definition
    scope = definition.scope if definition else ""
    return {**CHECKLIST, **({scope: SCOPES[scope]} if scope else {})}
