from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models import Unit
from factcheck.models.case import Case

NAME_LIMIT = 120


class GuestReview(models.Model):
    """A reviewer from outside for one case, where nobody else can decide.

    The guest has an account that cannot sign in; a code sent to their office's mail address opens
    this one review. ``office`` is a unit that is never active, so nothing else can be done in its
    name. Who invited and who vouched stand in the guarded act about this row; until that act is
    confirmed ``expires_at`` is empty and nothing was sent.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="guest_reviews")
    for_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="guest_reviews")
    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="guest_reviewers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="guest_reviews"
    )
    name = models.CharField(max_length=NAME_LIMIT)  # for the desk, never public
    created_at = models.DateTimeField(default=timezone.now)
    token_hash = models.CharField(max_length=64, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["token_hash"], name="factcheck_guest_token")]

    def __str__(self) -> str:
        return f"guest {self.pk} for {self.case_id}"

    @property
    def is_active(self) -> bool:
        """Whether the guest may decide now."""
        return self.expires_at is not None and self.expires_at > timezone.now()
