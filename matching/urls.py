"""Links in a text, and one form per page, so that the same page is found again.

What is dropped: scheme, ``www``, mobile and AMP hosts, default ports, fragments, user names,
trailing slashes and parameters that only track the reader.
"""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

MAX_URL = 8_000  # characters; longer input is not a link anybody typed
_MAX_FIELDS = 100

_TLD = (
    "com|vn|net|org|edu|gov|info|biz|io|ly|gl|xyz|top|club|online|site|shop|store|app|link|"
    "live|cc|tv|asia|win|vip|pro|fun|icu|work|page|dev|me|co|us|uk|ru|cn|kr|jp|example"
)
# Every quantifier is bounded by a literal dot or a space: the time is linear in the text.
_BARE = (
    r"(?<![\w@./:-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}(?:" + _TLD + r")(?![\w-])(?!\.\w)"
    r"(?::[0-9]{2,5})?(?:[/?][^\s<>\"“”]*)?"
)
URL = re.compile(r"https?://[^\s<>\"“”]+|" + _BARE, re.IGNORECASE)
_TRAILING = ".,;:!?'\"’”)]}>…*_~"

_TRACKING_PREFIXES = ("utm_", "__", "mc_", "pk_", "hsa_", "vero_", "_hs", "ga_", "fb_")
_TRACKERS = (
    "fbclid gclid dclid gbraid wbraid msclkid twclid ttclid yclid igshid igsh zarsrc zalo_src "
    "mibextid rdid share_url sfnsn extid refsrc _rdr paipv eav ref ref_src ref_url referrer si "
    "feature is_from_webapp sender_device sender_web_id web_id _t _r _d share_app_id tt_from "
    "spm cmpid gidzl vgsid share_id zclid"
)
_TRACKING = frozenset(_TRACKERS.split())
_SAME_HOST = {
    "fb.com": "facebook.com",
    "youtube-nocookie.com": "youtube.com",
    "twitter.com": "x.com",
}
_FRONT_HOST = re.compile(r"^(?:www|m|mobile|mbasic|touch|amp|wap)[0-9]?\.(?=[^.]+\.)")
_FACEBOOK_FRONT = re.compile(r"^(?:web|free|vi-vn|en-gb|[a-z]{2}-[a-z]{2})\.(?=facebook\.com$)")
_VIDEO_PATH = re.compile(r"^/(?:shorts|live|embed|v)/([\w-]{6,20})$")


def find_urls(text: str) -> list[str]:
    """Return the links in order of appearance, with repeats; a bare host gets ``https://``.

    Closing punctuation is not part of a link. Linear in the length of the text.
    """
    found: list[str] = []
    for match in URL.finditer(text):
        url = match.group().rstrip(_TRAILING)
        found.append(url if url[:4].lower() == "http" and "://" in url else "https://" + url)
    return found


def strip_urls(text: str) -> str:
    """Return the text with each link replaced by a space."""
    return URL.sub(" ", text)


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or len(host) > 253:
        return ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    while front := _FRONT_HOST.match(host):
        host = host[front.end() :]
    host = _FACEBOOK_FRONT.sub("", host)
    host = _SAME_HOST.get(host, host)
    if not re.fullmatch(r"[a-z0-9.:_-]+", host) or ("." not in host and ":" not in host):
        return ""
    port = parts.port
    return host if port in (None, 80, 443) else f"{host}:{port}"


def _path(path: str) -> str:
    clean = re.sub(r"/{2,}", "/", quote(unquote(path), safe="/:@!$&'()*+,;=~-._"))
    clean = clean.rstrip("/")
    return clean[:-4].rstrip("/") if clean.endswith("/amp") else clean


def _is_tracking(name: str) -> bool:
    lowered = name.lower()
    return lowered in _TRACKING or lowered.startswith(_TRACKING_PREFIXES)


def _canonical(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        return ""
    host, path = _host(parts), _path(parts.path)
    if not host:
        return ""
    fields = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=_MAX_FIELDS)
    query = sorted({pair for pair in fields if not _is_tracking(pair[0])})
    if host == "youtu.be" and len(path) > 1:
        host, path, query = "youtube.com", "/watch", [("v", path[1:])]
    elif host == "youtube.com" and (video := _VIDEO_PATH.match(path)):
        path, query = "/watch", [("v", video.group(1))]
    elif host == "youtube.com" and path == "/watch":
        query = [pair for pair in query if pair[0] == "v"]
    return f"https://{host}{path}" + (f"?{urlencode(query)}" if query else "")


def canonical_url(url: str) -> str:
    """Return the one form of a link, e.g. ``https://youtube.com/watch?v=abc``; never raises.

    The scheme is always written ``https``. ``""`` if the input is not a web address or is
    malformed. A bare host such as ``facebook.com/x`` counts as a web address.
    """
    url = url.strip()
    if not url or len(url) > MAX_URL:
        return ""
    if "://" not in url[:10]:
        if not re.fullmatch(_BARE, url, re.IGNORECASE):
            return ""
        url = "https://" + url
    try:
        return _canonical(url)
    except (ValueError, UnicodeError):
        return ""


def is_home_page(canonical: str) -> bool:
    """Say whether a canonical link names only a site: no claim can be told from it."""
    return canonical.count("/") < 3 and "?" not in canonical
