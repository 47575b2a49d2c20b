"""A picture and a text file that go with a prompt. Needs HOTPLEX_URL and HOTPLEX_KEY."""

import base64
import hashlib
import os
import tempfile
from pathlib import Path

from hotplex.sync import AepClient, FilesApi

# One pixel.
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NOTES = b"the tea is in the blue pot\n"


def described(what: str, content: bytes) -> str:
    """What the demo agent says of a file that reached it byte for byte."""
    return f"- {what}, {len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"


url, key = os.environ["HOTPLEX_URL"], os.environ["HOTPLEX_KEY"]
with AepClient(url, worker_type="demo", auth=key) as client, tempfile.TemporaryDirectory() as folder:
    notes = Path(folder, "notes.txt")
    notes.write_bytes(NOTES)
    files = [client.upload(PICTURE, name="dot.png"), client.upload(notes)]
    result = client.prompt("What is attached?", attachments=files).result(timeout=30)
    print(result.text)
    expected = [described("a picture, image/png", PICTURE), described('the file "notes.txt"', NOTES)]
    if result.text.splitlines() != expected:
        raise SystemExit("the answer is another one")
    # What a session has can be listed, read and removed without the agent.
    session = client.connect().session_id
    with FilesApi(url, auth=key) as api:
        if [file["name"] for file in api.list(session)["files"]] != ["dot.png", "notes.txt"]:
            raise SystemExit("the session has other files")
        if api.download(session, files[1]["id"]) != NOTES:
            raise SystemExit("the file is another one")
        api.remove(session, files[0]["id"])
