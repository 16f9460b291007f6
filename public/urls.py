from django.urls import path

from public.views import (
    about,
    copies,
    feeds,
    notices,
    receipt,
    reconsider,
    robots,
    submit,
    suggest,
    track,
)

app_name = "public"

urlpatterns = [
    path("", notices.home, name="home"),
    path("thong-bao.atom", feeds.feed, name="feed"),
    path("thong-bao/<slug:slug>/", notices.notice, name="notice"),
    path("thong-bao/<slug:slug>/v<int:number>/", notices.notice_version, name="notice_version"),
    path(
        "thong-bao/<slug:slug>/v<int:number>/can-cu-<int:position>/",
        copies.copy,
        name="notice_copy",
    ),
    path(
        "thong-bao/<slug:slug>/v<int:number>/can-cu-<int:position>/trang-<int:page>.png",
        copies.copy_page,
        name="notice_copy_page",
    ),
    path(
        "thong-bao/<slug:slug>/v<int:number>/can-cu-<int:position>/tep/",
        copies.copy_file,
        name="notice_copy_file",
    ),
    path("thong-bao/<slug:slug>/in/", notices.notice_print, name="notice_print"),
    path("thong-bao/<slug:slug>/van-ban.txt", notices.notice_text, name="notice_text"),
    path("thong-bao/<slug:slug>/xem-xet-lai/", reconsider.reconsider, name="reconsider"),
    path(
        "thong-bao/<slug:slug>/xem-xet-lai/da-gui/",
        reconsider.reconsider_sent,
        name="reconsider_sent",
    ),
    path("dinh-chinh/", notices.corrections, name="corrections"),
    path("cach-kiem-chung/", about.method, name="method"),
    path("quyen-rieng-tu/", about.privacy, name="privacy"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("gui/", submit.submit, name="submit"),
    # Before the units: no unit may be called "goi-y", and a dot is in no unit's code.
    path("gui/goi-y/", suggest.suggest, name="suggest"),
    path("gui/ma.txt", receipt.text_file, name="receipt_text"),
    path("gui/<slug:unit>/", submit.submit, name="submit_unit"),
    path("tra-cuu/", track.track, name="track"),
]
