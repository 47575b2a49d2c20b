"""Files for the prompts of a session, for threads."""

from __future__ import annotations

from .. import files
from ..credential import Auth
from ..traceparent import Traceparent
from .loop import Loop, off_the_loop


class FilesApi:
    """Files for the prompts of a session. Use it with ``with``, or ``close()`` it."""

    def __init__(self, url: str, *, auth: Auth | None = None, traceparent: Traceparent | None = None) -> None:
        self._api = files.FilesApi(url, auth=off_the_loop(auth), traceparent=traceparent)
        self._loop = Loop()

    def __enter__(self) -> FilesApi:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends what is under way, too. Safe to call twice."""
        self._loop.close(self._api.close)

    def list(self, session_id: str) -> files.FileList:
        return self._loop.run(self._api.list(session_id))

    def upload(
        self, session_id: str, file: files.FileContent, *, name: str | None = None
    ) -> files.UploadedFile:
        return self._loop.run(self._api.upload(session_id, file, name=name))

    def upload_from(self, session_id: str, url: str, *, name: str | None = None) -> files.UploadedFile:
        return self._loop.run(self._api.upload_from(session_id, url, name=name))

    def download(self, session_id: str, file_id: str) -> bytes:
        return self._loop.run(self._api.download(session_id, file_id))

    def remove(self, session_id: str, file_id: str) -> None:
        self._loop.run(self._api.remove(session_id, file_id))
