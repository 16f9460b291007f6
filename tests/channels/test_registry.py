from pathlib import Path

from channels import registry


def test_every_channel_folder_is_registered_and_the_reverse() -> None:
    root = Path(registry.__file__).parent
    folders = {path.parent.name for path in root.glob("*/channel.py")}
    assert folders == set(registry.CHANNELS)
