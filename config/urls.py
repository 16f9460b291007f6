from django.urls import include, path

from api import webhooks
from config import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("readyz", views.ready, name="ready"),
    path("tai-khoan/", include("desk.urls_accounts")),
    path("tai-khoan/", include("desk.sign_in.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("api.urls")),
    path("kenh/<slug:name>/", webhooks.receive, name="webhook"),
    path("ban/", include("desk.urls")),
    path("", include("public.urls")),
]

handler500 = "config.views.server_error"
