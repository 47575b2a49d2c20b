"""One prompt, one answer. Needs HOTPLEX_URL and HOTPLEX_KEY."""

import os

from hotplex.sync import AepClient

with AepClient(os.environ["HOTPLEX_URL"], worker_type="demo", auth=os.environ["HOTPLEX_KEY"]) as client:
    result = client.prompt("flood 3").result(timeout=30)
    print(result.text)
    if result.text != "0 1 2 ":
        raise SystemExit("the answer is another one")
