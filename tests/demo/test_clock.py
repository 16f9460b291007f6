from django.utils import timezone

from demo import clock


def test_clock_moves_now_and_comes_back() -> None:
    before = timezone.now()
    past = before - timezone.timedelta(days=3)
    with clock.set_to(past):
        assert 0 <= (timezone.now() - past).total_seconds() < 5
        assert isinstance(before, timezone.datetime)
        assert timezone.localdate() == timezone.localdate(past)
    assert timezone.now() >= before
