import os
import time
from pathlib import Path

from django.conf import settings

from intake.domain import images, staging
from intake.domain.images import Prepared
from intake.domain.submissions import new_form_key
from tests.intake import pictures

KEY = "a" * 32


def picture(width: int = 60) -> Prepared:
    return images.prepare(pictures.upload(pictures.encoded("PNG", pictures.noise(width))))


def test_hold_keeps_pictures_in_order_for_the_same_form() -> None:
    first, second, third = picture(20), picture(30), picture(40)
    assert staging.hold(KEY, [first, second]) == [first, second]
    assert staging.hold(KEY, [third]) == [first, second, third]
    assert staging.held(KEY) == [first, second, third]
    assert staging.held(new_form_key()) == []


def test_hold_keeps_a_picture_once_and_four_at_most() -> None:
    chosen = [picture(width) for width in (20, 30, 40, 50, 60)]
    staging.hold(KEY, chosen[:1])
    assert staging.hold(KEY, [*chosen, chosen[0]]) == chosen[:4]
    assert staging.held(KEY) == chosen[:4]


def test_drop_removes_what_was_unticked_and_nothing_else() -> None:
    first, second = picture(20), picture(30)
    staging.hold(KEY, [first, second])
    staging.drop(KEY, [first.sha256, "../../x"])
    assert staging.held(KEY) == [second]


def test_clear_and_unfinished_files_are_not_seen() -> None:
    staging.hold(KEY, [picture()])
    folder = next((Path(settings.MEDIA_ROOT) / "staging").iterdir())
    (folder / ".half").write_bytes(b"\x89PNG")
    assert len(staging.held(KEY)) == 1
    staging.clear(KEY)
    assert staging.held(KEY) == []


def test_folder_name_does_not_hold_the_form_key() -> None:
    staging.hold(KEY, [picture()])
    names = [str(path) for path in Path(settings.MEDIA_ROOT).rglob("*")]
    assert not [name for name in names if KEY in name]


def test_sweep_removes_after_a_day_only() -> None:
    old, young = new_form_key(), new_form_key()
    for key, hours in ((old, 24.1), (young, 23.9)):
        staging.hold(key, [picture()])
        then = time.time() - hours * 3600
        os.utime(staging._folder(key), (then, then))
    assert staging.sweep() == 1
    assert staging.held(old) == []
    assert len(staging.held(young)) == 1
