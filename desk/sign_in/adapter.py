import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.domain import users
from accounts.models import User
from channels.domain.outbox import queue_message
from channels.email.channel import EmailChannel
from desk.sign_in.language import remember_language
from web.network import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Accounts begin with an invitation; nobody signs up. The e-mails of the sign-in pages go
    through the outbox, and a new password is recorded in the audit log."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Set the person's language in this browser, too."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_language(response, user.language)
        return response

    def set_password(self, user: User, password: str) -> None:
        users.set_password(user, password, by=user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """A changed password ends every session, so the next page is the sign-in."""
        return reverse("account_login")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built from the address of the site, never from the host a request claims."""
        uid, _separator, token = key.partition("-")
        path = reverse("account_reset_password_from_key", args=[uid, token])
        return str(settings.SITE_URL) + path

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.SITE_NAME}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the e-mail as a secret: its link works like a password. Out of the request, so that
        a slow mail server delays no page and its time does not tell whether the account exists."""
        context = {**context, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        message = self.render_mail(template_prefix, email, context)
        queue_message(
            channel=EmailChannel.name,
            to=email,
            subject=message.subject,
            body=message.body,
            purpose="account",
            dedupe_key=f"account:{uuid.uuid4()}",
            secret=True,
        )

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address; the nearest proxy's where the proxies did not pass it on."""
        return client_address(request) or str(request.META["REMOTE_ADDR"])
