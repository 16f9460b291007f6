"""Addresses of articles in Vietnamese newspapers: the number at the end identifies the article.

The words before it follow the headline and change with it; the section before them, the ending
(``.htm``, ``.amp``) and a mobile host do not make a different article. A different host does.
"""

import re

_NEWSPAPERS = (
    # the path's last part ends in "-<number>", as their content systems write it
    "vnexpress.net e.vnexpress.net dantri.com.vn tuoitre.vn tuoitrenews.vn thanhnien.vn nld.com.vn "
    "vietnamnet.vn laodong.vn tienphong.vn znews.vn kenh14.vn soha.vn cafef.vn cafebiz.vn genk.vn "
    "vtv.vn vov.vn vtc.vn vtcnews.vn baochinhphu.vn nhandan.vn sggp.org.vn "
    "xaydungchinhsach.chinhphu.vn "
    "giaoducthoidai.vn giaoduc.net.vn plo.vn vietnamplus.vn qdnd.vn cand.com.vn anninhthudo.vn "
    "hanoimoi.vn baotintuc.vn suckhoedoisong.vn nguoiduatin.vn vneconomy.vn congthuong.vn "
    "baodautu.vn doisongphapluat.com.vn phunuonline.com.vn afamily.vn gamek.vn"
)
_HOSTS = frozenset(_NEWSPAPERS.split())
# A number alone is long enough not to be a year, a day (20231120) or a count in the headline.
_ARTICLE_SEGMENT = re.compile(r"(?:[^/]*-)?(post|ar|i|d|a)?([0-9]{5,20})(?:\.(?:[a-z]{2,5}))*")
_MIN_BARE_DIGITS = 7
_SECTION = re.compile(r"/(en|english|video|podcast|infographic|photo|media|chu-de|tag|tags)(?=/)")
_DATE = re.compile(r"(?:19|20)[0-9]{6}|[0-9]{4}(?:19|20)[0-9]{2}")  # 20231120, 20112023


def article_path(host: str, path: str) -> str:
    """Return the path that identifies an article, e.g. ``/-4567890``; empty for any other page.

    An edition or kind at the start of a path (``/en/``, ``/video/``) stays.
    """
    if host not in _HOSTS:
        return ""
    match = _ARTICLE_SEGMENT.fullmatch(path.rpartition("/")[2])
    if match is None:
        return ""
    mark, number = match[1] or "", match[2]
    if not mark and (len(number) < _MIN_BARE_DIGITS or _DATE.fullmatch(number)):
        return ""
    section = _SECTION.match(path)
    return (section[0] if section else "") + f"/-{mark}{number}"
