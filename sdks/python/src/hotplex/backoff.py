"""How long to wait before coming back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Backoff:
    """Bounds of the delays in seconds, and after how many attempts to give up (``None``: never)."""

    minimum: float = 0.25
    maximum: float = 10.0
    attempts: int | None = None

    def delay(self, attempt: int, random: Callable[[], float]) -> float:
        """Seconds before attempt ``attempt`` (from 1): exponential with full jitter, never below half the minimum."""
        ceiling = min(self.maximum, self.minimum * 2.0 ** min(attempt - 1, 60))
        return self.minimum / 2 + random() * (ceiling - self.minimum / 2)
