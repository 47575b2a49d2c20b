"""Words as the agent writes them."""

import asyncio
import os

from hotplex import AepClient
from hotplex.events import MessageDeltaEvent


async def main() -> None:
    url, key = os.environ["HOTPLEX_URL"], os.environ["HOTPLEX_KEY"]
    async with AepClient(url, worker_type="demo", auth=key) as client:
        turn = client.prompt("flood 50")
        streamed = ""
        async for envelope in turn:
            if isinstance(envelope.event, MessageDeltaEvent):
                print(envelope.event.data.content, end="", flush=True)
                streamed += envelope.event.data.content
        result = await turn.done
        if not result.success or streamed != result.text:
            raise SystemExit("what was streamed is not the answer")


asyncio.run(main())
