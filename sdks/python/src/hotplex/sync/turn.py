"""One turn, waited for by a thread."""

from __future__ import annotations

from collections.abc import Iterator

from ..envelope import Envelope
from ..turn import Turn as AsyncTurn
from ..turn import TurnResult
from .loop import Loop


class Turn:
    """The events of a turn in order (``for``), and how it ended (``result()``)."""

    def __init__(self, turn: AsyncTurn, loop: Loop) -> None:
        self._turn = turn
        self._loop = loop

    @property
    def input_id(self) -> str | None:
        return self._turn.input_id

    @property
    def id(self) -> str | None:
        """Known once the agent has begun."""
        return self._turn.id

    def wait_accepted(self, timeout: float | None = None) -> None:
        """Waits until the gateway has stored the prompt."""

        async def wait() -> None:
            await self._turn.accepted

        self._loop.run(wait(), timeout)

    def result(self, timeout: float | None = None) -> TurnResult:
        """Waits for the end. Raises AepError when the prompt never ran, and TimeoutError; the turn goes on then."""

        async def wait() -> TurnResult:
            return await self._turn.done

        return self._loop.run(wait(), timeout)

    def interrupt(self) -> None:
        self._loop.run(self._turn.interrupt())

    def __iter__(self) -> Iterator[Envelope]:
        async def take() -> Envelope | None:
            return await anext(self._turn, None)

        while (envelope := self._loop.run(take())) is not None:
            yield envelope
