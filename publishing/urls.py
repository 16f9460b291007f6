from django.urls import path

from publishing.views import about, feeds, machines, public, reconsider

app_name = "publishing"

urlpatterns = [
    path("", public.home, name="home"),
    path("thong-bao.atom", feeds.feed, name="feed"),
    path("thong-bao/<slug:slug>/", public.notice, name="notice"),
    path("thong-bao/<slug:slug>/v<int:number>/", public.notice_version, name="notice_version"),
    path("thong-bao/<slug:slug>/in/", public.notice_print, name="notice_print"),
    path("thong-bao/<slug:slug>/van-ban.txt", public.notice_text, name="notice_text"),
    path("thong-bao/<slug:slug>/xem-xet-lai/", reconsider.reconsider, name="reconsider"),
    path(
        "thong-bao/<slug:slug>/xem-xet-lai/da-gui/",
        reconsider.reconsider_sent,
        name="reconsider_sent",
    ),
    path("dinh-chinh/", public.corrections, name="corrections"),
    path("cach-kiem-chung/", about.method, name="method"),
    path("quyen-rieng-tu/", about.privacy, name="privacy"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
]
