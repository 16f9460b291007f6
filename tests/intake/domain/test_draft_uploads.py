import os
import time
from pathlib import Path

from django.conf import settings

from intake.domain import draft_uploads, images
from intake.domain.images import PreparedImage
from intake.domain.submissions import new_form_key
from tests.intake import sample_images

KEY = "a" * 32


def screenshot(width: int = 60) -> PreparedImage:
    return images.prepare(
        sample_images.upload(sample_images.encoded("PNG", sample_images.noise(width)))
    )


def test_save_keeps_pictures_in_order_for_the_same_form() -> None:
    first, second, third = screenshot(20), screenshot(30), screenshot(40)
    assert draft_uploads.save(KEY, [first, second]) == [first, second]
    assert draft_uploads.save(KEY, [third]) == [first, second, third]
    assert draft_uploads.list_uploads(KEY) == [first, second, third]
    assert draft_uploads.list_uploads(new_form_key()) == []


def test_save_keeps_a_picture_once_and_four_at_most() -> None:
    chosen = [screenshot(width) for width in (20, 30, 40, 50, 60)]
    draft_uploads.save(KEY, chosen[:1])
    assert draft_uploads.save(KEY, [*chosen, chosen[0]]) == chosen[:4]
    assert draft_uploads.list_uploads(KEY) == chosen[:4]


def test_discard_removes_what_was_unticked_and_nothing_else() -> None:
    first, second = screenshot(20), screenshot(30)
    draft_uploads.save(KEY, [first, second])
    draft_uploads.discard(KEY, [first.sha256, "../../x"])
    assert draft_uploads.list_uploads(KEY) == [second]


def test_clear_and_unfinished_files_are_not_seen() -> None:
    draft_uploads.save(KEY, [screenshot()])
    folder = next((Path(settings.MEDIA_ROOT) / "staging").iterdir())
    (folder / ".half").write_bytes(b"\x89PNG")
    assert len(draft_uploads.list_uploads(KEY)) == 1
    draft_uploads.clear(KEY)
    assert draft_uploads.list_uploads(KEY) == []


def test_folder_name_does_not_contain_the_form_key() -> None:
    draft_uploads.save(KEY, [screenshot()])
    names = [str(path) for path in Path(settings.MEDIA_ROOT).rglob("*")]
    assert not [name for name in names if KEY in name]


def test_sweep_removes_after_a_day_only() -> None:
    old, young = new_form_key(), new_form_key()
    for key, hours in ((old, 24.1), (young, 23.9)):
        draft_uploads.save(key, [screenshot()])
        then = time.time() - hours * 3600
        os.utime(draft_uploads._folder(key), (then, then))
    assert draft_uploads.sweep() == 1
    assert draft_uploads.list_uploads(old) == []
    assert len(draft_uploads.list_uploads(young)) == 1
