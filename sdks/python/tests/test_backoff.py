"""Delays grow, have jitter, and stay within their bounds."""

from __future__ import annotations

import pytest

from hotplex import Backoff


@pytest.mark.parametrize("attempt", [1, 2, 5, 10, 100, 10_000])
@pytest.mark.parametrize("random", [0.0, 0.5, 1.0])
def test_bounds(attempt: int, random: float) -> None:
    backoff = Backoff(0.25, 10.0)
    assert 0.125 <= backoff.delay(attempt, lambda: random) <= 10.0


def test_growth() -> None:
    backoff = Backoff(0.25, 10.0)
    assert [backoff.delay(attempt, lambda: 1.0) for attempt in (1, 2, 3, 7)] == [0.25, 0.5, 1.0, 10.0]
