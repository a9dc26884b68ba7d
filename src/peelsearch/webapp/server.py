"""Running the site with waitress. Prints nothing: the caller says where it can be opened."""

from __future__ import annotations

import errno
import gc
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.server import create_server

from peelsearch.corpus import LiveCorpus
from peelsearch.engine.damage import damaged, listed
from peelsearch.errors import SettingError
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp import helpers
from peelsearch.webapp.app import SITE, create_app
from peelsearch.webapp.around import logged, under
from peelsearch.webapp.patience import ARRIVING, CONNECTIONS, ENDING, IDLE, Patience
from peelsearch.webapp.site import Site

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000
# A proxy on this machine is believed when it says that its clients use HTTPS.
PROXY = "127.0.0.1"
# So many new objects are looked through for garbage at once.
GARBAGE = 1_000
# Searching is bound by the processor; more threads than this only wait for each other.
THREADS = 4
# An address with a long query and every filter ticked stays far below.
MAX_HEADER = 65_536
# How long a stop may wait for the loop to notice.
LOOP_SECONDS = 0.25
# The same while answers are finished; those that are sent by their own thread end in between.
_SENDING = 0.02


@dataclass(frozen=True, slots=True)
class Serving:
    """How the site is served, beside where: under which path, to whom, with which log and notes.

    ``files`` tells whether the documents' own files are served.
    """

    prefix: str = ""
    login: str = ""
    access_log: str = ""
    arriving: float = ARRIVING
    tracker: Path | None = None
    files: bool = False

    def around(self, application: WSGIApplication) -> WSGIApplication:
        """The application as servers are given it. Raises SettingError."""
        return logged(under(application, self.prefix), self.access_log)


class Server:
    """The site, listening from the moment it is made. Port 0 takes any free port.

    ``sockets`` are listening ones to answer at instead. Raises SettingError when it cannot listen.
    """

    def __init__(
        self,
        index: Path,
        *,
        vocabulary: Vocabulary | None = None,
        host: str = DEFAULT_HOST,
        port: int = DEFAULT_PORT,
        threads: int = THREADS,
        sockets: Sequence[socket.socket] = (),
        serving: Serving = Serving(),
    ) -> None:
        # Waitress would remark on every request that waits for a thread.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self.app = app = create_app(
            index,
            vocabulary=vocabulary,
            login=serving.login,
            tracker=serving.tracker,
            files=serving.files,
        )
        application = serving.around(app)
        self.site: Site = app.extensions[SITE]
        self.sockets = list(sockets) or _sockets(host, port)
        self._map: dict[int, Any] = {}
        self._stopping = False
        self._prefix = serving.prefix
        self._patience = Patience(self._map, serving.arriving)
        self._server: Any = create_server(
            application,
            map=self._map,
            sockets=self.sockets,
            threads=threads,
            ident="peelsearch",
            max_request_header_size=MAX_HEADER,
            max_request_body_size=MAX_HEADER,
            channel_timeout=IDLE,
            connection_limit=CONNECTIONS,
            clear_untrusted_proxy_headers=True,
            # Addresses in full, which feeds hold, begin as the proxy's readers see them.
            trusted_proxy=PROXY,
            trusted_proxy_headers={"x-forwarded-proto"},
        )

    @property
    def address(self) -> str:
        """The URL of the start page, the first if it listens on several addresses."""
        listens: list[tuple[str, int]] = getattr(self._server, "effective_listen", None) or [
            (self._server.effective_host, self._server.effective_port)
        ]
        host, port = listens[0]
        path = f"{self._prefix.strip('/')}/".lstrip("/")
        return f"http://{f'[{host}]' if ':' in host else host}:{port}/{path}"

    def run(self) -> None:
        """Answer requests until ``stop`` is called, then close everything."""
        # Commands look for garbage more seldom; a server lives long.
        gc.set_threshold(GARBAGE)
        threading.Thread(target=self.site.warm, daemon=True).start()
        try:
            while not self._stopping:
                self._once(LOOP_SECONDS)
                self._patience.look()
            self._finish()
        finally:
            self.close()

    def _once(self, timeout: float) -> None:
        # poll, unlike select, knows no highest number of a file; the index has many of them open.
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)

    def _finish(self) -> None:
        """Take no more connections, and send what has been asked for; for some seconds at most."""
        for listening in [one for one in self._map.values() if one.accepting]:
            # Not its own close, which takes away what wakes the loop for the others.
            wasyncore.dispatcher.close(listening)
        end = time.monotonic() + ENDING
        while self._patience.busy() and time.monotonic() < end:
            self._once(_SENDING)

    def stop(self) -> None:
        """Have ``run`` return; may be called from another thread or a signal handler."""
        self._stopping = True

    def close(self) -> None:
        """Close everything as it is. Closing twice is harmless."""
        self._server.task_dispatcher.shutdown()
        self._patience.end()
        wasyncore.close_all(self._map)


def serve(
    index: Path,
    *,
    vocabulary: Vocabulary | None = None,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    processes: int | None = None,
    serving: Serving = Serving(),
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve the site until SIGINT or SIGTERM; ``ready`` is called with its address.

    As many ``processes`` answer as the machine has processors, up to a limit.

    Raises IndexProblem when the index cannot be used as it is, SettingError when the port is taken.
    """
    _check(index)
    server = Server(index, vocabulary=vocabulary, host=host, port=port, serving=serving)
    try:
        helper = partial(_helper, index, vocabulary, serving)
        count = (helpers.processes() if processes is None else processes) - 1
        with _stopped_by_signals(server), helpers.helping(helper, server.sockets, count):
            if ready is not None:
                ready(server.address)
            server.run()
    finally:
        server.close()


def _helper(
    index: Path,
    vocabulary: Vocabulary | None,
    serving: Serving,
    sockets: Sequence[socket.socket],
) -> Server:
    return Server(index, vocabulary=vocabulary, sockets=sockets, serving=serving)


def _check(index: Path) -> None:
    """Whether the index is whole: better said at the start than on a page."""
    problems = LiveCorpus(index).current().reader.problems()
    if problems:
        raise damaged(listed(problems))


@contextmanager
def _stopped_by_signals(server: Server) -> Iterator[None]:
    """Let SIGINT and SIGTERM stop the server. Signals reach only the main thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        server.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sockets(host: str, port: int) -> list[socket.socket]:
    """A listening socket for each address of the host, before anything else is started."""
    bound: list[socket.socket] = []
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, address in dict.fromkeys((item[0], item[4]) for item in found):
            # Port 0 is any free port: the other addresses take the one that the first was given.
            given = bound[0].getsockname()[1] if bound else port
            bound.append(socket.create_server((address[0], given), family=family))
    except (OSError, UnicodeError) as error:
        for opened in bound:
            opened.close()
        raise _cannot_listen(host, port, error) from error
    return bound


def _cannot_listen(host: str, port: int, error: Exception) -> SettingError:
    code = error.errno if isinstance(error, OSError) else None
    if code == errno.EADDRINUSE:
        reason = "another program is using it"
        hint = f"Choose another port: --port {port + 1 if port < 65_535 else DEFAULT_PORT}"
    elif code == errno.EACCES:
        reason = "only an administrator may"
        hint = f"Choose a port from 1024 on: --port {DEFAULT_PORT}"
    else:
        reason = "this machine has no such address"
        hint = f"Check --host. Without it the site listens on {DEFAULT_HOST}."
    return SettingError(f"The site cannot listen on {host}, port {port}: {reason}.", hint=hint)
