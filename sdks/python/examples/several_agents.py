"""Several agents at work at once, each in a session of its own."""

import asyncio
import os

from hotplex import AepClient, SessionsApi

URL, KEY = os.environ["HOTPLEX_URL"], os.environ["HOTPLEX_KEY"]
JOBS = (20, 30, 40)


async def ask(agent: str, prompt: str) -> str:
    async with AepClient(URL, worker_type=agent, auth=KEY) as client:
        return (await client.prompt(prompt).done).text


async def main() -> None:
    async with SessionsApi(URL, auth=KEY) as api:
        for agent in (await api.agents())["agents"]:
            print(f"{agent['type']:12} {agent['title']:28} available: {agent['available']}")
    answers = await asyncio.gather(*(ask("demo", f"flood {words}") for words in JOBS))
    for number, (words, answer) in enumerate(zip(JOBS, answers), start=1):
        print(f"agent {number} answered with {len(answer.split())} words")
        if len(answer.split()) != words:
            raise SystemExit(f"agent {number} was asked for {words} words")


asyncio.run(main())
