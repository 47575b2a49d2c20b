"""Where the work of a client without asyncio is done."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

from ..credential import Auth

T = TypeVar("T")


class Loop:
    """An event loop on a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="hotplex", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """Runs work there and waits for it, ``timeout`` seconds at most. Raises TimeoutError; the work is given up."""
        return asyncio.run_coroutine_threadsafe(_limited(work, timeout), self._loop).result()

    @property
    def is_open(self) -> bool:
        return not self._loop.is_closed()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


async def _limited(work: Coroutine[Any, Any, T], timeout: float | None) -> T:
    try:
        return await asyncio.wait_for(work, timeout)
    except asyncio.TimeoutError:
        raise TimeoutError(f"no answer in {timeout} seconds") from None


def off_the_loop(auth: Auth | None) -> Auth | None:
    """A function that blocks must not hold up the connection."""
    if not callable(auth):
        return auth

    async def ask() -> str:
        token = await asyncio.to_thread(auth)
        return await token if inspect.isawaitable(token) else token

    return ask
