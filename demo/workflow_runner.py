"""The people of one story, each doing only what the product lets them do."""

import secrets
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import Unit
from demo import organisation, screenshots
from demo.stories import Citation, ReportText, Story
from factcheck import merge_tree
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, merging
from factcheck.domain.editorial import (
    evidence,
    notices,
    reconsiderations,
    reviews,
    verdicts,
)
from factcheck.enums import MatchState, Outcome, VerdictKind
from factcheck.models import Case, Match, Source, Topic, Verdict
from intake.domain import reports, submissions
from intake.enums import Origin
from intake.models import Report

CHECKLIST = ["official_source", "compared", "no_pupil", "own_unit", "contrary"]


class WorkflowRunner:
    """The people of a story and the case they work on."""

    def __init__(self, story: Story, now: datetime, others: dict[str, "WorkflowRunner"]) -> None:
        team = organisation.TEAMS[story.team]
        joiner = organisation.JOINERS.get(story.team, organisation.DEPARTMENT_CHECKER)
        self.story, self.now, self.others = story, now, others
        self.checker = organisation.account(team.checker)
        self.reviewer = organisation.account(team.reviewer)
        self.approver = organisation.account(team.approver)
        self.joiner = organisation.account(joiner)
        self.case_id: int | None = None
        others[story.key] = self

    @property
    def case(self) -> Case:
        """As it is now; what it was merged into by someone else is another story."""
        assert self.case_id is not None
        return Case.objects.get(pk=self.case_id)

    @property
    def verdict(self) -> Verdict:
        return self.case.verdicts.latest("pk")

    def report(self, saying: ReportText) -> None:
        """A parent or teacher sends what they saw; the pipeline finds or opens its case."""
        picture = screenshots.chat(saying.text) if saying.picture else None
        received = reports.submit(
            submissions.Submission(
                text=saying.text,
                url=saying.url,
                question=saying.question,
                seen_where=saying.where,
                seen_when=saying.when,
                language=saying.language,
                unit=Unit.objects.get(code=saying.unit),
                images=[picture] if picture else [],
                origin=Origin.DEMO,
                sender=f"203.0.{len(saying.unit)}.{len(saying.text) % 250}/24",
            )
        )
        matches.match_report(received.report)
        if not saying.loose:
            self._place(received.report)

    def _place(self, report: Report) -> None:
        """Where the pipeline was not sure, a person joins the wordings of one claim."""
        own = Match.objects.select_related("case").get(report=report, state=MatchState.CONFIRMED)
        found = merge_tree.canonical(own.case)
        if self.case_id is None:
            self.case_id = found.pk
            return
        mine = merge_tree.canonical(self.case)
        if found.pk == mine.pk:
            return
        suggested = Match.objects.filter(report=report, state=MatchState.SUGGESTED)
        pair = next(
            (match for match in suggested if merge_tree.canonical(match.case) == mine), None
        )
        if pair is not None:
            matches.confirm(pair, by=self.joiner)
        else:
            merging.merge(found, mine, reason="Cùng một thông tin, lời khác", by=self.joiner)
        self._tell()

    def _tell(self) -> None:
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
        self._tell()

    def write_claim(self) -> None:
        if self.story.claim:
            case = self.case
            lifecycle.set_claim(case, self.story.claim, version=case.version, by=self.checker)

    def cite(self, citation: Citation) -> None:
        source = Source.objects.get(Q(domain=citation.source) | Q(name_vi=citation.source))
        evidence.add(
            self.case,
            source=source,
            stance=citation.stance,
            quote=citation.quote,
            title=citation.title,
            url=citation.url,
            document_number=citation.number,
            document_date=citation.dated,
            accessed_on=timezone.localdate(),
            upload=screenshots.page(citation.title or str(source), citation.quote),
            by=self.checker,
        )

    def draft(self, words: dict[str, object]) -> None:
        first = max(saying.days for saying in self.story.reports)
        review_by = self.now - timedelta(days=first - self.story.review_after)
        fields = {
            "reach": "publish",
            "checklist": CHECKLIST,
            "claim": self.case.claim,
            "language": self.story.language,
            "review_by": timezone.localdate(review_by),
            **words,
        }
        verdicts.draft(self.case, by=self.checker, **fields)

    def submit(self) -> None:
        verdicts.submit_for_review(self.verdict, by=self.checker)
        self._tell()

    def send_back(self) -> None:
        reviews.send_back(self.verdict, reason=self.story.sent_back, by=self.reviewer)

    def approve(self) -> None:
        reviews.approve(self.verdict, by=self.reviewer)

    def publish(self) -> None:
        notices.publish(self.verdict, by=self.approver)
        self._tell()

    def answer(self) -> None:
        notices.reply_to_reporters(self.verdict, by=self.approver)
        self._tell()

    def wait(self) -> None:
        lifecycle.wait(self.case, self.story.waiting_for, by=self.checker)

    def merge(self) -> None:
        merging.merge(self.case, self.others[self.story.merge_into].case, by=self.joiner)

    def close(self, outcome: Outcome) -> None:
        lifecycle.close(self.case, outcome, by=self.checker)
        self._tell()

    def reopen(self) -> None:
        lifecycle.reopen(self.case, by=self.checker)

    def ask_again(self) -> None:
        reconsiderations.ask(
            self.case.notice, self.story.reconsider, form_key=secrets.token_hex(16)
        )

    def revise(self, kind: VerdictKind, changes: dict[str, object]) -> None:
        """A new version goes through the same two people."""
        words = {**self.story.verdict, **changes}
        reason = str(words.pop("reason"))
        notices.revise(self.case, kind, reason=reason, by=self.checker)
        self.draft(words)
        self.submit()
        self.approve()
        self.publish()
