import os
import time
from pathlib import Path

from django.conf import settings

from intake.domain import images, staging
from intake.domain.images import PreparedImage
from intake.domain.submissions import new_form_key
from tests.intake import pictures

KEY = "a" * 32


def picture(width: int = 60) -> PreparedImage:
    return images.prepare(pictures.upload(pictures.encoded("PNG", pictures.noise(width))))


def test_hold_keeps_pictures_in_order_for_the_same_form() -> None:
    first, second, third = picture(20), picture(30), picture(40)
    assert staging.save(KEY, [first, second]) == [first, second]
    assert staging.save(KEY, [third]) == [first, second, third]
    assert staging.list_uploads(KEY) == [first, second, third]
    assert staging.list_uploads(new_form_key()) == []


def test_hold_keeps_a_picture_once_and_four_at_most() -> None:
    chosen = [picture(width) for width in (20, 30, 40, 50, 60)]
    staging.save(KEY, chosen[:1])
    assert staging.save(KEY, [*chosen, chosen[0]]) == chosen[:4]
    assert staging.list_uploads(KEY) == chosen[:4]


def test_drop_removes_what_was_unticked_and_nothing_else() -> None:
    first, second = picture(20), picture(30)
    staging.save(KEY, [first, second])
    staging.discard(KEY, [first.sha256, "../../x"])
    assert staging.list_uploads(KEY) == [second]


def test_clear_and_unfinished_files_are_not_seen() -> None:
    staging.save(KEY, [picture()])
    folder = next((Path(settings.MEDIA_ROOT) / "staging").iterdir())
    (folder / ".half").write_bytes(b"\x89PNG")
    assert len(staging.list_uploads(KEY)) == 1
    staging.clear(KEY)
    assert staging.list_uploads(KEY) == []


def test_folder_name_does_not_hold_the_form_key() -> None:
    staging.save(KEY, [picture()])
    names = [str(path) for path in Path(settings.MEDIA_ROOT).rglob("*")]
    assert not [name for name in names if KEY in name]


def test_sweep_removes_after_a_day_only() -> None:
    old, young = new_form_key(), new_form_key()
    for key, hours in ((old, 24.1), (young, 23.9)):
        staging.save(key, [picture()])
        then = time.time() - hours * 3600
        os.utime(staging._folder(key), (then, then))
    assert staging.sweep() == 1
    assert staging.list_uploads(old) == []
    assert len(staging.list_uploads(young)) == 1
