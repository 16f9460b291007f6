"""Wrappers around a link: warning pages of chat programs, redirects, caches, translations.

A wrapper is removed only if it is known and contains a whole web address; nothing is fetched.
"""

import re
from urllib.parse import parse_qsl, unquote

# Host (without www and mobile prefixes) and path → the parameters that may contain the address.
_GOOGLE = r"google\.(?:com?\.)?[a-z]{2,3}"
_RULES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (r"(?:l|lm)\.facebook\.com", r"/.*", ("u",)),
    (r"facebook\.com", r"/(?:l|flx/warn/?|sharer|sharer/sharer|share)(?:\.php)?/?", ("u",)),
    (r"facebook\.com", r"(?:/v[0-9.]+)?/plugins/(?:post|video|like|comments)(?:\.php)?", ("href",)),
    (r"facebook\.com", r"(?:/v[0-9.]+)?/dialog/(?:share|feed|send)", ("href", "link")),
    (r"facebook\.com", r"/login(?:\.php|/.*)?", ("next",)),
    (r"l\.(?:messenger|instagram|threads)\.(?:com|net)|l\.wl\.co", r"/.*", ("u",)),
    (_GOOGLE, r"/(?:url|imgres|interstitial)", ("q", "url", "imgrefurl")),
    (r"(?:consent|accounts)\.(?:google|youtube)\.com", r"/.*", ("continue",)),
    (r"googleweblight\.com", r"/.*", ("u", "lite_url")),
    (r"translate\." + _GOOGLE + r"|translate\.googleusercontent\.com", r"/.*", ("u",)),
    (r"youtube\.com", r"/(?:redirect|oembed|attribution_link|signin)", ("q", "url", "u", "next")),
    (r"(?:[a-z0-9-]+\.){0,2}zalo(?:app\.com|\.me)", r"/.*", ("url", "u", "link", "target")),
    (r"t\.me", r"/(?:iv|share(?:/url)?)/?", ("url",)),
    (r"x\.com", r"/(?:share|intent/(?:tweet|post)|i/redirect)", ("url",)),
    (r"tiktok\.com", r"/link/v[0-9]+", ("target",)),
    (r"linkedin\.com", r"/(?:redir/redirect|sharing/share-offsite|safety/go)/?", ("url",)),
    (r"out\.reddit\.com", r"/.*", ("url",)),
    (r"reddit\.com", r"/submit/?", ("url",)),
    (r"vk\.com", r"/(?:away|share)\.php", ("to", "url")),
    (r"duckduckgo\.com", r"/l/?", ("uddg",)),
    (r"(?:[a-z0-9]+\.)?safelinks\.protection\.outlook\.com", r"/.*", ("url",)),
    (r"slack-redir\.net", r"/link", ("url",)),
    (r"social-plugins\.line\.me", r"/lineit/share/?", ("url",)),
)  # fmt: skip
_BY_PARAMETER = tuple((re.compile(host), re.compile(path), names) for host, path, names in _RULES)

# The address is the rest of the path: host, path up to the address; "s" means https.
_BY_PATH: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"(?:[a-z0-9-]+\.)?cdn\.ampproject\.org|(?:[a-z0-9-]+\.)?bing-amp\.com"),
     re.compile(r"/(?:c|v|wp)/(?:s/)?(.+)")),
    (re.compile(_GOOGLE), re.compile(r"/amp/(?:s/)?(.+)")),
    (re.compile(r"(?:web\.)?archive\.org"),
     re.compile(r"/web/(?:[0-9]{4,14}|\*)(?:[a-z]{2}_)?/(.+)")),
    (re.compile(r"archive\.(?:today|ph|is|md|fo|li|vn)"),
     re.compile(r"/(?:[0-9]{4,14}|newest|oldest|latest)/(.+)")),
)  # fmt: skip
_TRANSLATED = re.compile(r"([a-z0-9-]+)\.translate\.goog")
_ADDRESS = re.compile(r"https?:/{1,2}[^/\s.]+\.\S+", re.IGNORECASE)
_BARE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]+)?(?:[/?#]\S*)?", re.IGNORECASE)
_MAX_PARAMETERS = 100
_ERRORS = "surrogateescape"  # as matching.links.canonical_urls reads them: nothing is lost


def _web_address(text: str, *, bare: bool) -> str:
    """The text as a whole web address; empty if it is not one. ``bare``: it may lack its scheme."""
    if not _ADDRESS.match(text) and re.match(r"https?%3a", text, re.IGNORECASE):
        text = unquote(text, errors=_ERRORS)
    if _ADDRESS.fullmatch(text):
        scheme, _, rest = text.partition(":")
        return f"{scheme}://{rest.lstrip('/')}"
    return f"https://{text}" if bare and _BARE.fullmatch(text) else ""


def _from_parameter(host: str, path: str, query: str) -> str:
    named = [
        names
        for host_pattern, path_pattern, names in _BY_PARAMETER
        if host_pattern.fullmatch(host) and path_pattern.fullmatch(path or "/")
    ]
    if not named:
        return ""
    pairs = parse_qsl(query.replace("&amp;", "&"), max_num_fields=_MAX_PARAMETERS, errors=_ERRORS)
    fields = dict(reversed(pairs))
    for name in (name for names in named for name in names):
        if inner := _web_address(fields.get(name, ""), bare=False):
            return inner
        if host == "youtube.com" and fields.get(name, "").startswith("/watch?"):
            return f"https://youtube.com{fields[name]}"  # attribution_link names its own site
    return ""


def _from_path(host: str, path: str, query: str, fragment: str) -> str:
    for host_pattern, path_pattern in _BY_PATH:
        if host_pattern.fullmatch(host) and (match := path_pattern.fullmatch(path)):
            rest = match[1] + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
            return _web_address(rest, bare=True)
    return ""


def _decode_host(coded: str) -> str:
    """The host that translate.goog writes as ``vnexpress-net`` (a hyphen is doubled)."""
    return coded.replace("--", "\0").replace("-", ".").replace("\0", "-")


def unwrap(host: str, path: str, query: str, fragment: str = "") -> str:
    """Return the address inside a wrapper; empty if the link is not a known wrapper.

    ``host`` without mobile prefixes; path, query and fragment as they were sent.
    """
    if translated := _TRANSLATED.fullmatch(host):
        pairs = [part for part in query.split("&") if part and not part.startswith("_x_tr_")]
        origin = _decode_host(translated[1])
        if "." not in origin:
            return ""
        rest = f"?{'&'.join(pairs)}" if pairs else ""
        return f"https://{origin}{path}{rest}" + (f"#{fragment}" if fragment else "")
    return _from_parameter(host, path, query) or _from_path(host, path, query, fragment)
