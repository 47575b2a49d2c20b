"""How far in the log a client is."""

from __future__ import annotations

from typing import Literal, Union


class EventCursor:
    """Each logged event is taken exactly once and in order, whatever connection brings it."""

    def __init__(self, last_seq: int | None, epoch: str | None) -> None:
        self._last_seq = last_seq
        self._epoch = epoch
        #: Numbers above the last one that kinds had which are newer than this client.
        self._unknown: set[int] = set()

    @property
    def last_seq(self) -> int:
        """The number of the newest logged event that was taken."""
        return self._last_seq or 0

    @property
    def position(self) -> dict[str, Union[int, str, None]]:
        """What the handshake says, so that the gateway goes on behind it; nothing before the first event."""
        if self._last_seq is None:
            return {}
        return {"last_seq": self._last_seq, "epoch": self._epoch}

    def greet(self, last_seq: int | None, epoch: str | None) -> None:
        """The gateway greets: without a position of its own this client begins behind what is there."""
        self._epoch = epoch
        if self._last_seq is None:
            self._last_seq = last_seq or 0

    def restart(self, first_seq: int, epoch: str) -> None:
        """The gateway tells the log anew, from this number on."""
        self._last_seq = first_seq - 1
        self._epoch = epoch
        self._unknown.clear()

    def skip(self, seq: int) -> None:
        """This number was a kind that is newer than this client."""
        self._unknown.add(seq)

    def take(self, seq: int) -> Literal["taken", "seen", "missing"]:
        """Moves on to an event, unless it was taken before or one before it is missing."""
        if seq <= self.last_seq:
            return "seen"
        if any(before not in self._unknown for before in range(self.last_seq + 1, seq)):
            return "missing"
        self._last_seq = seq
        self._unknown.clear()
        return "taken"
