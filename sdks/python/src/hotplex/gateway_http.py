"""Requests to a gateway, with the credential they need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from .aep_error import AepError
from .credential import Auth, get_credential
from .addresses import http_origin
from .traceparent import Traceparent, trace_headers


class GatewayHttp:
    """Requests raise AepError."""

    def __init__(self, url: str, *, auth: Auth | None, traceparent: Traceparent | None) -> None:
        self._auth = auth
        self._traceparent = traceparent
        self._http = httpx.AsyncClient(base_url=http_origin(url), timeout=30)

    async def close(self) -> None:
        await self._http.aclose()

    async def json(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | bytes | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> Any:
        return (await self.request(method, path, body=body, query=query)).json()

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | bytes | None = None,
        query: Mapping[str, Any] | None = None,
    ) -> httpx.Response:
        """``body`` is sent as JSON, bytes as they are. What is ``None`` in it, or in ``query``, is left out."""
        # A credential that has just ended is asked for once more.
        for is_last in (not callable(self._auth), True):
            headers = {
                **trace_headers(self._traceparent),
                **_credential_header(await get_credential(self._auth)),
            }
            try:
                response = await self._http.request(
                    method,
                    path,
                    params=_given(query or {}),
                    content=body if isinstance(body, bytes) else None,
                    json=_given(body) if isinstance(body, Mapping) else None,
                    headers=headers,
                )
            except httpx.HTTPError as error:
                message = str(error) or "the gateway cannot be reached"
                raise AepError("HTTP_ERROR", message, retryable=True) from error
            if response.is_success:
                return response
            if response.status_code != 401 or is_last:
                break
        raise _to_error(response)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _credential_header(token: str | None) -> dict[str, str]:
    if token is None:
        return {}
    return {"authorization": f"Bearer {token}"} if token.count(".") == 2 else {"x-api-key": token}


def _to_error(response: httpx.Response) -> AepError:
    try:
        error = response.json()["error"]
        return AepError(error["code"], error["message"], details=error.get("details"))
    except (ValueError, KeyError, TypeError):
        details = {"status": response.status_code}
        return AepError("HTTP_ERROR", f"the gateway answered {response.status_code}", details=details)
