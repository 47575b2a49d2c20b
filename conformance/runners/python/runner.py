"""Plays the clients of scenarios with the Python SDK: ``python runner.py SERVER-URL SCENARIO.json…``

Prints a line of JSON for each: its name, what was seen, and the digest of that.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any

from actor import Actor

PATIENCE = int(os.environ.get("CONFORMANCE_PATIENCE_MS", "5000")) / 1_000
"""Seconds that a step of a program may take."""


async def play(url: str, file: Path) -> dict[str, Any]:
    scenario = json.loads(file.read_text(encoding="utf-8"))
    clients = scenario.get("clients", {"main": {}})
    actors = {name: Actor(f"{url}/{file.stem}", options) for name, options in clients.items()}
    first = next(iter(actors))
    outcomes: list[str] = []
    for step in scenario["program"]:
        try:
            outcomes.append(await asyncio.wait_for(actors[step.get("by", first)].perform(step), PATIENCE))
        except asyncio.TimeoutError:
            outcomes.append("TIMEOUT")
            break
    return {"outcomes": outcomes, "clients": {name: await actor.finish() for name, actor in actors.items()}}


def canonical_json(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


async def main(url: str, *files: str) -> None:
    for file in map(Path, files):
        result = await play(url, file)
        digest = hashlib.sha256(canonical_json(result).encode()).hexdigest()
        print(json.dumps({"name": file.stem, "digest": digest, "result": result}), flush=True)


asyncio.run(main(*sys.argv[1:]))
