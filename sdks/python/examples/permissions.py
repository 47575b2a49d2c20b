"""The agent asks before it uses a tool, and this program decides."""

import asyncio
import os

from hotplex import AepClient
from hotplex.events import PermissionRequestEvent, ToolResultEvent


async def main() -> None:
    url, key = os.environ["HOTPLEX_URL"], os.environ["HOTPLEX_KEY"]
    denied = False
    async with AepClient(url, worker_type="demo", auth=key) as client:
        turn = client.prompt("permission")
        async for envelope in turn:
            event = envelope.event
            if isinstance(event, PermissionRequestEvent):
                print(f"it wants to use {event.data.tool_name}: {event.data.description}")
                await client.respond_to_permission(event.data.id, allowed=False, reason="not today")
            elif isinstance(event, ToolResultEvent):
                denied = event.data.denied is True
        result = await turn.done
    print(result.text)
    if not denied or "not today" not in result.text:
        raise SystemExit("the tool ran without a permission")


asyncio.run(main())
