from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from api import webhooks
from config import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("readyz", views.ready, name="ready"),
    path("tai-khoan/", include("desk.urls_accounts")),
    path("tai-khoan/", include("desk.sign_in.urls")),
    # Exempt: a language is no secret, and a visitor without cookies is led back, not refused.
    path("i18n/setlang/", csrf_exempt(set_language), name="set_language"),
    path("api/", include("api.urls")),
    path("kenh/<slug:name>/", webhooks.receive, name="webhook"),
    path("ban/", include("desk.urls")),
    path("duyet-khach/", include("desk.urls_guest")),
    path("", include("public.urls")),
]

handler500 = "config.views.server_error"
