"""Files for the prompts of a session."""

from __future__ import annotations

import asyncio
from os import PathLike
from pathlib import Path
from typing import Union
from urllib.parse import quote

from typing_extensions import TypedDict

from .credential import Auth
from .gateway_http import GatewayHttp
from .requests import InputPartFile
from .traceparent import Traceparent

#: The bytes themselves, or where they are.
FileContent = Union[bytes, "PathLike[str]"]


class UploadedFile(TypedDict):
    """A file that a session has; field names are those of the wire. ``media_type`` is what the gateway found in it."""

    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    created_at: str


class FileLimits(TypedDict):
    """Sizes are bytes."""

    max_file_size: int
    max_session_size: int
    max_session_files: int
    media_types: list[str]


class FileList(TypedDict):
    """The files of a session, oldest first, and what may be added."""

    files: list[UploadedFile]
    limits: FileLimits


class FilesApi:
    """Use it with ``async with``, or ``close()`` it. Requests raise AepError."""

    def __init__(self, url: str, *, auth: Auth | None = None, traceparent: Traceparent | None = None) -> None:
        self._http = GatewayHttp(url, auth=auth, traceparent=traceparent)

    async def __aenter__(self) -> FilesApi:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        await self._http.close()

    async def list(self, session_id: str) -> FileList:
        files: FileList = await self._http.json("GET", _path(session_id))
        return files

    async def upload(self, session_id: str, file: FileContent, *, name: str | None = None) -> UploadedFile:
        """Gives a session a file. One that is given by its path has a name of its own."""
        path = None if isinstance(file, bytes) else Path(file)
        content = file if isinstance(file, bytes) else await asyncio.to_thread(Path(file).read_bytes)
        query = {"name": name or (path and path.name)}
        uploaded: UploadedFile = await self._http.json("POST", _path(session_id), body=content, query=query)
        return uploaded

    async def upload_from(self, session_id: str, url: str, *, name: str | None = None) -> UploadedFile:
        """Lets the gateway fetch what lies at an address of the public internet."""
        body = {"url": url, "name": name}
        uploaded: UploadedFile = await self._http.json("POST", f"{_path(session_id)}/fetch", body=body)
        return uploaded

    async def download(self, session_id: str, file_id: str) -> bytes:
        return (await self._http.request("GET", _path(session_id, file_id))).content

    async def remove(self, session_id: str, file_id: str) -> None:
        await self._http.request("DELETE", _path(session_id, file_id))


def file_part(file: UploadedFile) -> InputPartFile:
    """An uploaded file as a prompt names it."""
    return {"type": "file", "file_id": file["id"], "name": file["name"]}


def _path(session_id: str, file_id: str | None = None) -> str:
    files = f"/api/sessions/{quote(session_id, safe='')}/files"
    return files if file_id is None else f"{files}/{quote(file_id, safe='')}"
