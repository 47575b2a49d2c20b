"""One WebSocket's life: frames in, frames out, and how it ended. Never reconnects."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from .envelope import Envelope, Unknown, decode
from .codes import SUBPROTOCOL

_CLOSE_TIMEOUT = 2.0


@dataclass(frozen=True)
class Ended:
    """The close code of a socket, 1006 if there was none, and its reason."""

    code: int
    reason: str


class Broken(Exception):
    """What was heard makes this socket useless; another one may do better."""


class Socket:
    """``quiet`` is the silence in seconds after which it is tested; two in a row and it counts as dead."""

    def __init__(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        quiet: float,
        on_frame: Callable[[Envelope | Unknown], None],
        on_quiet: Callable[[], None],
    ) -> None:
        self._url = url
        self._headers = headers
        self._quiet = quiet
        self._on_frame = on_frame
        self._on_quiet = on_quiet
        self._outbox: asyncio.Queue[str | None] = asyncio.Queue()

    def send(self, frame: str) -> None:
        """Sends in order, as soon as the socket is open."""
        self._outbox.put_nowait(frame)

    def close(self) -> None:
        """Closes when everything that was given to ``send`` is out."""
        self._outbox.put_nowait(None)

    async def run(self) -> Ended:
        """Connects and reads until the socket has ended."""
        try:
            # The gateway pings, and frames are as large as what an agent says.
            async with connect(
                self._url,
                subprotocols=[SUBPROTOCOL],  # type: ignore[list-item]
                additional_headers=self._headers,
                max_size=None,
                ping_interval=None,
                close_timeout=_CLOSE_TIMEOUT,
            ) as socket:
                writer = asyncio.create_task(self._write(socket))
                try:
                    return await self._read(socket)
                finally:
                    writer.cancel()
        except (OSError, InvalidHandshake, asyncio.TimeoutError) as error:
            return Ended(1006, str(error) or "the gateway cannot be reached")

    async def _write(self, socket: ClientConnection) -> None:
        try:
            while (frame := await self._outbox.get()) is not None:
                await socket.send(frame)
            await socket.close()
        except ConnectionClosed:
            pass  # The reader tells.

    async def _read(self, socket: ClientConnection) -> Ended:
        silences = 0
        while True:
            try:
                message = await asyncio.wait_for(socket.recv(), self._quiet)
            except asyncio.TimeoutError:
                silences += 1
                if silences >= 2:
                    return Ended(1006, "the link is dead")
                self._on_quiet()
                continue
            except ConnectionClosed:
                return Ended(socket.close_code or 1006, socket.close_reason or "")
            silences = 0
            frame = decode(message) if isinstance(message, str) else None
            if frame is None:
                continue
            try:
                self._on_frame(frame)
            except Broken as broken:
                return Ended(1006, str(broken))
