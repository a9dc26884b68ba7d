"""A search's state in its address: what is read is what was linked."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from peelsearch.facets import FACETS
from peelsearch.model import Sort
from peelsearch.webapp.state import SearchState, read

words = st.text(max_size=20).map(lambda text: read(MultiDict([("q", text)])).q)
filled = words.filter(bool)
states = st.builds(
    SearchState,
    q=words,
    chosen=st.lists(
        st.tuples(st.sampled_from([facet.name for facet in FACETS]), filled), unique=True
    ).map(lambda pairs: tuple(sorted(pairs, key=lambda pair: order[pair[0]]))),
    since=st.sampled_from(["", "2022", "2022-04"]),
    until=words,
    document=words,
    group=st.sampled_from(["", "document"]),
    sort=st.sampled_from(["", "date", "document"]),
    limit=st.sampled_from(["", "25"]),
    page=st.sampled_from(["", "3"]),
)
order = {facet.name: index for index, facet in enumerate(FACETS)}


def followed(link: str) -> SearchState:
    return read(MultiDict(parse_qsl(urlsplit(link).query, keep_blank_values=True)))


@settings(deadline=None)
@given(state=states)
def test_following_its_own_link_changes_nothing(state: SearchState) -> None:
    assert followed(state.href("/search")) == state


@settings(deadline=None)
@given(state=states)
def test_each_change_changes_one_thing_and_starts_at_the_first_page(state: SearchState) -> None:
    assert state.sorted_by(Sort.DATE).page == ""
    assert state.with_limit(50).chosen == state.chosen
    assert state.at_page(7).chosen == state.chosen
    assert state.grouped("").page == state.within("one").page == state.within("one").group == ""
    assert state.without("document").document == ""
    for name, value in state.chosen:
        rest = state.without(name, value)
        assert (name, value) not in rest.chosen
        assert len(rest.chosen) == len(state.chosen) - 1
    cleared = state.cleared()
    assert (cleared.q, cleared.sort, cleared.chosen) == (state.q, state.sort, ())


def test_defaults_and_empty_values_are_left_out() -> None:
    state = SearchState(q=" ", sort="relevance", limit="10", page="1")
    assert state.href("/search") == "/search"


def test_control_characters_become_spaces() -> None:
    assert read(MultiDict([("q", "a\x00b\x1f")])).q == "a b"
