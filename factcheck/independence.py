"""Independence: who can decide on a case, and why the others cannot.

The second person acts for a unit that is neither concerned nor below a concerned one, and has no
role in such a unit; where no unit is concerned, another person of the same unit is enough. Being
below an office bars nobody where the office is only said to have issued or decided something and
its own published word is among the evidence, fetched by us. Used for verdicts, corrections,
retractions and reconsiderations alike; the database repeats the part about units.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain import review_network
from accounts.domain.review_network import ReviewNetwork
from accounts.exceptions import NotAllowed
from accounts.models import Unit, User
from factcheck import concerned_units, decision_texts, own_letter, own_word
from factcheck.decision_texts import Deciders, Refusal
from factcheck.enums import VerdictState
from factcheck.exceptions import NobodyToDecide, SecondPersonRequired, SecondUnitRequired
from factcheck.models import Case, GuestReview, Notice, Verdict
from factcheck.reach import Reach, reach_of

_OPEN_VERDICT = (VerdictState.DRAFT, VerdictState.IN_REVIEW, VerdictState.APPROVED)


class Independence:
    """The answers for some cases, from one reading of the network."""

    def __init__(self, cases: Iterable[Case], *, authenticity: bool = True) -> None:
        """``authenticity``: for a verdict, where two people of a unit may say how a copy differs
        from its own letter (``factcheck.own_letter``); never for anything else."""
        self._cases = list(cases)
        ids = [case.pk for case in self._cases]
        counting = concerned_units.by_case(ids)
        self._kinds = {case: entry.kinds for case, entry in counting.items()}
        self._unconfirmed = {case: entry.unconfirmed for case, entry in counting.items()}
        self._letters = own_letter.by_case(self._kinds) if authenticity else {}
        self._asked = {case: entry.asked for case, entry in counting.items()}
        self._exempt = own_word.exempt_units(self._kinds)
        about = {unit for entry in counting.values() for unit in (*entry.kinds, *entry.asked)}
        self._about = about
        held_by = {unit for case in self._cases for unit in _holders(case)}
        self.network = review_network.load(held_by | about)
        self._authors = _authors(ids)
        self._guests = _guests(ids)
        self._units: dict[int, Unit] = {}

    def reach(self, case: Case) -> Reach:
        letters = self._letters.get(case.pk, {}).keys()
        return self._reach_with(case, self.questions(case), letters)

    def _reach_with(
        self, case: Case, questions: Set[int], letters: Set[int] = frozenset()
    ) -> Reach:
        """The reach while ``questions`` bar their own people, but nobody below them, and
        ``letters`` nobody at all."""
        asked = self._asked.get(case.pk, set())
        concerned = (self._kinds.get(case.pk, {}).keys() - letters) | asked
        strict = concerned - self._exempt.get(case.pk, set()) - asked - questions
        reaches = [reach_of(self.network, unit, concerned, strict) for unit in _holders(case)]
        near = dict.fromkeys(unit for reach in reaches for unit in reach.candidates)
        guests = self._guests.get(case.pk, {})
        return replace(reaches[0], candidates=(*near, *guests), guests=guests)

    def questions(self, case: Case) -> set[int]:
        """Offices that senders alone named as issuers and below which everybody is who could
        decide: one of those is asked about them, so that no sender can block a case by quoting an
        office. As few as are needed, and never asked of the office's own people."""
        questions = set(self._unconfirmed.get(case.pk, ()))
        if not questions or self._anybody(case, set()) or not self._anybody(case, questions):
            return set()
        for unit in sorted(questions):
            if self._anybody(case, questions - {unit}):
                questions.remove(unit)
        return questions

    def _anybody(self, case: Case, questions: Set[int]) -> bool:
        reach, took_part = self._reach_with(case, questions), self.took_part(case)
        return any(reach.people(unit, took_part) for unit in reach.candidates)

    def took_part(self, case: Case) -> set[int]:
        """The author of the verdict being worked on; before there is one, whoever checks."""
        if case.pk in self._authors:
            return {self._authors[case.pk]}
        return {case.assignee_id} if case.assignee_id else set()

    def people(self, case: Case, took_part: Collection[int] | None = None) -> set[int]:
        """Ids of everybody who could decide on the case now."""
        reach = self.reach(case)
        excluded = self.took_part(case) if took_part is None else took_part
        return set().union(*(reach.people(unit, excluded) for unit in reach.candidates))

    def units_of(self, case: Case, user: int) -> list[int]:
        """Units for which the person may decide, nearest first."""
        reach = self.reach(case)
        return [unit for unit in reach.candidates if user in reach.people(unit, ())]

    def deciders(self, case: Case, took_part: Collection[int] | None = None) -> Deciders:
        """Names instead of ids, for pages and messages."""
        reach = self.reach(case)
        excluded = self.took_part(case) if took_part is None else took_part
        by_unit = {unit: reach.people(unit, excluded) for unit in reach.candidates}
        self._read_names(set(by_unit) | reach.concerned | reach.strict)
        units = [self._units[unit] for unit, people in by_unit.items() if people]
        refusals = [
            Refusal(self._units[unit], self._reason(reach, unit, excluded))
            for unit, people in by_unit.items()
            if not people
        ]
        concerned = [self._units[unit] for unit in sorted(reach.concerned)]
        people = frozenset().union(*by_unit.values())
        return Deciders(units, refusals, concerned, people)

    def _read_names(self, ids: set[int]) -> None:
        """Every unit of the network that a sentence may name, read once for all cases."""
        if ids - self._units.keys():
            self._units.update(Unit.objects.in_bulk(ids | self._about | self.network.above.keys()))

    def _reason(self, reach: Reach, unit: int, took_part: Collection[int]) -> str:
        if unit in reach.concerned:
            return _("the claim is about it")
        if above := self.network.above.get(unit, set()) & reach.strict:
            names = ", ".join(str(self._units[pk]) for pk in sorted(above))
            return _("it is below %(units)s, which the claim is about") % {"units": names}
        reviewers = self.network.reviewers.get(unit, set())
        if not reviewers:
            return _("it has no reviewer")
        if reviewers <= set(took_part):
            return _("its only reviewer took part in this")
        return _("its reviewers also have a role in a unit that the claim is about")


def _holders(case: Case) -> list[int]:
    """The unit that has the case, and the one it was handed over from: reviewers within reach of
    either can be asked."""
    return [case.unit_id, *([case.handed_over_from_id] if case.handed_over_from_id else [])]


def _guests(case_ids: Collection[int]) -> dict[int, dict[int, set[int]]]:
    """Case id → office → guest reviewers who may decide on that case now."""
    guests: dict[int, dict[int, set[int]]] = {}
    active = GuestReview.objects.filter(case__in=case_ids, expires_at__gt=timezone.now())
    for case, office, user in active.values_list("case_id", "office_id", "user_id"):
        guests.setdefault(case, {}).setdefault(office, set()).add(user)
    return guests


def _authors(case_ids: Collection[int]) -> dict[int, int]:
    """The author of each case's open verdict, by case id."""
    verdicts = Verdict.objects.filter(
        case__in=case_ids, state__in=_OPEN_VERDICT, published__isnull=True
    )
    return dict(verdicts.order_by("pk").values_list("case_id", "written_by_id"))


def notice_people(notice: Notice) -> set[int]:
    """Ids of everybody who wrote, decided or published a version of the notice."""
    rows = notice.versions.values_list(
        "verdict__written_by", "verdict__reviewed_by", "published_by"
    )
    return {user for row in rows for user in row if user is not None}


def deciders(case: Case, took_part: Collection[int] | None = None) -> Deciders:
    """Who can decide on the case now; ``took_part`` are ids of people who cannot, by default the
    author of its open verdict."""
    return Independence([case]).deciders(case, took_part)


def check_somebody(case: Case, *, took_part: Collection[int]) -> None:
    """Pass where somebody can decide on the case.

    Raises:
        NobodyToDecide: with the reason for each unit within reach.
    """
    answer = deciders(case, took_part)
    if not answer:
        raise NobodyToDecide(decision_texts.nobody(answer))


def units_above_concerned(case: Case) -> list[Unit]:
    """The units above the concerned ones, themselves not concerned: whom an asker can turn to."""
    concerned = concerned_units.counting_ids(case)
    above = set().union(*Unit.objects.above_each(concerned).values()) - concerned
    return list(Unit.objects.filter(pk__in=above))


def may_decide(case: Case, user: User) -> bool:
    """Whether the person may act as somebody's second person on the case."""
    return bool(Independence([case]).units_of(case, user.pk))


def deciding_unit(
    case: Case, user: User, *, took_part: Collection[int], author_unit: int | None = None
) -> Unit:
    """The unit in whose name the person decides: rather another one than the author's. Without
    ``author_unit`` it is no verdict that is decided.

    Raises:
        SecondPersonRequired: they took part.
        SecondUnitRequired: the claim is about their unit, or one above it.
        NotAllowed: they are not a reviewer whom this case can reach.
    """
    if user.pk in took_part:
        raise SecondPersonRequired(_("You took part in this: another person has to decide on it."))
    independence = Independence([case], authenticity=author_unit is not None)
    units = independence.units_of(case, user.pk)
    if units:
        chosen = next((unit for unit in units if unit != author_unit), units[0])
        unit: Unit = Unit.objects.get(pk=chosen)
        return unit
    reach = independence.reach(case)
    own = independence.network.reviewer_units(user.pk) & set(reach.candidates)
    if not own:
        raise NotAllowed(_("You are not a reviewer for this unit."))
    raise SecondUnitRequired(decision_texts.not_independent(independence.deciders(case, took_part)))


def undecidable_units(unit_ids: Collection[int]) -> set[int]:
    """Ids of those units about which nobody could decide: for a claim about the unit, received by
    the unit, there are no two people of whom one is independent. Five queries in all."""
    network = review_network.load(unit_ids)
    return {unit for unit in unit_ids if not _has_two_people(network, unit)}


def _has_two_people(network: ReviewNetwork, unit: int) -> bool:
    reach = reach_of(network, unit, {unit}, {unit})
    reviewers = set().union(*(reach.people(one, ()) for one in reach.candidates))
    checkers = set().union(*(network.checkers.get(one, set()) for one in network.above[unit]))
    return any(checkers - {reviewer} for reviewer in reviewers)
