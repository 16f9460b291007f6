from pathlib import Path

import pytest

from channels import registry
from channels.protocol import WebhookChannel
from intake.enums import Origin
from tests.channels.sample.channel import SampleChannel


def test_every_channel_package_is_registered_under_its_name() -> None:
    root = Path(registry.__file__).parent
    packages = {path.parent.name for path in root.glob("*/channel.py")}
    assert packages == set(registry.CHANNELS)
    assert all(channel.name == name for name, channel in registry.CHANNELS.items())


@pytest.mark.parametrize("name", registry.CHANNELS)
def test_no_channel_is_named_like_another_origin(name: str) -> None:
    assert name not in Origin.values
    assert str(registry.CHANNELS[name].label)


def test_only_a_channel_that_verifies_and_parses_takes_webhooks() -> None:
    assert isinstance(SampleChannel(), WebhookChannel)
    assert not isinstance(registry.CHANNELS["email"], WebhookChannel)
