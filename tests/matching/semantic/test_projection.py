from collections.abc import Sequence

from matching.semantic.embedder import BundledEmbedder, cosine
from matching.semantic.projection import ProjectedEmbedder

SAME = (
    "Ngày mai tất cả các trường cho học sinh nghỉ học",
    "Mai học trò toàn tỉnh không phải đến lớp",
)
OTHER = ("Giá vàng hôm nay tăng mạnh", "Uống nước chanh chữa ung thư", "Bắt được con rắn hổ mang")


def test_unrelated_texts_are_far_and_the_same_claim_is_near(bundled: BundledEmbedder) -> None:
    model = ProjectedEmbedder(bundled)
    one, same, *others = model.queries([*SAME, *OTHER])
    assert len(one) == model.dimension
    assert all(abs(cosine(one, other)) < 0.25 for other in others)
    assert cosine(one, same) > 0.4
    plain = bundled.queries([SAME[0], OTHER[0]])
    assert cosine(*plain) > 0.7  # why there is a projection


def test_a_question_in_english_finds_the_claim_in_vietnamese(bundled: BundledEmbedder) -> None:
    model = ProjectedEmbedder(bundled)
    asked, right, *others = model.queries(["Is there no school tomorrow?", SAME[0], *OTHER])
    assert cosine(asked, right) > 0.1 + max(cosine(asked, other) for other in others)


def test_the_name_contains_the_model_and_the_version(bundled: BundledEmbedder) -> None:
    model = ProjectedEmbedder(bundled)
    assert model.name.startswith(bundled.name)
    assert model.name != bundled.name


def test_no_texts_give_no_vectors() -> None:
    class Never:
        name, dimension = "never", 384

        def queries(self, texts: Sequence[str]) -> list[Sequence[float]]:
            assert not texts
            return []

        passages = queries

    assert ProjectedEmbedder(Never()).passages([]) == []
