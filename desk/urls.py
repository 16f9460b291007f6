"""The checker's desk, below ``/ban/``. Paths are Vietnamese: staff read and send them."""

from django.urls import URLPattern, URLResolver, include, path

from desk.views import (
    attachments,
    cases,
    comparison,
    concerns,
    duplicates,
    evidence,
    publication,
    queue,
    reconsiderations,
    reviews,
    sources,
    triage,
    verdicts,
)

app_name = "desk"

case_patterns: list[URLPattern | URLResolver] = [
    path("", cases.case, name="case"),
    path("nhan/", triage.take, name="take"),
    path("tra-lai-hang-cho/", triage.release, name="release"),
    path("phan-cong/", triage.assign, name="assign"),
    path("phan-loai/", triage.triage, name="triage"),
    path("don-vi/<int:pk>/dung/", concerns.accept, name="concern_accept"),
    path("don-vi/<int:pk>/gach/", concerns.strike, name="concern_strike"),
    path("don-vi/<int:pk>/giu/", concerns.keep, name="concern_keep"),
    path("cho-tra-loi/", triage.wait, name="wait"),
    path("tiep-tuc/", triage.resume, name="resume"),
    path("ket-thuc/", triage.close, name="close"),
    path("mo-lai/", triage.reopen, name="reopen"),
    path("van-dung/", triage.reaffirm, name="reaffirm"),
    path("thong-tin/", triage.claim, name="claim"),
    path("gop/", duplicates.merge, name="merge"),
    path("bo-gop/", duplicates.unmerge, name="unmerge"),
    path("goi-y-trung/<int:match>/", duplicates.suggestion, name="suggestion"),
    path("tach/<uuid:report>/", duplicates.split, name="split"),
    path("bo-so-khop/", duplicates.exclude, name="exclude"),
    path("so-khop-lai/", duplicates.include_again, name="include_again"),
    path("so-sanh/", comparison.pick, name="compare_pick"),
    path("so-sanh/<int:other>/", comparison.compare, name="compare"),
    path("so-sanh/<int:other>/quyet-dinh/", comparison.decide, name="compare_decide"),
    path("can-cu/", evidence.add, name="evidence_add"),
    path("can-cu/<int:pk>/rut/", evidence.withdraw, name="evidence_withdraw"),
    path("can-cu/<int:pk>/luu-lai/", evidence.retry, name="archive_retry"),
    path("can-cu/<int:pk>/tai-len/", evidence.upload, name="archive_upload"),
    path("can-cu/<int:pk>/ban-luu/", attachments.archive, name="archive"),
    path("anh/<int:pk>/", attachments.attachment, name="attachment"),
    path("ket-luan/", verdicts.save, name="verdict"),
    path("ket-luan/lay-lai/", verdicts.withdraw, name="verdict_withdraw"),
    path("xem-truoc/", verdicts.preview, name="preview"),
    path("cong-bo/", publication.publish, name="publish"),
    path("sua-doi/", publication.revise, name="revise"),
    path("giu-nguyen/", publication.abandon, name="abandon_revision"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", queue.queue, name="queue"),
    path("ho-so/<int:number>/", include(case_patterns)),
    path("duyet/", reviews.review_list, name="reviews"),
    path("duyet/<int:pk>/", reviews.review, name="review"),
    path("duyet/<int:pk>/quyet-dinh/", reviews.decide, name="review_decide"),
    path("nguon/", sources.source_list, name="sources"),
    path("nguon/moi/", sources.source_edit, name="source_new"),
    path("nguon/<int:pk>/", sources.source_edit, name="source"),
    path("nguon/<int:pk>/ngung/", sources.source_retire, name="source_retire"),
    path("xem-xet-lai/", reconsiderations.request_list, name="reconsiderations"),
    path("xem-xet-lai/<int:pk>/", reconsiderations.request_page, name="reconsideration"),
]
