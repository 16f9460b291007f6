from django.utils.translation import override

from channels import registry
from intake.domain import origins
from tests.channels.sample.channel import SampleChannel


def test_labels_are_those_of_the_form_the_api_the_demonstration_and_each_channel(
    monkeypatch,
) -> None:
    monkeypatch.setitem(registry.CHANNELS, "sample", SampleChannel())
    with override("en"):
        assert origins.labels() == {
            "form": "Web form",
            "api": "API",
            "demo": "Demonstration",
            "email": "E-mail",
            "sample": "Sample chat",
        }


def test_label_of_a_channel_that_is_gone_is_its_name() -> None:
    assert origins.label("sample") == "sample"
