"""What can go wrong, and how a program tells one thing from another."""

import os

from hotplex import AepError
from hotplex.sync import AepClient

url, key = os.environ["HOTPLEX_URL"], os.environ["HOTPLEX_KEY"]

# An agent that does not exist: the gateway refuses, and says what there is.
try:
    with AepClient(url, worker_type="nobody", auth=key):
        raise SystemExit("an agent that does not exist answered")
except AepError as error:
    print(f"{error.code}: {error.message}\n  what to do: {error.remedy}")

with AepClient(url, worker_type="demo", auth=key) as client:
    # A turn that failed is a result: the agent ran, and says what happened.
    result = client.prompt("error").result(timeout=30)
    if result.success or result.error is None:
        raise SystemExit("the turn did not fail")
    print(f"the turn failed: {result.error} (again: {result.error.retryable})")

    # A turn that never ran raises, with a code to look for.
    first = client.prompt("wait", input_id="job-1")
    next(iter(first))
    try:
        client.prompt("flood 3", input_id="job-1").result(timeout=30)
        raise SystemExit("one name for two prompts was taken")
    except AepError as error:
        if error.code != "INPUT_CONFLICT":
            raise
        print(error)

    # Leaving a turn does not end it: that has to be asked for.
    first.interrupt()
    ended = first.result(timeout=30)
    print(f"the turn ended: {ended.stop_reason}")
    if ended.stop_reason != "interrupted":
        raise SystemExit("it was not interrupted")
