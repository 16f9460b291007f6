"""Pages of the invented offices, as a fetch would find them on their sites."""

from django.utils.html import format_html

from demo.stories import Citation
from factcheck.domain.editorial.fetching import Page

_PAGE = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head>
<body><header><p>{office}</p><p>Trang minh họa, chỉ dùng trong dữ liệu mẫu.</p></header>
<main><h1>{title}</h1>{number}{dated}
<p>Sau khi kiểm tra, {office} thông báo như sau. {quote} Thông báo này được đăng trên trang của cơ
quan để mọi người cùng biết.</p></main>
<footer><p>Địa chỉ: {url}</p></footer></body></html>
"""


def fetched(citation: Citation) -> Page:
    """The page that a citation quotes."""
    number = format_html("<p>Số: {}</p>", citation.number) if citation.number else ""
    day = citation.dated
    dated = format_html("<p>Ngày {}</p>", f"{day:%d/%m/%Y}") if day else ""
    html = format_html(
        _PAGE,
        title=citation.title or citation.source,
        office=citation.source,
        number=number,
        dated=dated,
        quote=citation.quote,
        url=citation.url,
    )
    return Page(citation.url, "text/html", html.encode())
