"""Published notices of the demo on a fixed day, for measurements that ask the product.

Import this only inside ``temporary_installation.installation``: models need settings.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import UnitKind
from channels import dispatch
from demo import clock, seed, stories
from demo.stories import Story
from demo.story_runner import StoryRunner
from demo.timetable import steps
from factcheck.models import NoticeVersion

_BEFORE = timedelta(days=21)  # units and sources are older than the first story


def _to_publish(story: Story) -> bool:
    verdict = story.verdict
    return bool(verdict) and not verdict.get("reach") and verdict.get("rating") != "opinion"


def publish_all(now: datetime) -> dict[str, str]:
    """Publish every story of the demo that has a verdict, as if ``now`` were the present.

    Returns:
        The path of each public notice and the claim it is about.
    """
    if not UnitKind.objects.exists():
        raise LookupError("The database has no kinds of units: migrate it first.")
    told = [
        replace(story, until="published", sent_back="", reconsider="", correction={}, retraction={})
        for story in stories.load(now.date())
        if _to_publish(story)
    ]
    with dispatch.muted(), transaction.atomic():
        with clock.set_to(now - _BEFORE):
            seed.seed_base_data()
        runners: dict[str, StoryRunner] = {}
        for story in told:
            StoryRunner(story, now, runners)
        ordered = (step for runner in runners.values() for step in steps(runner))
        for step in sorted(ordered, key=lambda step: step.at):
            with clock.set_to(step.at):
                step.run()
    current = NoticeVersion.objects.filter(is_current=True).select_related("notice")
    return {version.notice.get_absolute_url(): version.claim for version in current}
