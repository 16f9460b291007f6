import pytest
from django.http import Http404
from django.urls import reverse

from desk.views.attachments import file_response
from factcheck.models import Case
from intake.domain import reports
from intake.models import Attachment
from tests.factories import RUMOUR, Cast, case_of, submit_report


@pytest.fixture
def case(cast: Cast, picture) -> Case:
    return case_of(submit_report(RUMOUR, cast.school, images=[picture]))


def address(case: Case) -> str:
    return reverse("desk:attachment", args=[case.number, Attachment.objects.get().pk])


def test_attachment_is_shown_inline_in_a_sandbox(sign_in, cast: Cast, case):
    response = sign_in(cast.checker).get(address(case))
    assert response.status_code == 200
    assert response["Content-Type"] == Attachment.objects.get().media_type
    assert response["Content-Disposition"].startswith("inline")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "private" in response["Cache-Control"]
    assert "no-store" in response["Cache-Control"]


def test_attachment_stays_hidden_from_a_unit_that_shares_the_case(sign_in, cast: Cast, case):
    submit_report(RUMOUR, cast.sibling)
    client = sign_in(cast.outsider)
    assert client.get(reverse("desk:case", args=[case.number])).status_code == 200
    assert client.get(address(case)).status_code == 404


def test_attachment_under_another_case_is_not_found(sign_in, cast: Cast, case):
    other = case_of(submit_report("Tin khác hẳn về đồng phục 640.000 đồng", cast.school))
    assert sign_in(cast.checker).get(address(other)).status_code == 404


def test_attachment_of_a_purged_report_is_gone(sign_in, cast: Cast, case):
    url = address(case)
    reports.purge_text(case.matches.get().report, by=None)
    assert sign_in(cast.checker).get(url).status_code == 404


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "reports/../../secret"])
def test_file_response_never_leaves_the_media_folder(settings, path):
    settings.MEDIA_ROOT.mkdir(parents=True)
    (settings.MEDIA_ROOT.parent / "secret").write_text("x")
    with pytest.raises(Http404):
        file_response(path, "text/plain", "x", inline=False)
