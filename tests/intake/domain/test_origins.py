from django.utils.translation import override

from channels import registry
from intake.domain import origins
from tests.channels.sample.channel import SampleChannel


def test_labels_are_those_of_the_form_the_api_the_demonstration_and_each_channel(
    monkeypatch,
) -> None:
    monkeypatch.setitem(registry.CHANNELS, "sample", SampleChannel())
    with override("en"):
        labels = origins.labels()
    own = {"form": "Web form", "api": "API", "demo": "Demonstration"}
    assert own.items() <= labels.items()
    assert labels.keys() - own.keys() == registry.CHANNELS.keys()
    assert labels["sample"] == "Sample chat"
