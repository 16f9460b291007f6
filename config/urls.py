from django.urls import include, path

from config import views

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("readyz", views.ready, name="ready"),
    path("tai-khoan/", include("accounts.urls")),
    path("tai-khoan/", include("accounts.urls_auth")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("api.urls")),
    path("ban/", include("factcheck.urls")),
    path("", include("intake.urls")),
    path("", include("publishing.urls")),
]

handler500 = "config.views.server_error"
