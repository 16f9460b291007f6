from django.urls import path

from api.v1.views import catalogue, desk, docs, notices, reports

urlpatterns = [
    path("reports", reports.Reports.as_view(), name="reports"),
    path("reports/track", reports.Track.as_view(), name="track"),
    path("notices", notices.NoticeList.as_view(), name="notices"),
    path("notices/<slug:slug>", notices.NoticeDetail.as_view(), name="notice"),
    path("topics", catalogue.Topics.as_view(), name="topics"),
    path("units", catalogue.Units.as_view(), name="units"),
    path("queue", desk.Queue.as_view(), name="queue"),
    path("cases/<int:number>", desk.CaseDetail.as_view(), name="case"),
    path("schema", docs.Schema.as_view(), name="schema"),
    path("docs", docs.docs, name="docs"),
]
