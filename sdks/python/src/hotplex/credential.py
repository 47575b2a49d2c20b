"""Where credentials come from."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Union

from .aep_error import AepError

Auth = Union[str, Callable[[], Union[str, Awaitable[str]]]]
"""A token, key or ticket; a function is asked anew for every connection."""


async def get_credential(auth: Auth | None) -> str | None:
    """The credential to use now. Raises AepError, ``UNAUTHORIZED`` unless the function said another one."""
    if not callable(auth):
        return auth
    try:
        token = auth()
        return await token if inspect.isawaitable(token) else token
    except AepError:
        raise
    except Exception as error:
        raise AepError("UNAUTHORIZED", "no credential could be had") from error
