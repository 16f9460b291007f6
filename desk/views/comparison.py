"""Two cases side by side: why the machine joined them or not, what people decided, and deciding."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import User
from desk.decorators import (
    allowed,
    case_action,
    current_user,
    desk,
    desk_page,
    form_problems,
    visible_case,
)
from desk.forms.triage import CompareForm, PairForm
from desk.presenters import details, match_pairs
from desk.views import duplicates
from factcheck import merge_tree, permissions
from factcheck.domain.duplicates import comparison, merging
from factcheck.domain.duplicates.comparison import ComparedText, Comparison, PairEvent
from factcheck.enums import PairKind
from factcheck.labels import FEATURE_LABELS
from factcheck.models import Case
from factcheck.states import Verb
from matching.details.slot_extraction import extract_slots
from matching.scoring.policy import Action
from matching.scoring.word_diff import Piece, diff_words, shared_ratio

HEADLINES = {
    Action.LINK: gettext_lazy("One claim: the machine joins these by itself"),
    Action.SUGGEST: gettext_lazy("Perhaps one claim: the machine suggests it to a person"),
    Action.NEW: gettext_lazy("Two claims for the machine: it does not suggest them"),
}
MACHINE = gettext_lazy("Suggested by the machine")
EVENTS = {
    "confirmed": gettext_lazy("The same claim"),
    "rejected": gettext_lazy("Not a duplicate"),
    "merged": gettext_lazy("The same claim: merged"),
    "different": gettext_lazy("Not a duplicate"),
    "related": gettext_lazy("Related, not the same"),
    "split": gettext_lazy("A report split off: not the same claim"),
}


@dataclass(frozen=True)
class Bar:
    """One measure of likeness; ``percent`` 0..100."""

    label: str
    percent: int


@dataclass(frozen=True)
class Side:
    """One of the two texts, in pieces; the words the other has not are marked."""

    case: Case
    said: ComparedText
    pieces: tuple[Piece, ...]
    link: str  # to its page; empty when the user sees only its notice


@dataclass(frozen=True)
class HistoryLine:
    event: PairEvent
    text: str

    @property
    def percent(self) -> int | None:
        """How alike the machine found them then."""
        return None if self.event.score is None else round(100 * self.event.score)


def bars(compared: Comparison, shared: float) -> list[Bar]:
    """The engine's measures of the pair, and how many words both have."""
    ranked = compared.ranked
    found = {"words": shared, "probability": ranked.probability, **ranked.features}
    if compared.left.url and compared.right.url:
        found["same_url"] = float(ranked.same_url)
    return [
        # Rounded down: only the same text is alike, or one claim, by a hundred per cent.
        Bar(str(label), int(100 * min(max(found[name], 0.0), 1.0)))
        for name, label in FEATURE_LABELS.items()
        if name in found
    ]


def _lines(case: Case, other: Case) -> list[HistoryLine]:
    return [
        HistoryLine(event, str(MACHINE if event.by is None else EVENTS.get(event.kind, event.kind)))
        for event in comparison.history(case, other)
    ]


def _direction(case: Case, other: Case, user: User) -> tuple[Case, Case] | None:
    """Which of the two would be merged into which: the younger into the older, unless only the
    other way is possible."""
    young, old = sorted((case, other), key=lambda row: -row.number)
    for source, into in ((young, old), (old, young)):
        if allowed(permissions.check_can, Verb.MERGE, source, user):
            return source, into
    return None


def _text(case: Case, other: Case, user: User) -> dict[str, Any]:
    """Both texts with their differences, and what the machine makes of them."""
    compared = comparison.compare(case, other, user)
    if compared is None:
        return {}
    left, right = compared.left, compared.right
    today = timezone.localdate()
    pieces = diff_words(left.text, right.text)
    ours, theirs = (extract_slots(side.text, side.seen_on or today) for side in (left, right))
    seen = permissions.visible_cases(user)
    links = {row.pk: row for row in seen.filter(pk__in=[case.pk, other.pk])}
    sides = [
        Side(row, said, part, row.code if row.pk in links else "")
        for row, said, part in zip((case, other), (left, right), pieces, strict=True)
    ]
    return {
        "compared": compared,
        "headline": HEADLINES[compared.action],
        "sides": sides,
        "rows": details.detail_rows(compared.ranked, ours, theirs),
        "bars": bars(compared, max(shared_ratio(pieces[0]), shared_ratio(pieces[1]))),
    }


def _other(number: int, user: User) -> Case:
    other = match_pairs.merge_target(number, user)
    if other is None:
        raise Http404
    return other


@desk_page
def compare(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Why two cases were or were not joined."""
    user = current_user(request)
    case, beside = visible_case(user, number), _other(other, user)
    one = merge_tree.canonical(case).pk == merge_tree.canonical(beside).pk
    may_pair = allowed(permissions.check_can_decide_pair, case, user)
    context = {
        "nav": "queue",
        "case": case,
        "other": beside,
        "one": one,
        "standing": [] if one else comparison.blockers(case, beside),
        "lines": _lines(case, beside),
        "may_pair": may_pair and not one,
        "direction": None if one else _direction(case, beside, user),
        "form": PairForm(),
        **_text(case, beside, user),
    }
    return render(request, "desk/compare.html", context)


@require_safe
@desk
def pick(request: HttpRequest, number: int) -> HttpResponse:
    """Lead from a case and the code of another to the page of both."""
    case, form = visible_case(request.user, number), CompareForm(request.GET)
    if not form.is_valid():
        form_problems(request, form)
        return redirect("desk:case", number=case.number)
    found = match_pairs.merge_target(form.cleaned_data["voi"], current_user(request))
    if found is None or found.pk == case.pk:
        messages.error(request, _("There is no other case with this number that you may see."))
        return redirect("desk:case", number=case.number)
    return redirect("desk:compare", number=case.number, other=found.number)


@case_action
def decide(request: HttpRequest, case: Case, other: int) -> HttpResponse:
    """The same, different or related, for any two cases; nothing of it is final."""
    by, found, form = (
        current_user(request),
        _other(other, current_user(request)),
        PairForm(request.POST),
    )
    back = redirect("desk:compare", number=case.number, other=found.number)
    if not form.is_valid():
        form_problems(request, form)
        return back
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    if decision == "merge":
        source, into = _direction(case, found, by) or (case, found)
        merging.merge(source, into, reason=reason, by=by)
        return duplicates.merged_page(request, source, into)
    act = merging.mark_related if PairKind(decision) == PairKind.RELATED else merging.mark_different
    act(case, found, reason=reason, by=by)
    duplicates.report_distinct(request, decision)
    return back
