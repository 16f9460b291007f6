from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Settings that the frame of every page shows."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "operator_name": settings.OPERATOR_NAME,
        "is_demo": settings.DEMO,
    }
