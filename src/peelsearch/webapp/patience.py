"""How long the server waits for a client, and how it ends without cutting an answer off.

Requests are received side by side by one loop, so one that arrives a byte at a time holds up no
other; but it would keep its connection, and there are only so many.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, MutableMapping
from typing import Any

from waitress.channel import HTTPChannel

# A request, header and all, must have arrived by then.
ARRIVING = 20.0
# A connection on which nothing happens is closed after this.
IDLE = 60
# How many clients may be connected to one process.
CONNECTIONS = 500
# How long a stop waits for answers that are being made and sent.
ENDING = 10.0
# How often connections are looked through.
_EVERY = 1.0


class Patience:
    """The connections of a server's map, and since when each has been sending its request."""

    def __init__(self, connections: MutableMapping[int, Any], arriving: float = ARRIVING) -> None:
        self._connections = connections
        self._arriving = arriving
        self._since: dict[HTTPChannel, tuple[object, float]] = {}
        self._looked = 0.0

    def look(self) -> None:
        """Close what has been sending one request for too long. Cheap when it was just done."""
        now = time.monotonic()
        if now - self._looked < min(_EVERY, self._arriving / 4):
            return
        self._looked = now
        before, self._since = self._since, {}
        for channel in self._channels():
            request = channel.request
            if request is None or channel.requests:
                continue
            known, since = before.get(channel, (request, now))
            self._since[channel] = (request, since if known is request else now)
            if known is request and now - since > self._arriving:
                channel.will_close = True

    def busy(self) -> bool:
        """Whether an answer is being made or has not been sent completely."""
        return any(channel.requests or channel.total_outbufs_len for channel in self._channels())

    def end(self) -> None:
        """Close every connection with what has not been sent."""
        for channel in self._channels():
            channel.handle_close()

    def _channels(self) -> Iterator[HTTPChannel]:
        return (one for one in list(self._connections.values()) if isinstance(one, HTTPChannel))
