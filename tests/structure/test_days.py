"""No day is taken from a moment in UTC."""

from tests.structure import days


def test_the_day_of_a_moment_is_reported_wherever_it_is_taken() -> None:
    source = "\n".join(
        (
            "published = version.published_at.date()",
            "today = timezone.now().date()",
            "span = moment.astimezone(ZONE).date() - day",
        )
    )
    assert sorted(days.utc_days(source)) == [1, 2, 3]


def test_local_days_and_parsed_days_pass() -> None:
    source = "\n".join(
        (
            "published = timezone.localdate(version.published_at)",
            "day = datetime.strptime(text, pattern).date()",
            "label = form.date(row)",
        )
    )
    assert not list(days.utc_days(source))


def test_the_product_has_none() -> None:
    assert days.findings() == []
