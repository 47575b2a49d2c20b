"""The same client for programs without asyncio: ``from hotplex.sync import AepClient``.

A thread of each client's own runs the connection. Listeners are called on that thread.
"""

from .client import AepClient
from .files import FilesApi
from .sessions import SessionsApi
from .turn import Turn

__all__ = ["AepClient", "FilesApi", "SessionsApi", "Turn"]
