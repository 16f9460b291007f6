"""Example bodies of the schema; a test sends each one, so they stay valid."""

from typing import Any

CODE = "7K3M29QDX4TNW0RB8HVC5YPE"
GROUPED = "7K3M 29QD X4TN W0RB 8HVC 5YPE"

REPORT: dict[str, Any] = {
    "text": "Mai cả tỉnh nghỉ học tránh lũ, thầy cô báo phụ huynh lớp mình với ạ.",
    "seen_where": "zalo",
    "seen_when": "today",
    "question": "Mai con tôi có phải đi học không?",
    "unit": "th-nang-mai",
}
RECEIPT: dict[str, Any] = {
    "receipt": CODE,
    "receipt_grouped": GROUPED,
    "created": True,
    "read_by": "UBND phường Bến Trăng",
    "track_url": "https://kiemtin.example/tra-cuu/",
}
TRACK: dict[str, Any] = {"receipt": GROUPED}
TRACKED: dict[str, Any] = {
    "stage": "checking",
    "stage_label": "Đang kiểm chứng",
    "read_by": "UBND phường Bến Trăng",
    "steps": [
        {
            "stage": "received",
            "label": "Đã tiếp nhận",
            "at": "2026-11-20T20:14:03+07:00",
            "note": "",
        },
        {
            "stage": "checking",
            "label": "Đang kiểm chứng",
            "at": "2026-11-20T20:31:40+07:00",
            "note": "Thông tin đang được đối chiếu với nguồn chính thức.",
        },
        {"stage": "in_review", "label": "Người thứ hai đang duyệt", "at": None, "note": ""},
        {"stage": "answered", "label": "Đã trả lời", "at": None, "note": ""},
    ],
    "answers": [],
}
