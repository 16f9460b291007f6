"""Random actions of everybody in any order on the real database; the invariants hold throughout."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from accounts.exceptions import NotAllowed
from accounts.models import User
from audit.domain import chain
from factcheck.domain import notifications, pending_notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, merging, suggested_pairs
from factcheck.domain.editorial import evidence, notices, reviews, verdicts
from factcheck.enums import CaseStatus, MatchState, Rating, Reach, Stance, VerdictState
from factcheck.exceptions import FactcheckError
from factcheck.models import Case, Match, Notice, NoticeVersion, Verdict
from factcheck.ratings import evidence_rule
from intake.models import Reply, Report
from tests.factories import Cast, add_evidence, make_cast, submit_report, words

EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "30"))
STEPS = int(os.environ.get("MACHINE_STEPS", "20"))
TEXTS = (
    "Học sinh toàn tỉnh nghỉ học từ ngày 23/11/2031 đến hết 28/11/2031",
    "Học sinh toàn tỉnh nghỉ học từ ngày 23/11/2031 đến hết 30/11/2031",
    "Trường Tiểu học Nắng Mai bắt mua đồng phục mới 640.000 đồng",
)
PEOPLE = (
    *("checker", "colleague", "own_reviewer", "reviewer", "approver", "admin", "outsider"),
    *("overseer", "pooled"),
)
REFUSING_ERRORS = (FactcheckError, NotAllowed)
people = st.sampled_from(PEOPLE)
picks = st.integers(0, 5)


class CaseMachine(RuleBasedStateMachine):
    """A few cases of one school; each rule picks a case and a person who tries one action."""

    cast: Cast

    @initialize()
    def begin(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.cast = make_cast()
        submit_report(TEXTS[0], self.cast.school)

    def teardown(self) -> None:
        if hasattr(self, "outer"):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    def _who(self, name: str) -> User:
        user: User = getattr(self.cast, name)
        return user

    def _case(self, pick: int) -> Case:
        cases = list(Case.objects.order_by("pk"))
        return cases[pick % len(cases)]

    def _try(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        try:
            with transaction.atomic():
                call(*args, **kwargs)
        except REFUSING_ERRORS as refusal:
            if len(str(refusal)) < 10:
                raise AssertionError("a refusal is a sentence") from refusal

    @rule(text=st.sampled_from(TEXTS), own=st.booleans())
    def report(self, text: str, own: bool) -> None:
        submit_report(text, self.cast.school if own else self.cast.sibling)

    @rule(pick=picks, who=people)
    def take(self, pick: int, who: str) -> None:
        self._try(lifecycle.take, self._case(pick), by=self._who(who))

    @rule(pick=picks, who=people, own=st.booleans())
    def triage(self, pick: int, who: str, own: bool) -> None:
        about = [self.cast.school] if own else []
        self._try(lifecycle.triage, self._case(pick), concerns=about, urgency=2, by=self._who(who))

    @rule(pick=picks, who=people, verb=st.sampled_from(["release", "resume", "reopen", "unmerge"]))
    def step(self, pick: int, who: str, verb: str) -> None:
        self._try(
            getattr(merging if verb == "unmerge" else lifecycle, verb),
            self._case(pick),
            by=self._who(who),
        )

    @rule(pick=picks, who=people)
    def wait(self, pick: int, who: str) -> None:
        self._try(lifecycle.wait, self._case(pick), "Sở GD&ĐT", by=self._who(who))

    @rule(pick=picks, who=people, outcome=st.sampled_from(["opinion", "spam", "answered"]))
    def close(self, pick: int, who: str, outcome: str) -> None:
        self._try(lifecycle.close, self._case(pick), outcome, by=self._who(who))

    @rule(pick=picks, other=picks, who=people)
    def merge(self, pick: int, other: int, who: str) -> None:
        self._try(merging.merge, self._case(pick), self._case(other), by=self._who(who))

    @rule(pick=picks, who=people)
    def split(self, pick: int, who: str) -> None:
        reports = list(Report.objects.order_by("pk"))
        self._try(merging.split, reports[pick % len(reports)], by=self._who(who))

    @rule(pick=picks, who=people, yes=st.booleans())
    def decide_pair(self, pick: int, who: str, yes: bool) -> None:
        for pair in suggested_pairs.suggestions_for(self._case(pick))[:1]:
            decide = matches.confirm if yes else matches.reject
            self._try(decide, pair.match, by=self._who(who))

    @rule(pick=picks, who=people, stance=st.sampled_from(list(Stance)), copy=st.booleans())
    def cite(self, pick: int, who: str, stance: Stance, copy: bool) -> None:
        more: dict[str, Any] = {} if copy else {"upload": None}
        self._try(add_evidence, self._case(pick), self._who(who), stance, **more)

    @rule(pick=picks, who=people)
    def uncite(self, pick: int, who: str) -> None:
        for item in self._case(pick).evidence.filter(withdrawn_at__isnull=True)[:1]:
            self._try(evidence.withdraw, item, by=self._who(who))

    @rule(
        pick=picks,
        who=people,
        rating=st.sampled_from(list(Rating)),
        reach=st.sampled_from(list(Reach)),
    )
    def draft(self, pick: int, who: str, rating: Rating, reach: Reach) -> None:
        fields = words(rating, reach=reach, change_reason="Sửa lại")
        self._try(verdicts.draft, self._case(pick), by=self._who(who), **fields)

    @rule(pick=picks, who=people, verb=st.sampled_from(["submit", "approve", "return", "withdraw"]))
    def decide(self, pick: int, who: str, verb: str) -> None:
        calls: dict[str, Callable[..., Any]] = {
            "submit": verdicts.submit_for_review,
            "approve": reviews.approve,
            "return": lambda verdict, by: reviews.send_back(verdict, reason="Thiếu", by=by),
            "withdraw": verdicts.withdraw,
        }
        verdict = self._case(pick).verdicts.order_by("-pk").first()
        if verdict is not None:
            self._try(calls[verb], verdict, by=self._who(who))

    @rule(pick=picks, who=people, public=st.booleans())
    def publish(self, pick: int, who: str, public: bool) -> None:
        verdict = self._case(pick).verdicts.order_by("-pk").first()
        if verdict is not None:
            call = notices.publish if public else notices.reply_to_reporters
            self._try(call, verdict, by=self._who(who))

    @rule(pick=picks, who=people, kind=st.sampled_from(["correction", "retraction", "none"]))
    def revise(self, pick: int, who: str, kind: str) -> None:
        if kind == "none":
            self._try(notices.abandon_revision, self._case(pick), by=self._who(who))
        else:
            self._try(notices.revise, self._case(pick), kind, reason="Sửa", by=self._who(who))

    @rule(pick=picks)
    def advance(self, pick: int) -> None:
        """The next allowed action by the right person, so that runs reach late statuses."""
        case, team = self._case(pick), self.cast
        verdict = case.verdicts.order_by("-pk").first()
        if case.status == CaseStatus.NEW:
            self._try(lifecycle.take, case, by=team.checker)
        elif case.status == CaseStatus.CHECKING:
            self._try(add_evidence, case, team.checker)
            self._try(verdicts.draft, case, by=team.checker, **words(change_reason="Sửa"))
            draft = case.verdicts.filter(state=VerdictState.DRAFT).first()
            if draft is not None:
                self._try(verdicts.submit_for_review, draft, by=team.checker)
        elif verdict is not None and case.status == CaseStatus.IN_REVIEW:
            self._try(reviews.approve, verdict, by=team.reviewer)
        elif verdict is not None and case.status == CaseStatus.APPROVED:
            self._try(notices.publish, verdict, by=team.approver)

    @rule()
    def notify_reporters(self) -> None:
        for case_id in pending_notifications.case_ids(50):
            assert notifications.notify_reporters(Case.objects.get(pk=case_id)) > 0
        assert pending_notifications.case_ids(50) == []

    @invariant()
    def published_means_approved_by_a_second_person_with_evidence(self) -> None:
        for version in NoticeVersion.objects.select_related("verdict__case"):
            verdict: Verdict = version.verdict
            assert verdict.state == VerdictState.APPROVED
            assert verdict.reviewed_by_id not in (None, verdict.written_by_id)
            if verdict.about_own_unit:
                assert verdict.reviewer_unit_id != verdict.author_unit_id
            rule, cited = evidence_rule(version.rating), version.evidence
            if rule and rule.official:
                assert any(
                    c["official"] and c["stance"] in rule.stances and c["archive_sha256"]
                    for c in cited
                )
            elif rule:
                assert any(c["quote"] and (c["url"] or c["archive_sha256"]) for c in cited)

    @invariant()
    def notices_have_one_current_version_and_a_fitting_case(self) -> None:
        for notice in Notice.objects.select_related("case"):
            assert notice.versions.filter(is_current=True).count() == 1
            assert notice.case.status not in (CaseStatus.CLOSED, CaseStatus.MERGED)
        for case in Case.objects.filter(status=CaseStatus.PUBLISHED):
            assert Notice.objects.filter(case=case).exists()

    @invariant()
    def closed_cases_have_an_outcome_and_merged_ones_an_end(self) -> None:
        for case in Case.objects.select_related("merged_into"):
            assert (case.status == CaseStatus.CLOSED) == bool(case.outcome) == bool(case.closed_by)
            seen = {case.pk}
            while case.merged_into is not None:
                case = case.merged_into
                assert case.pk not in seen
                seen.add(case.pk)

    @invariant()
    def every_report_is_in_one_case(self) -> None:
        for report in Report.objects.all():
            confirmed = Match.objects.filter(report=report, state=MatchState.CONFIRMED)
            assert confirmed.count() == 1

    @invariant()
    def nobody_is_notified_twice_and_the_audit_chain_is_intact(self) -> None:
        keys = list(Reply.objects.values_list("report", "key"))
        assert len(keys) == len(set(keys))
        assert chain.check_chain().broken is None


@pytest.mark.django_db
def test_rules_hold_in_any_order_of_actions() -> None:
    run_state_machine_as_test(
        CaseMachine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
