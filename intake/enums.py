from django.db import models
from django.utils.translation import gettext_lazy as _


class SeenWhere(models.TextChoices):
    ZALO = "zalo", _("Zalo group")
    FACEBOOK = "facebook", _("Facebook")
    TIKTOK = "tiktok", _("TikTok")
    SMS = "sms", _("Text message (SMS)")
    CALL = "call", _("Phone call")
    PAPER = "paper", _("Paper notice")
    OTHER = "other", _("Somewhere else")


class SeenWhen(models.TextChoices):
    TODAY = "today", _("Today")
    YESTERDAY = "yesterday", _("Yesterday")
    THIS_WEEK = "this_week", _("This week")
    EARLIER = "earlier", _("Earlier")


class Origin(models.TextChoices):
    """How a report came in, besides the channels (intake.domain.origins)."""

    FORM = "form", _("Web form")
    API = "api", _("API")
    DEMO = "demo", _("Demonstration")


class Reader(models.TextChoices):
    """Who reads what comes through a unit's own form."""

    UNIT = "unit", _("This unit")
    ELSEWHERE = "elsewhere", _("Another unit")


class Stage(models.TextChoices):
    """The stages the tracking page shows; written to the reporter, never read from a case."""

    RECEIVED = "received", _("Received")
    CHECKING = "checking", _("Being checked")
    IN_REVIEW = "in_review", _("A second person reviews")
    ANSWERED = "answered", _("Answered")


class ReadingState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    READ = "read", _("Read")
    FAILED = "failed", _("Could not be read")
