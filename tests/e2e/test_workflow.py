"""The workflow of docs/architecture.md, from a parent's phone to the answer, once and in order."""

import re
import time
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor

RUMOUR = (
    "KHẨN!!! Công văn 2207/SGDĐT-GDTrH: học sinh khối 9 Thanh Giang phải nộp 350.000 đồng tiền "
    "thi thử trước ngày 30/11, ai không nộp không được thi."
)
RETOLD = (
    "khẩn: công văn 2207/SGDĐT-GDTrH: học sinh khối 9 Thanh Giang phải nộp 350k tiền thi thử "
    "trước ngày 30/11, ai không nộp không được thi 😱😱"
)
HEADLINE = "Học sinh khối 9 không phải nộp tiền thi thử"


def submit(page: Page, text: str) -> str:
    """Submit a report as a parent does; returns the receipt."""
    page.goto("/gui/")
    page.get_by_label("Thông tin cần kiểm chứng").fill(text)
    page.get_by_role("radio", name="Nhóm Zalo").check()
    page.get_by_role("button", name=re.compile("^(Vẫn g|G)ửi phản ánh$")).click()
    if page.get_by_role("button", name="Vẫn gửi phản ánh").is_visible():
        page.get_by_role("button", name="Vẫn gửi phản ánh").click()
    expect(page.get_by_role("heading", name="Đã tiếp nhận phản ánh")).to_be_visible()
    return page.locator("#ma-tra-cuu").inner_text().replace("\n", " ")


def look_up(page: Page, receipt: str) -> None:
    page.goto("/tra-cuu/")
    page.get_by_label("Mã tra cứu").fill(receipt)
    page.get_by_role("button", name="Xem").click()


def open_case(page: Page, text: str) -> None:
    """Find the case in the queue; the worker may still be opening it."""
    row = page.locator(".kt-q", has_text=text)
    for _ in range(60):
        page.goto("/ban/?q=2207/SGDĐT-GDTrH")
        if row.count():
            break
        time.sleep(0.5)
    row.get_by_role("link").first.click()


def add_evidence(page: Page, letter: Path) -> None:
    form = page.locator("#them-can-cu")
    form.locator("select[name=evidence-source]").select_option(label="Sở GD&ĐT Thanh Giang")
    form.get_by_role("radio", name="Bác bỏ").check()
    form.locator("textarea[name=evidence-quote]").fill("Các trường dạy học bình thường.")
    form.locator("input[name=evidence-document_number]").fill("2207/SGDĐT-GDTrH")
    form.locator("input[name=evidence-document_date]").fill(time.strftime("%Y-%m-%d"))
    form.locator("input[name=evidence-upload]").set_input_files(letter)
    form.get_by_role("button", name="Thêm căn cứ").click()
    cited = page.locator("#can-cu .kt-etable > li")
    expect(cited).to_have_count(1)
    expect(cited).to_contain_text("Có chữ ký số của nguồn")
    expect(cited.locator("mark")).to_have_text("Các trường dạy học bình thường.")


def write_verdict(page: Page) -> None:
    form = page.locator("#ket-luan")
    form.locator("input[name$=rating][value=false]").check()
    form.locator("[name$=headline]").fill(HEADLINE)
    form.locator("[name$=claim]").fill(
        "Công văn 2207/SGDĐT-GDTrH bắt học sinh khối 9 nộp 350.000 đồng tiền thi thử."
    )
    form.locator("[name$=explanation]").fill("Công văn có thật nhưng không nói về khoản thu nào.")
    form.locator("[name$=what_is_true]").fill("Sở không thu tiền thi thử.\nThi thử là tự nguyện.")
    form.locator("[name$=what_to_do]").fill("Không chuyển tiền theo tin nhắn.")
    form.locator("[name$=review_by]").fill(
        time.strftime("%Y-%m-%d", time.gmtime(time.time() + 30 * 86400))
    )
    for box in form.locator("input[name$=checklist]").all():
        box.check()
    form.get_by_role("radio", name="Công bố thông báo").check()
    form.get_by_role("button", name="Trình duyệt").click()
    expect(page.locator(".kt-casebar")).to_contain_text("Đang duyệt")


def approve(page: Page) -> None:
    page.goto("/ban/duyet/")
    page.get_by_role("link", name=HEADLINE).first.click()
    for box in page.locator("input[name=read], input[name$=-nobody]").all():
        box.check()
    page.locator("#quyet-dinh").get_by_role("radio", name="Không", exact=True).check()
    page.get_by_role("button", name="Phê duyệt").click()


def publish(page: Page) -> None:
    page.goto("/ban/duyet/")
    page.get_by_role("link", name=HEADLINE).first.click()
    page.get_by_role("button", name="Công bố").click()


def check_answer(page: Page, receipt: str) -> None:
    """The answer is on the tracking page; the worker may still be notifying reporters."""
    for _ in range(40):
        look_up(page, receipt)
        if page.get_by_text(HEADLINE).count():
            break
        time.sleep(0.5)
    expect(page.locator(".kt-answer")).to_contain_text("Sai")
    expect(page.locator(".kt-answer")).to_contain_text("Sở không thu tiền thi thử.")


def check_public_notice(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=HEADLINE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(page.locator(".kt-zalo")).to_contain_text("là sai")
    page.get_by_role("link", name="Xem bản lưu").click()
    picture = page.get_by_role("img", name="Trang 1, câu trích được tô")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1000


def check_suggested_while_typing(page: Page) -> None:
    page.goto("/gui/")
    page.get_by_label("Thông tin cần kiểm chứng").press_sequentially(RETOLD[:90])
    page.get_by_role("link", name="Xem kết quả tìm được").click()
    suggestion = page.locator(".kt-suggest")
    expect(suggestion.get_by_role("heading")).to_be_in_viewport()
    expect(suggestion).to_contain_text("thi thử")
    expect(suggestion.get_by_role("link")).to_be_visible()


def test_report_from_a_phone_becomes_a_published_answer(visitor: Visitor, letter: Path) -> None:
    parent, neighbour = visitor(phone=True), visitor(phone=True, java_script_enabled=False)
    receipt = submit(parent, RUMOUR)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4} ?){6}", receipt)
    second_receipt = submit(neighbour, RETOLD)
    assert second_receipt != receipt

    checker = visitor("checker")
    open_case(checker, "2207")
    checker.get_by_role("button", name="Nhận xử lý").click()
    expect(checker.locator(".kt-casebar")).to_contain_text("Đang kiểm chứng")
    case_url = checker.url
    look_up(parent, receipt)
    expect(parent.get_by_text("Chưa có câu trả lời")).to_be_visible()

    expect(checker.locator("#ai-duyet")).to_contain_text("Sở Giáo dục và Đào tạo Bình Lam")
    add_evidence(checker, letter)
    write_verdict(checker)
    look_up(parent, receipt)
    expect(parent.get_by_text("Đang chờ").first).to_contain_text("Bình Lam")
    approve(visitor("binhlam-reviewer"))
    publish(visitor("approver", phone=True))

    check_public_notice(parent)
    check_answer(parent, receipt)
    check_answer(neighbour, second_receipt)
    check_suggested_while_typing(visitor(phone=True))
    checker.goto(case_url)
    expect(checker.locator(".kt-casebar")).to_contain_text("Đã công bố")


def test_the_same_form_sent_again_by_the_back_button_gives_the_same_receipt(
    visitor: Visitor,
) -> None:
    page = visitor(phone=True)
    first = submit(page, "Ngày mai trường nào cũng nghỉ vì mất điện toàn tỉnh, các bác biết chưa?")
    page.go_back()
    page.get_by_role("button", name=re.compile("^(Vẫn g|G)ửi phản ánh$")).click()
    expect(page.locator("#ma-tra-cuu")).to_be_visible()
    assert page.locator("#ma-tra-cuu").inner_text().replace("\n", " ") == first


def test_an_author_who_is_also_a_reviewer_cannot_approve_their_own_verdict(
    visitor: Visitor,
) -> None:
    author = visitor("ward")  # checker, reviewer and approver at once, as in a small commune
    author.goto("/ban/duyet/")
    section = author.locator("section", has=author.locator("#cua-toi"))
    section.get_by_role("link").first.click()
    expect(author.get_by_role("heading", level=1)).to_contain_text("Duyệt:")
    expect(author.get_by_role("button", name="Phê duyệt")).to_have_count(0)
    expect(author.get_by_text("người khác")).to_be_visible()
