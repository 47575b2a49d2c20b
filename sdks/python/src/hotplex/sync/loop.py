"""Where the work of a client without asyncio is done."""

from __future__ import annotations

import asyncio
import concurrent.futures
import inspect
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from ..aep_error import AepError
from ..credential import Auth

T = TypeVar("T")
Goodbye = Callable[[], Coroutine[Any, Any, None]]


class Loop:
    """An event loop on a thread of its own. Whoever waits for it is told when it ends, however that comes."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        #: Whether it takes work, which no thread may ask while another changes it.
        self._is_open = True
        self._door = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="hotplex", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T], timeout: float | None = None) -> T:
        """Runs work there and waits for it, ``timeout`` seconds at most. Raises TimeoutError, and AepError
        (``CLIENT_CLOSED``) when the loop ends first; the work is given up then, and when the waiting is interrupted.
        Raises RuntimeError on the loop's own thread."""
        if self._is_current:
            work.close()
            raise RuntimeError("a listener would wait for the client that called it: use another thread")
        running = self._hand_over(work, timeout)
        try:
            return running.result()
        except concurrent.futures.CancelledError:
            raise _closed() from None
        finally:
            running.cancel()

    def call(self, work: Callable[[], T]) -> T:
        """Calls what does not wait for anything there; listeners may, too."""
        if self._is_current:
            return work()

        async def call() -> T:
            return work()

        return self.run(call())

    def close(self, goodbye: Goodbye) -> None:
        """Says goodbye, gives up what still runs there, and waits until the thread has ended; a listener does not wait.
        Safe to call twice, from any thread."""
        if self._is_current:
            # An event loop does not keep its tasks.
            self._last_task = self._loop.create_task(self._say(goodbye))
            return
        try:
            self.run(goodbye())
        except AepError:
            pass  # Somebody else has closed it.
        finally:
            self._stop()
            self._thread.join()

    @property
    def _is_current(self) -> bool:
        return threading.current_thread() is self._thread

    def _hand_over(self, work: Coroutine[Any, Any, T], timeout: float | None) -> concurrent.futures.Future[T]:
        with self._door:
            if self._is_open:
                return asyncio.run_coroutine_threadsafe(_limited(work, timeout), self._loop)
        work.close()
        raise _closed()

    async def _say(self, goodbye: Goodbye) -> None:
        try:
            await goodbye()
        finally:
            self._stop()

    def _stop(self) -> None:
        with self._door:
            if self._is_open:
                self._is_open = False
                self._loop.call_soon_threadsafe(self._loop.stop)

    def _serve(self) -> None:
        try:
            self._loop.run_forever()
        finally:
            # A listener that calls sys.exit() ends it as well.
            with self._door:
                self._is_open = False
            self._loop.run_until_complete(_give_up_all())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()


async def _give_up_all() -> None:
    """Ends all that runs on this loop: who waits for it hears of that. What was handed over last has begun before this."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


def _closed() -> AepError:
    return AepError("CLIENT_CLOSED", "the client is closed")


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
