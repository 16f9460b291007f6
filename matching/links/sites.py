"""Site rules: the variants in which one site writes the address of one page.

Each rule is for one site: what identifies the page (an id that the site gives once) stays, the rest
is dropped. An address that fits no rule stays as it is: in doubt two pages are two.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from matching.links.newspapers import article_path

Parameters = tuple[tuple[str, str], ...]

# Hosts that serve the same pages as another host.
_HOST_ALIASES = {
    "fb.com": "facebook.com", "youtube-nocookie.com": "youtube.com",
    "music.youtube.com": "youtube.com", "twitter.com": "x.com", "telegram.me": "t.me",
    "telegram.dog": "t.me", "instagr.am": "instagram.com", "threads.net": "threads.com",
    "zingnews.vn": "znews.vn", "news.zing.vn": "znews.vn",
}  # fmt: skip
_FACEBOOK_HOST = re.compile(
    r"(?:web|free|touch|beta|business|d|h|p|x|z|0|iphone|[a-z]{2}-[a-z]{2})\.facebook\.com"
)
_WIKI_MOBILE_HOST = re.compile(r"([a-z-]+)\.m\.((?:wikipedia|wiktionary|wikisource|wikinews)\.org)")
_X_MIRRORS = frozenset({"fxtwitter.com", "vxtwitter.com", "fixupx.com", "fixvx.com"})


@dataclass(frozen=True, slots=True)
class PageAddress:
    """An address without what only tracks: ``path`` quoted and without a trailing slash."""

    host: str
    path: str
    query: Parameters = ()

    def keep_parameters(self, *names: str) -> "PageAddress":
        return replace(self, query=tuple(pair for pair in self.query if pair[0] in names))

    def parameter(self, name: str) -> str:
        return next((value for key, value in self.query if key == name), "")

    def with_path(self, path: str, **query: str) -> "PageAddress":
        return replace(self, path=path, query=tuple(query.items()))


def canonical_host(host: str) -> str:
    """Return the host under which a host is compared; itself if it has no alias."""
    if _FACEBOOK_HOST.fullmatch(host):
        return "facebook.com"
    if wiki := _WIKI_MOBILE_HOST.fullmatch(host):
        return f"{wiki[1]}.{wiki[2]}"
    return _HOST_ALIASES.get(host, host)


_OWNER = r"/([A-Za-z0-9.-]+)"
_POST = re.compile(_OWNER + r"/posts/(?:[^/]+/)?(pfbid\w+|[0-9]+)")
_GROUP_POST = re.compile(r"/groups/([\w.-]+)/(?:posts|permalink)/([0-9]+)")
_GROUP = re.compile(r"/groups/([\w.-]+)")
_PHOTO = re.compile(_OWNER + r"/photos/(?:[\w.-]+/){0,2}?([0-9]{6,})(?:/[0-9]+)?")
_VIDEO = re.compile(r"(?:" + _OWNER + r"/videos/(?:[^/]+/){0,2}|/reels?/|/watch/live/)([0-9]{6,})")
_PROFILE = re.compile(r"/(?:people|pages)/[^/]+/([0-9]{5,})|/([A-Za-z0-9.]{2,})")
_COMMENT = ("comment_id", "reply_comment_id")  # one comment is not the whole post


def _facebook_object(page: PageAddress) -> PageAddress | None:
    """The address of a post, photo or video, which its number identifies."""
    path, fbid, video = page.path, page.parameter("fbid"), page.parameter("v")
    story, owner = page.parameter("story_fbid"), page.parameter("id")
    if path in ("/story.php", "/permalink.php") and story and owner:
        return page.with_path(f"/{owner}/posts/{story}")
    if post := _POST.fullmatch(path):
        return page.with_path(f"/{post[1].lower()}/posts/{post[2]}")
    if post := _GROUP_POST.fullmatch(path):
        return page.with_path(f"/groups/{post[1].lower()}/posts/{post[2]}")
    if (group := _GROUP.fullmatch(path)) and page.parameter("multi_permalinks").isdecimal():
        return page.with_path(
            f"/groups/{group[1].lower()}/posts/{page.parameter('multi_permalinks')}"
        )
    if path in ("/photo", "/photo.php") and fbid.isdecimal():
        return page.with_path("/photo", fbid=fbid)
    if photo := _PHOTO.fullmatch(path):
        return page.with_path("/photo", fbid=photo[2])
    if path in ("/watch", "/video.php", "/watch/live") and video.isdecimal():
        return page.with_path("/watch", v=video)
    if clip := _VIDEO.fullmatch(path):
        return page.with_path("/watch", v=clip[2])
    return None


def _facebook(page: PageAddress) -> PageAddress:
    if object_page := _facebook_object(page):
        comment = tuple(pair for pair in page.query if pair[0] in _COMMENT)
        return replace(object_page, query=object_page.query + comment)
    if page.path == "/profile.php" and page.parameter("id").isdecimal():
        return replace(page.keep_parameters("sk"), path=f"/{page.parameter('id')}")
    if page.path.startswith("/share/"):
        return page.with_path(page.path)
    noise = ("refid", "fref", "hc_ref", "hc_location", "locale", "notif_id", "notif_t", "wtsid",
             "_ft_", "m_entstream_source", "anchor_composer", "tsid", "source", "rdc")  # fmt: skip
    page = replace(page, query=tuple(pair for pair in page.query if pair[0] not in noise))
    if profile := _PROFILE.fullmatch(page.path):
        return replace(page, path=f"/{(profile[1] or profile[2]).lower()}")
    return page


_CLIP = re.compile(r"/(?:shorts|live|embed|v|e|watch)/([\w-]{6,20})")
_NOT_CLIP_IDS = frozenset(
    {"live_stream", "videoseries"}
)  # as long as an id, but the query identifies the video


def _youtube(page: PageAddress) -> PageAddress:
    if page.host == "youtu.be":
        video = page.path[1:]
    elif page.path == "/watch":
        video = page.parameter("v")
    else:
        clip = _CLIP.fullmatch(page.path)
        video = clip[1] if clip and clip[1] not in _NOT_CLIP_IDS else ""
    if video:
        comment = page.parameter("lc")
        shown = {"lc": comment, "v": video} if comment else {"v": video}
        return PageAddress("youtube.com", "/watch", tuple(shown.items()))
    if page.path in ("/playlist", "/embed/videoseries") and page.parameter("list"):
        return page.with_path("/playlist", list=page.parameter("list"))
    if page.path.startswith("/@"):
        page = replace(page, path=page.path.lower())
    noise = (
        "feature",
        "si",
        "app",
        "pp",
        "sub_confirmation",
        "view_as",
        "hl",
        "gl",
        "themerefresh",
    )
    return replace(page, query=tuple(pair for pair in page.query if pair[0] not in noise))


# Numbers of fifteen digits and more are unique on the whole site, whatever account the link names.
_CLIP_ID = re.compile(
    r"/(?:@[\w.-]*/(?:video|photo)|v|embed(?:/v[0-9])?|player/v1|share/video|video)/([0-9]{15,20})"
    r"(?:\.html)?"
)
_STATUS = re.compile(r"/(\w+)(?:/web)?/status(?:es)?/([0-9]+)(?:/.*)?")
_CODE = re.compile(r"(?:/[\w.]+)?/(?:p|reels?|tv)/([\w-]{5,})(?:/.*)?")
_THREAD = re.compile(r"(?:/@[\w.]+/post|/t)/([\w-]{5,})(?:/.*)?")
_TELEGRAM = re.compile(r"(?:/s)?/(\w{4,})(/[0-9]+)?")


def _tiktok(page: PageAddress) -> PageAddress:
    if clip := _CLIP_ID.fullmatch(page.path):
        return page.with_path(f"/@/video/{clip[1]}")
    if page.host != "tiktok.com" or page.path.startswith("/t/"):
        return page.with_path(page.path)  # a short link, known only to TikTok
    if page.path.startswith("/@"):
        return page.with_path(page.path.lower() if page.path.count("/") == 1 else page.path)
    return page


def _x(page: PageAddress) -> PageAddress:
    if status := _STATUS.fullmatch(page.path):
        owner = "i" if len(status[2]) >= 15 else status[1].lower()
        return PageAddress("x.com", f"/{owner}/status/{status[2]}")
    return page.keep_parameters("q", "f") if page.host == "x.com" else page


def _instagram(page: PageAddress) -> PageAddress:
    code = _CODE.fullmatch(page.path)
    return page.with_path(f"/p/{code[1]}") if code else page.with_path(page.path)


def _threads(page: PageAddress) -> PageAddress:
    thread = _THREAD.fullmatch(page.path)
    return page.with_path(f"/t/{thread[1]}") if thread else page.with_path(page.path)


def _telegram(page: PageAddress) -> PageAddress:
    channel = _TELEGRAM.fullmatch(page.path)
    if channel is None:
        return page
    return replace(
        page.keep_parameters("comment", "thread"), path=f"/{channel[1].lower()}{channel[2] or ''}"
    )


def _messenger(page: PageAddress) -> PageAddress:
    owner = page.path.strip("/").lower()
    return PageAddress("messenger.com", f"/t/{owner}") if owner and "/" not in owner else page


_DOCUMENT = re.compile(
    r"(?:/a/[^/]+)?/(document|spreadsheets|presentation)(?:/u/[0-9]+)?/d/([\w-]{15,})/?.*"
)
_FORM = re.compile(
    r"/forms(?:/u/[0-9]+)?/d/(e/)?([\w-]{15,})/(?:viewform|formResponse|closedform).*"
)
_FILE = re.compile(r"/file(?:/u/[0-9]+)?/d/([\w-]{15,})/?.*")
_FOLDER = re.compile(r"/drive(?:/u/[0-9]+|/mobile)?/(?:u/[0-9]+/)?folders/([\w-]{15,})")


def _google_files(page: PageAddress) -> PageAddress:
    if (match := _DOCUMENT.fullmatch(page.path)) and match[2] != "e":
        tab = page.keep_parameters("gid") if match[1] == "spreadsheets" else page.with_path("")
        return replace(tab, path=f"/{match[1]}/d/{match[2]}")
    if match := _FORM.fullmatch(page.path):
        return page.with_path(f"/forms/d/{match[1] or ''}{match[2]}/viewform")
    if match := _FILE.fullmatch(page.path):
        return page.with_path(f"/file/d/{match[1]}")
    if match := _FOLDER.fullmatch(page.path):
        return page.with_path(f"/drive/folders/{match[1]}")
    if page.path in ("/open", "/uc") and page.parameter("id"):
        return page.with_path(f"/file/d/{page.parameter('id')}")
    return page


def _wiki(page: PageAddress) -> PageAddress:
    title = page.parameter("title")
    if page.path == "/w/index.php" and title and len(page.query) == 1:
        return page.with_path("/wiki/" + title.replace(" ", "_")) if title.isascii() else page
    return replace(page, path=page.path.replace("%20", "_"))


_RULES: dict[str, Callable[[PageAddress], PageAddress]] = {
    "facebook.com": _facebook, "fb.watch": lambda page: page.with_path(page.path),
    "youtube.com": _youtube, "youtu.be": _youtube,
    "tiktok.com": _tiktok, "vt.tiktok.com": _tiktok, "vm.tiktok.com": _tiktok,
    "x.com": _x, "instagram.com": _instagram, "threads.com": _threads,
    "t.me": _telegram, "m.me": _messenger,
    "docs.google.com": _google_files, "drive.google.com": _google_files,
    **dict.fromkeys(_X_MIRRORS, _x),
}  # fmt: skip


def canonical_page(page: PageAddress) -> PageAddress:
    """Return the canonical form of the page by its site's rule; itself if there is none."""
    if rule := _RULES.get(page.host):
        return rule(page)
    if page.host.endswith(".wikipedia.org"):
        return _wiki(page)
    if page.host.endswith(".blogspot.com"):
        return replace(page, query=tuple(pair for pair in page.query if pair != ("m", "1")))
    path = article_path(page.host, page.path)
    return replace(page.keep_parameters("page", "trang", "p"), path=path) if path else page
