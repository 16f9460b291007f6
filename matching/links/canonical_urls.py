"""Canonical URLs: links in a text, each in the one form of its page.

Dropped are scheme, ``www``, mobile and AMP hosts, default ports, fragments, user names,
trailing slashes, tracking parameters, wrappers around a link (``matching.links.wrappers``), and the
variants in which one site writes the address of one page (``matching.links.sites``). In doubt two
addresses stay distinct: two pages must never become one.

Nothing is fetched, so a short link (bit.ly, s.net.vn, vt.tiktok.com) stays as it is.
"""

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit

from matching.links import sites, wrappers
from matching.links.sites import PageAddress

MAX_URL = 8_000  # characters; longer input is not a link
_MAX_PARAMETERS = 100
_MAX_WRAPPERS = 8  # nested
_PASSES = 4  # in practice the second pass changes nothing
_ERRORS = "surrogateescape"  # %FF and %FE are two pages, though neither is text

_TLD = (
    "com|vn|net|org|edu|gov|info|biz|io|ly|gl|xyz|top|club|online|site|shop|store|app|link|"
    "live|cc|tv|asia|win|vip|pro|fun|icu|work|page|dev|me|co|us|uk|ru|cn|kr|jp|be|goog|watch|example"
)
# Every quantifier is bounded by a literal dot or a space: the time is linear in the text.
_BARE = (
    r"(?<![\w@./:-])(?:[a-z0-9][a-z0-9-]{0,62}\.){1,5}(?:" + _TLD + r")(?![\w-])(?!\.\w)"
    r"(?::[0-9]{2,5})?(?:[/?][^\s<>\"“”]*)?"
)
URL = re.compile(r"https?://[^\s<>\"“”]+|" + _BARE, re.IGNORECASE)
_TRAILING = frozenset(".,;:!?'\"’”)]}>…")
_MARKUP = frozenset("*_~")  # a YouTube id may end in "_", so only where the text began with it

_TRACKING_PREFIXES = (
    "utm_", "__", "mc_", "pk_", "hsa_", "vero_", "_hs", "ga_", "mtm_", "itm_", "at_", "ns_", "vn_",
    "fb_action", "fb_ref", "fb_source", "amp_",
)  # fmt: skip
_TRACKERS = (
    "fbclid gclid dclid gbraid wbraid msclkid twclid ttclid yclid ysclid srsltid gad_source "
    "gad_campaignid _ga _gl _gid igshid igsh ig_rid zarsrc zalo_src zagp gidzl zclid "
    "mibextid rdid share_url sfnsn extid refsrc _rdr _rdc paipv eav ref ref_src ref_url referrer "
    "is_from_webapp sender_device sender_web_id web_id share_app_id tt_from "
    "spm cmpid ncid xmt vgsid share_id sc_cid mkt_tok trk _openstat epik s_cid usqp"
)
_TRACKING = frozenset(_TRACKERS.split())
_AMP_PARAMETERS = frozenset({("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")})
_HOST_PREFIX = re.compile(r"^(?:www|m|mobile|mbasic|touch|amp|wap)[0-9]?\.(?=[^.]+\.)")
# The label before one of these is a registered name, even if it is "m" or "mobile".
_PUBLIC_SUFFIX = re.compile(
    r"(?:com|net|org|edu|gov|info|biz|name|health|int|ac|pro|co|or|ne|go)\.[a-z]{2}|"
    r"(?:blogspot|wordpress|weebly|wixsite|webflow|tumblr)\.com|github\.io|(?:web|netlify|vercel|"
    r"firebaseapp|herokuapp)\.(?:app|com)|(?:pages|workers)\.dev"
)


def find_urls(text: str) -> list[str]:
    """Return the links in order of appearance, with repeats; a bare host gets ``https://``.

    Closing punctuation is not part of a link, except a bracket that the link itself opened.
    Linear in the length of the text.
    """
    urls: list[str] = []
    for match in URL.finditer(text):
        before = text[match.start() - 1 : match.start()]
        url = _strip_closing(match.group(), before)
        urls.append(url if url[:4].lower() == "http" and "://" in url else "https://" + url)
    return urls


def _strip_closing(url: str, before: str) -> str:
    end, unopened = len(url), url.count(")") - url.count("(")
    while end and (
        url[end - 1] in _TRAILING or (url[end - 1] in _MARKUP and url[end - 1] == before)
    ):
        if url[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return url[:end]


def strip_urls(text: str) -> str:
    """Return the text with each link replaced by a space."""
    return URL.sub(" ", text)


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or len(host) > 253:
        return ""
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if not re.fullmatch(r"[a-z0-9._-]+", host):
        return f"[{host}]" if re.fullmatch(r"[0-9a-f:.]+", host) and ":" in host else ""
    while (front := _HOST_PREFIX.match(host)) and not _PUBLIC_SUFFIX.fullmatch(host[front.end() :]):
        host = host[front.end() :]
    return sites.canonical_host(host) if "." in host else ""


def _path(path: str) -> str:
    parts = [
        quote(unquote(part, errors=_ERRORS), safe=":@!$&'()*+,;=~-._", errors=_ERRORS)
        for part in path.split("/")
        if part
    ]
    if len(parts) > 1 and parts[-1] == "amp":
        parts.pop()
    return "".join(f"/{part}" for part in parts)


def _is_tracking(pair: tuple[str, str]) -> bool:
    name = pair[0].lower()
    amp = (name, pair[1].lower()) in _AMP_PARAMETERS
    return amp or name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _kept_parameters(query: str) -> list[tuple[str, str]]:
    """The parameters without tracking, sorted by name; of one name each value once, in order."""
    query = query.replace("&amp;", "&")
    fields = parse_qsl(
        query, keep_blank_values=True, max_num_fields=_MAX_PARAMETERS, errors=_ERRORS
    )  # fmt: skip
    kept = dict.fromkeys(pair for pair in fields if not _is_tracking(pair))
    return sorted(kept, key=lambda pair: pair[0])


def _routing_fragment(fragment: str) -> str:
    """A fragment that names a page (``#/tin/1``, ``#!/tin/1``), not a position in one."""
    if not fragment.startswith(("/", "!/")) or len(fragment.strip("!/")) == 0:
        return ""
    return "#" + quote(
        unquote(fragment, errors=_ERRORS), safe="/:@!$&'()*+,;=~-._?", errors=_ERRORS
    )


def _unwrap(parts: SplitResult) -> SplitResult | None:
    """The address inside all wrappers; None if there are too many."""
    for _ in range(_MAX_WRAPPERS):
        if parts.scheme not in ("http", "https") or not (host := _host(parts)):
            return None
        inner = wrappers.unwrap(host, parts.path, parts.query, parts.fragment)
        if not inner:
            return parts
        parts = urlsplit(inner)
    return None


def _canonical(url: str) -> str:
    parts = _unwrap(urlsplit(url))
    if parts is None:
        return ""
    host = _host(parts)
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    page = sites.canonical_page(
        PageAddress(host + port, _path(parts.path), tuple(_kept_parameters(parts.query)))
    )
    query = urlencode(page.query, errors=_ERRORS)
    return (
        f"https://{page.host}{page.path}"
        + (f"?{query}" if query else "")
        + _routing_fragment(parts.fragment)
    )


def canonical_url(url: str) -> str:
    """Return the one form of a link, e.g. ``https://youtube.com/watch?v=abc``; never raises.

    The scheme is always written ``https``. ``""`` if the input is not a web address or is
    malformed. A bare host such as ``facebook.com/x`` counts as a web address. Idempotent.
    """
    url = url.strip()
    if not url or len(url) > MAX_URL:
        return ""
    if "://" not in url[:10]:
        if not re.fullmatch(_BARE, url, re.IGNORECASE):
            return ""
        url = "https://" + url
    try:
        canonical = _canonical(url)
        for _ in range(_PASSES):
            again = _canonical(canonical) if canonical else ""
            if again == canonical:
                return canonical
            canonical = again
    except (ValueError, UnicodeError):
        return ""
    return ""


def is_home_page(canonical: str) -> bool:
    """Whether a canonical link names only a site, which identifies no claim."""
    return canonical.count("/") < 3 and "?" not in canonical
