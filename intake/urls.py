from django.urls import path

from intake.views import public, receipt, suggest, track

app_name = "intake"

urlpatterns = [
    path("gui/", public.submit, name="submit"),
    # Before the units: no unit may be called "goi-y", and a dot is in no unit's code.
    path("gui/goi-y/", suggest.suggest, name="suggest"),
    path("gui/ma.txt", receipt.text_file, name="receipt_text"),
    path("gui/<slug:unit>/", public.submit, name="submit_unit"),
    path("tra-cuu/", track.track, name="track"),
]
