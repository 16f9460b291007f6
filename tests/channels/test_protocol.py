from django.utils.translation import override

from tests.channels.sample.channel import SampleChannel


def test_a_channel_has_defaults_for_addresses_nobody_types_and_for_the_footer() -> None:
    channel = SampleChannel()
    assert channel.address_error("u-77") == ""
    with override("en"):
        assert "90 days" in channel.answer_footer(90)
