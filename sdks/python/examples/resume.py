"""A program that was gone comes back to the same conversation and reads what it missed."""

import asyncio
import os

from hotplex import AepClient, Envelope
from hotplex.events import DoneEvent, MessageDeltaEvent


async def main() -> None:
    url, key = os.environ["HOTPLEX_URL"], os.environ["HOTPLEX_KEY"]
    async with AepClient(url, worker_type="demo", auth=key) as first:
        session = await first.connect()
        await first.prompt("flood 200").accepted
        seen = first.last_seq

    # What came meanwhile is replayed: everything after the number that was seen last.
    second = AepClient(url, worker_type="demo", auth=key, session_id=session.session_id, last_seq=seen)
    text: list[str] = []
    ended = asyncio.Event()

    def read(envelope: Envelope) -> None:
        event = envelope.event
        if isinstance(event, MessageDeltaEvent):
            text.append(event.data.content)
        elif isinstance(event, DoneEvent):
            ended.set()

    second.on_event(read)
    async with second:
        await asyncio.wait_for(ended.wait(), 30)
    answer = "".join(text)
    print(f"{len(answer)} characters were read after coming back")
    if not answer.endswith(" 5j\n"):
        raise SystemExit("the end of the answer is missing")


asyncio.run(main())
