"""The way to the gateway, over as many sockets as it takes: credentials, delays, and the end told once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, NoReturn

from .addresses import socket_url
from .aep_error import AepError
from .backoff import Backoff
from .codes import FINAL_CLOSE_CODES
from .connection_state import Closed, Connecting, ConnectionState, Idle, Ready, Reconnecting
from .credential import Auth, get_credential
from .envelope import Envelope, Unknown
from .socket import Broken, Ended, Socket
from .traceparent import Traceparent, trace_headers

_GOODBYE = 3.0


@dataclass(frozen=True)
class LinkOptions:
    """What each means is said at ``AepClient``."""

    url: str
    auth: Auth | None
    reconnect: Backoff | None
    quiet: float
    traceparent: Traceparent | None
    random: Callable[[], float]


@dataclass(frozen=True)
class LinkEvents:
    """``hello`` makes the first frame on a socket, with this credential."""

    hello: Callable[[str | None], str]
    on_frame: Callable[[Envelope | Unknown], None]
    on_quiet: Callable[[], None]
    on_state: Callable[[ConnectionState], None]


class Link:
    def __init__(self, options: LinkOptions, events: LinkEvents) -> None:
        self._options = options
        self._events = events
        self._state: ConnectionState = Idle()
        self._socket: Socket | None = None
        self._over = asyncio.Event()
        self._asked_for_delay: float | None = None
        self._was_greeted = False
        self._tried_fresh_token = False
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def state(self) -> ConnectionState:
        return self._state

    @property
    def is_ready(self) -> bool:
        return isinstance(self._state, Ready)

    @property
    def is_closed(self) -> bool:
        return isinstance(self._state, Closed)

    @property
    def closed_error(self) -> AepError:
        """Why nothing can be sent any more."""
        cause = self._state.cause if isinstance(self._state, Closed) else None
        return cause or AepError("CLIENT_CLOSED", "the client is closed")

    def open(self) -> None:
        """Connects, if nobody has yet."""
        if isinstance(self._state, Idle):
            self._move(Connecting())
            self.start(self._run())

    def send(self, frame: str) -> None:
        if self._socket:
            self._socket.send(frame)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Does something beside, until the link is closed."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def greeted(self) -> None:
        """The gateway took the handshake."""
        self._was_greeted = True
        self._tried_fresh_token = False
        self._move(Ready())

    def refused(self, error: AepError) -> NoReturn:
        """The gateway refused the handshake: for good, unless trying again or a fresh credential may help. Raises Broken."""
        if error.code == "UNAUTHORIZED" and self._was_greeted and not self._tried_fresh_token:
            self._tried_fresh_token = True
        elif not error.retryable:
            self.shut(error)
        raise Broken(error.code)

    def come_back_after(self, seconds: float) -> None:
        """The gateway asks for this delay."""
        self._asked_for_delay = seconds

    def shut(self, cause: AepError | None) -> None:
        """Ends it for good. Safe to call twice."""
        if self.is_closed:
            return
        self._move(Closed(cause))
        self._over.set()
        if self._socket:
            self._socket.close()

    async def close(self) -> None:
        """Ends it for good, and waits until nothing of it runs any more."""
        had_socket = self._socket is not None
        self.shut(None)
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        if not tasks:
            return
        # What was sent is given time to leave; a socket that is still being made is given none.
        if had_socket:
            await asyncio.wait(tasks, timeout=_GOODBYE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        """Nobody waits for this task: what ends it has to be told to those who wait for the client."""
        try:
            await self._keep_connected()
        except Exception as error:
            failure = AepError("CONNECTION_LOST", f"the connection cannot be made: {error!r}", retryable=False)
            failure.__cause__ = error
            self.shut(failure)
        finally:
            # It was cancelled, or a listener ends the program.
            self.shut(None)

    async def _keep_connected(self) -> None:
        attempt = 1
        while not self.is_closed:
            try:
                token = await get_credential(self._options.auth)
            except AepError as error:
                if not error.retryable:
                    self.shut(error)
                    return
                cause = error
            else:
                ended = await self._live(token)
                if self.is_closed:
                    return
                message = ended.reason or f"the connection was lost ({ended.code})"
                cause = AepError("CONNECTION_LOST", message, details={"close_code": ended.code})
                if ended.code == 4401 and self._was_greeted and not self._tried_fresh_token:
                    self._tried_fresh_token = True
                    attempt = 1
                elif ended.code in FINAL_CLOSE_CODES:
                    self.shut(cause)
                    return
                else:
                    attempt = 1 if self.is_ready else attempt + 1
            await self._wait_before(attempt, cause)

    async def _wait_before(self, attempt: int, cause: AepError) -> None:
        backoff = self._options.reconnect
        if backoff is None or (backoff.attempts is not None and attempt > backoff.attempts):
            self.shut(cause)
            return
        asked = self._asked_for_delay
        self._asked_for_delay = None
        delay = backoff.delay(attempt, self._options.random) if asked is None else asked
        self._move(Reconnecting(attempt, delay, cause))
        try:
            await asyncio.wait_for(self._over.wait(), delay)
        except asyncio.TimeoutError:
            pass

    async def _live(self, token: str | None) -> Ended:
        if self.is_closed:
            return Ended(1000, "")
        socket = Socket(
            socket_url(self._options.url),
            headers=trace_headers(self._options.traceparent),
            quiet=self._options.quiet,
            on_frame=self._events.on_frame,
            on_quiet=self._events.on_quiet,
        )
        socket.send(self._events.hello(token))
        self._socket = socket
        try:
            return await socket.run()
        finally:
            self._socket = None

    def _move(self, state: ConnectionState) -> None:
        self._state = state
        self._events.on_state(state)
