import os
import time
from pathlib import Path

from django.conf import settings

from intake.domain import files, images
from intake.domain.reports import submit
from intake.domain.submissions import Submission
from tests.intake import sample_images


def age(path: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def test_store_writes_random_names_readable_by_the_program_alone() -> None:
    screenshot = images.prepare(sample_images.upload(name="../../tên thật của ai đó.png"))
    paths = files.store("reports/x", [screenshot, screenshot])
    assert len(set(paths)) == 2
    for path in paths:
        assert path.startswith("reports/x/")
        assert Path(path).suffix == ".png"
        assert len(Path(path).stem) == 32
        assert files.media_path(path).read_bytes() == screenshot.data
        assert files.media_path(path).stat().st_mode & 0o077 == 0


def test_store_syncs_files_and_folders_before_it_returns(monkeypatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
    path = files.store("reports/x", [images.prepare(sample_images.upload())])[0]
    media = Path(settings.MEDIA_ROOT)
    wanted = [media / path, media / "reports/x", media / "reports", media]
    assert {entry.stat().st_ino for entry in wanted} <= set(synced)


def test_store_without_pictures_makes_no_folder() -> None:
    assert files.store("reports/x", []) == []
    assert not files.media_path("reports/x").exists()


def test_sweep_removes_orphaned_folders_after_a_day_only(unit) -> None:
    report = submit(Submission(text="Có ảnh", images=[sample_images.upload()])).report
    owned = files.media_path(report.media_prefix)
    orphan = files.media_path("reports/00000000-0000-4000-8000-000000000001")
    young = files.media_path("reports/00000000-0000-4000-8000-000000000002")
    foreign = files.media_path("reports/not-a-report")
    for folder in (orphan, young, foreign):
        files.write(folder, "a.png", b"x")
    for folder, hours in ((owned, 50), (orphan, 24.1), (young, 23.9), (foreign, 30)):
        age(folder, hours)
    assert files.sweep_orphans() == 2
    assert owned.exists()
    assert young.exists()
    assert not orphan.exists()
    assert not foreign.exists()


def test_sweep_without_any_media_does_nothing(db) -> None:
    assert files.sweep_orphans() == 0
