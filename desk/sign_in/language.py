from django.conf import settings
from django.http import HttpResponse
from django.utils import translation


def remember_language(response: HttpResponse, language: str) -> None:
    """Set Django's own language cookie to the account's language: the pages follow it from the next
    request on, without further middleware."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    translation.activate(language)
