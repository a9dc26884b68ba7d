"""Whether a browser or program still has the answer: ETag and If-None-Match.

An answer depends on its address (with the host, which feeds name), the commit, the words in use,
the program with its templates, the day, since deadlines are told as of today, and what the site
names beside. All of that is known before a page is made.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, g, request
from werkzeug.http import parse_etags

from peelsearch.corpus import Corpus
from peelsearch.corpus_fingerprint import corpus_fingerprint
from peelsearch.digests import sha256
from peelsearch.errors import PeelsearchError
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.site import Site
from peelsearch.webapp.table_state import today

_TAG = "peelsearch_tag"
# Answers that are made anew each time, or have a cache of their own.
_APART = frozenset({"static", "health", "document_file", None})


def add_conditional(app: Flask, site: Site, web: Path) -> None:
    """Answer 304 where a client has what it would be given. ``web`` holds the templates."""
    marks = _Marks(site, _templates(web))

    def ask() -> Response | None:
        if request.method not in {"GET", "HEAD"} or request.endpoint in _APART:
            return None
        tag = marks.tag()
        g.setdefault(_TAG, tag)
        # "*" fits anything that is there, which is not known yet.
        known = parse_etags(request.headers.get("If-None-Match"))
        if tag and not known.star_tag and known.contains_weak(tag):
            return Response(status=304, headers={"ETag": f'W/"{tag}"'})
        return None

    def give(response: Response) -> Response:
        tag = g.get(_TAG)
        if tag and response.status_code == 200:
            # Weak: the time that a search took is in some answers and differs each time.
            response.set_etag(tag, weak=True)
        return response

    app.before_request(ask)
    app.after_request(give)


class _Marks:
    """What answers depend on, put into short texts."""

    def __init__(self, site: Site, templates: str) -> None:
        self._site = site
        self._templates = templates
        self._made: tuple[Corpus, Vocabulary, str] | None = None

    def tag(self) -> str:
        """The tag of the answer to this request, empty where there is no index to answer from.

        A commit that arrives while the answer is made only makes the answer newer than its tag.
        """
        try:
            corpus = self._site.current()
            commit = self._commit(corpus, self._site.words(corpus))
        except PeelsearchError:
            return ""
        address = (
            request.scheme,
            request.headers.get("Host", ""),
            request.script_root,
            request.path,
            request.query_string.decode("latin-1"),
        )
        beside = (one() for one in self._site.beside)
        return sha256("\0".join((*address, commit, today(), *beside)).encode())[:32]

    def _commit(self, corpus: Corpus, words: Vocabulary) -> str:
        made = self._made
        if made is None or made[0] is not corpus or made[1] is not words:
            manifest = corpus.manifest
            # A folder that was emptied and filled again counts its commits from the start.
            said = (
                str(corpus.generation),
                manifest.created,
                corpus.reader.fingerprint,
                corpus_fingerprint(manifest.documents, words),
                self._templates,
            )
            made = self._made = (corpus, words, "\0".join(said))
        return made[2]


def _templates(web: Path) -> str:
    files = sorted(path for path in web.rglob("*") if path.is_file())
    return sha256(b"\0".join(path.read_bytes() for path in files))
