"""A way to the gateway on which links break."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

CUTS = 8
"""So many links break, the first after a thousand bytes of the gateway, the second after two; later ones last."""


@asynccontextmanager
async def cutting_proxy(url: str) -> AsyncIterator[str]:
    """The address of a proxy of the gateway at ``url``."""
    target = urlsplit(url)
    links = 0

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, limit: int) -> None:
        while limit > 0 and (data := await reader.read(65_536)):
            writer.write(data[:limit])
            await writer.drain()
            limit -= len(data)
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal links
        links += 1
        limit = links * 1_000 if links <= CUTS else sys.maxsize
        to_gateway = await asyncio.open_connection(target.hostname, target.port)
        # The gateway answers to its own name only.
        head = await reader.readuntil(b"\r\n\r\n")
        to_gateway[1].write(head.replace(f"127.0.0.1:{port}".encode(), target.netloc.encode()))
        directions = [
            asyncio.create_task(forward(reader, to_gateway[1], sys.maxsize)),
            asyncio.create_task(forward(to_gateway[0], writer, limit)),
        ]
        await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
        for end in (writer, to_gateway[1]):
            end.close()
        await asyncio.gather(*directions, return_exceptions=True)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.close()
