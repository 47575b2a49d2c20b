"""Callbacks of a program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Listeners(Generic[T]):
    """A set of callbacks; one that raises does not keep the others from hearing."""

    def __init__(self) -> None:
        self._listeners: dict[object, Callable[[T], None]] = {}

    def add(self, listener: Callable[[T], None]) -> Callable[[], None]:
        """Adds one and returns the function that takes it away."""
        key = object()
        self._listeners[key] = listener
        return lambda: void(self._listeners.pop(key, None))

    def tell(self, value: T) -> None:
        for listener in list(self._listeners.values()):
            try:
                listener(value)
            except Exception as error:
                context = {"message": "a listener of the client failed", "exception": error}
                asyncio.get_running_loop().call_exception_handler(context)


def void(_: object) -> None:
    """Lets go of a value."""
