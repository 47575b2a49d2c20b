"""A conversation: the agent remembers what was said before."""

import os

from hotplex.sync import AepClient

with AepClient(os.environ["HOTPLEX_URL"], worker_type="demo", auth=os.environ["HOTPLEX_KEY"]) as client:
    client.prompt("remember the blue door").result(timeout=30)
    answer = client.prompt("recall").result(timeout=30)
    print(answer.text)
    if "the blue door" not in answer.text:
        raise SystemExit("the agent has forgotten")
