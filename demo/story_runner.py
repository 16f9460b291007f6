"""The runner of one story: its people, each doing only what the product lets them do."""

import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.exceptions import DomainError
from accounts.models import Unit, User
from demo import drawn_images, organisation, source_pages
from demo.stories import Citation, ReportText, Story
from factcheck import merge_tree, own_letter, permissions
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, second_person
from factcheck.domain.editorial import (
    evidence,
    evidence_copies,
    notices,
    proof,
    reconsiderations,
    reviews,
    verdicts,
)
from factcheck.domain.editorial.statements import Statement
from factcheck.enums import MatchState, OriginalSeen, Outcome, VerdictKind
from factcheck.models import Case, Match, Source, Topic, Verdict
from factcheck.ratings import RATINGS
from intake.domain import reports, submissions
from intake.enums import Origin
from intake.models import Report

CHECKLIST = ["official_source", "compared", "no_pupil", "own_unit", "contrary"]


class StoryRunner:
    """The people of a story and the case they work on."""

    def __init__(self, story: Story, now: datetime, others: dict[str, "StoryRunner"]) -> None:
        team = organisation.TEAMS[story.team]
        merger = organisation.MERGING_ACCOUNTS.get(story.team, organisation.DEPARTMENT_CHECKER)
        self.story, self.now, self.others = story, now, others
        self.checker = organisation.account(team.checker)
        self.reviewer = organisation.account(team.reviewer)
        self.approver = organisation.account(team.approver)
        self.merger = organisation.account(merger)
        self.case_id: int | None = None
        others[story.key] = self

    @property
    def case(self) -> Case:
        """The case as it is now, also when it was merged into another story's."""
        assert self.case_id is not None
        return Case.objects.get(pk=self.case_id)

    @property
    def verdict(self) -> Verdict:
        return self.case.verdicts.latest("pk")

    def report(self, report_text: ReportText) -> None:
        """A parent or teacher sends what they saw; the pipeline finds or opens its case."""
        picture = drawn_images.chat_screenshot(report_text.text) if report_text.picture else None
        result = reports.submit(
            submissions.Submission(
                text=report_text.text,
                url=report_text.url,
                question=report_text.question,
                seen_where=report_text.where,
                seen_when=report_text.when,
                language=report_text.language,
                unit=Unit.objects.get(code=report_text.unit),
                images=[picture] if picture else [],
                origin=Origin.DEMO,
                sender=f"203.0.{len(report_text.unit)}.{len(report_text.text) % 250}/24",
            )
        )
        matches.match_report(result.report)
        if not report_text.loose:
            self._merge_into_story(result.report)

    def _merge_into_story(self, report: Report) -> None:
        """Where matching was not sure, a person joins the wordings of one claim."""
        confirmed = Match.objects.select_related("case").get(
            report=report, state=MatchState.CONFIRMED
        )
        case = merge_tree.canonical(confirmed.case)
        if self.case_id is None:
            self.case_id = case.pk
            return
        story_case = merge_tree.canonical(self.case)
        if case.pk == story_case.pk:
            return
        suggested = Match.objects.filter(report=report, state=MatchState.SUGGESTED)
        suggestion = next(
            (match for match in suggested if merge_tree.canonical(match.case) == story_case), None
        )
        if suggestion is not None:
            matches.confirm(suggestion, by=self.merger)
        else:
            reason = "Cùng một thông tin, lời khác"
            second_person.merge(case, story_case, reason=reason, by=self.merger)
        self._confirm_merge(case)
        self._notify_reporters()

    def _confirm_merge(self, case: Case) -> None:
        """Into an answered case the merge takes a second person: the first who may."""
        for decision in second_person.waiting(case):
            for team in organisation.TEAMS.values():
                try:
                    second_person.confirm(decision, by=organisation.account(team.reviewer))
                except DomainError:
                    continue
                break

    def _notify_reporters(self) -> None:
        notifications.notify_reporters(self.case)

    def triage(self) -> None:
        lifecycle.triage(
            self.case,
            topic=Topic.objects.filter(slug=self.story.topic).first(),
            urgency=self.story.urgency,
            concerns=Unit.objects.filter(code__in=self.story.concerns),
            by=self.checker,
        )

    def take(self) -> None:
        lifecycle.take(self.case, by=self.checker)
        self._notify_reporters()

    def write_claim(self) -> None:
        if self.story.claim:
            case = self.case
            lifecycle.set_claim(case, self.story.claim, version=case.version, by=self.checker)

    def cite(self, citation: Citation) -> None:
        source = Source.objects.get(name_vi=citation.source)
        is_scan = citation.copy == "scan"
        title = citation.title or str(source)
        item = evidence.add(
            self.case,
            source=source,
            stance=citation.stance,
            quote=citation.quote,
            title=citation.title,
            url=citation.url,
            document_number=citation.number,
            document_date=citation.dated,
            accessed_on=timezone.localdate(),
            upload=drawn_images.scan(title, citation.quote) if is_scan else None,
            by=self.checker,
        )
        if not is_scan:  # what a worker would fetch, were these sites on a network
            evidence_copies.store_fetched(item, source_pages.fetched(citation))

    def draft(self, texts: dict[str, object]) -> None:
        first = max(report_text.days for report_text in self.story.reports)
        review_by = self.now - timedelta(days=first - self.story.review_after)
        definition = RATINGS.get(str(texts.get("rating", "")))
        scope = [definition.scope] if definition and definition.scope else []
        fields = {
            "reach": "publish",
            "checklist": [*CHECKLIST, *scope],
            "claim": self.case.claim,
            "language": self.story.language,
            "review_by": timezone.localdate(review_by),
            **texts,
        }
        verdicts.draft(self.case, by=self.checker, **fields)

    def submit(self) -> None:
        verdicts.submit_for_review(self.verdict, by=self.checker)
        self._notify_reporters()

    def _second_person(self) -> User:
        """The team's reviewer, or the first of another team where the claim is about their unit,
        also where their unit's own letter would let them decide."""
        verdict = self.verdict
        others = [organisation.account(team.reviewer) for team in organisation.TEAMS.values()]
        for reviewer in (self.reviewer, *others):
            try:
                permissions.check_can_review(verdict, reviewer)
            except DomainError:
                continue
            if not own_letter.to_state(verdict.case, reviewer):
                return reviewer
        return self.reviewer

    def send_back(self) -> None:
        reviews.send_back(self.verdict, reason=self.story.sent_back, by=self._second_person())

    def approve(self) -> None:
        statements = self._statements()
        reviews.approve(self.verdict, statements=statements, by=self._second_person())

    def _statements(self) -> dict[int, Statement]:
        """What the reviewer saw: the office's paper for a scan; every copy may be opened."""
        stated = {}
        for item in proof.cited(self.case):
            points = proof.open_points(item)
            stated[item.pk] = Statement(
                compared_by_eye=points.compare_by_eye,
                original_seen=OriginalSeen.PAPER if points.see_original else "",
                original_where=f"Văn thư: {item.source}" if points.see_original else "",
                names_nobody=not points.see_original,
            )
        return stated

    def publish(self) -> None:
        notices.publish(self.verdict, by=self.approver)
        self._notify_reporters()

    def reply_to_reporters(self) -> None:
        notices.reply_to_reporters(self.verdict, by=self.approver)
        self._notify_reporters()

    def wait(self) -> None:
        lifecycle.wait(self.case, self.story.waiting_for, by=self.checker)

    def merge(self) -> None:
        into = self.others[self.story.merge_into].case
        second_person.merge(self.case, into, by=self.merger)

    def close(self, outcome: Outcome) -> None:
        lifecycle.close(self.case, outcome, by=self.checker)
        self._notify_reporters()

    def reopen(self) -> None:
        lifecycle.reopen(self.case, by=self.checker)

    def ask_for_reconsideration(self) -> None:
        reconsiderations.ask(
            self.case.notice, self.story.reconsider, form_key=secrets.token_hex(16)
        )

    def revise(self, kind: VerdictKind, changes: dict[str, object]) -> None:
        """A new version goes through the same two people."""
        texts = {**self.story.verdict, **changes}
        reason = str(texts.pop("reason"))
        notices.revise(self.case, kind, reason=reason, by=self.checker)
        self.draft(texts)
        self.submit()
        self.approve()
        self.publish()
