from django.urls import include, path, re_path

from api.base import UnknownRoute

app_name = "api"

urlpatterns = [
    path("v1/", include("api.v1.urls")),
    re_path(r"", UnknownRoute.as_view(), name="unknown"),
]
