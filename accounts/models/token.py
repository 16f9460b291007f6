from django.conf import settings
from django.db import models
from django.utils import timezone


class ApiToken(models.Model):
    """A staff token for the API: shown once, kept as a hash, with an end date."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
