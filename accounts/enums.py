from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    REPORTER = "reporter", _("Reporter")
    CHECKER = "checker", _("Checker")
    REVIEWER = "reviewer", _("Reviewer")
    APPROVER = "approver", _("Approver")
    UNIT_ADMIN = "unit_admin", _("Unit administrator")


class LinkKind(models.TextChoices):
    ADMINISTRATIVE = "administrative", _("Administrative")
    PROFESSIONAL = "professional", _("Professional")
