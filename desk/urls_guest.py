"""Pages of guest reviewers, below ``/duyet-khach/``: they have no account to sign in with."""

from django.urls import path

from desk.views import guest

app_name = "guest"

urlpatterns = [
    path("<str:token>/", guest.review, name="review"),
    path("<str:token>/ma/", guest.code, name="code"),
    path("<str:token>/quyet-dinh/", guest.decide, name="decide"),
    path("<str:token>/ban-luu/<int:pk>/", guest.archive, name="archive"),
]
