"""The newest rows of the register as a feed: findings, or the other expectations alone."""

from __future__ import annotations

from peelsearch.model import Document
from peelsearch.model.quotations import Quotation
from peelsearch.model.register import Entry as Finding
from peelsearch.model.register import Register
from peelsearch.render.atom import Entry, document_entry
from peelsearch.render.force import finding_facts
from peelsearch.watches import mark_of
from peelsearch.webapp.feeds import Feed, newest, updates
from peelsearch.webapp.table_form import typed_values
from peelsearch.webapp.tables import Asked, feed_link


def register_feed(found: Register, asked: Asked, *, alone: bool) -> Feed:
    """The rows of the newest documents. A finding is known by its words where it is first held."""
    changed = updates(asked.corpus)

    def entry(
        document: Document, said: Quotation, headings: tuple[str, ...], name: str, text: str
    ) -> Entry:
        # The same words as a hit of a search are another entry.
        key = f"finding {mark_of(document, headings, said.quote)}"
        link = asked.paths.said(document, said)
        return document_entry(document, key, name, text, link, changed(document))

    def finding(one: Finding) -> Entry:
        place, facts = one.place, " · ".join(finding_facts(one, asked.vocabulary))
        text = f"{facts}: {place.said.quote}"
        return entry(place.document, place.said, place.headings, one.reference, text)

    if alone:
        listed = [found.expectations[n] for n in newest(o.document for o in found.expectations)]
        entries = [
            entry(o.document, o.said, o.headings, "Expectation", o.said.quote) for o in listed
        ]
    else:
        rows = [found.entries[n] for n in newest(row.place.document for row in found.entries)]
        entries = [finding(row) for row in rows]
    state = asked.state.beside("page").beside("sort")
    chips = typed_values(state.beside("expectations"), asked.path, asked.vocabulary).chips
    named = ("other expectations" if alone else "findings", *(chip.label for chip in chips))
    return Feed(
        f"peelsearch: {'; '.join(named)}",
        feed_link(asked),
        state.href(asked.path),
        tuple(entries),
    )
