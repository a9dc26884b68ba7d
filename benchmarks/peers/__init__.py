"""The engines that are measured, peelsearch first: the others are divided by it."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers import fts5, peelsearch_engine, tantivy_peer, whoosh_stock, xapian_peer
from benchmarks.peers.protocol import Peer

OURS = peelsearch_engine.PEER
PEERS: tuple[Peer, ...] = (
    OURS,
    whoosh_stock.PEER,
    tantivy_peer.PEER,
    fts5.PEER,
    xapian_peer.PEER,
)


def installed(names: Sequence[str] = ()) -> tuple[Peer, ...]:
    """The engines that can be measured here; only these if there are ``names``."""
    return tuple(peer for peer in PEERS if (not names or peer.name in names) and not peer.missing())


def left_out() -> dict[str, str]:
    """The engines that cannot be measured here, with the reasons."""
    return {peer.label: reason for peer in PEERS if (reason := peer.missing())}
