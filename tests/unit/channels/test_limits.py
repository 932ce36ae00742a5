"""The rate limit refuses what is too much, says for how long, and recovers by itself."""

from channels.limits import RateLimit


def test_one_too_many_waits_for_the_oldest_to_leave_the_window() -> None:
    limit = RateLimit(2, 60.0)
    assert limit.wait_seconds("a", 0.0) == 0.0
    assert limit.wait_seconds("a", 10.0) == 0.0
    assert limit.wait_seconds("a", 20.0) == 40.0
    assert limit.wait_seconds("a", 60.0) == 0.0
    assert limit.wait_seconds("a", 60.0) == 10.0


def test_a_refused_event_does_not_count() -> None:
    limit = RateLimit(1, 60.0)
    waits = [limit.wait_seconds("a", float(second)) for second in range(0, 60, 10)]
    assert waits == [0.0, 50.0, 40.0, 30.0, 20.0, 10.0]
    assert limit.wait_seconds("a", 60.0) == 0.0


def test_visitors_do_not_share_a_limit() -> None:
    limit = RateLimit(1, 60.0)
    assert [limit.wait_seconds(key, 0.0) for key in "abc"] == [0.0, 0.0, 0.0]


def test_memory_is_bounded() -> None:
    limit = RateLimit(1, 60.0, most_keys=3)
    for key in "abcd":
        limit.wait_seconds(key, 0.0)
    assert limit.wait_seconds("a", 1.0) == 0.0, "the one seen longest ago was forgotten"
    assert limit.wait_seconds("d", 1.0) > 0.0
