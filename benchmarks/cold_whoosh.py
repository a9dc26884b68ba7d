"""What `peelsearch search WORDS` does, written on stock Whoosh: for the measuring of cold starts.

    python benchmarks/cold_whoosh.py INDEX WORD...

The index is one that ``peers/whoosh_stock.py`` built. The words are analysed as everywhere, all
must match; printed are the total, ten hits with highlights, and the counts of three facets.
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import click

sys.path.append(str(Path(__file__).parents[1]))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh import index, query, sorting

from peelsearch.analysis import stems

FACETS = ("force", "theme", "grade")


@click.command()
@click.argument("folder", type=click.Path(exists=True))
@click.argument("words", nargs=-1)
def main(folder: str, words: tuple[str, ...]) -> None:
    """Search and print."""
    asked = stems(" ".join(words))
    extra = [
        query.Term(field, stem, boost=weight)
        for stem in asked
        for field, weight in (("heading", 0.3), ("path", 0.1))
    ]
    every = query.And([query.Term("body", stem) for stem in asked])
    groups = sorting.Facets()
    for name in FACETS:
        groups.add_field(name, maptype=sorting.Count)
    with index.open_dir(folder).searcher() as searcher:
        wanted = query.AndMaybe(every, query.Or(extra))
        results = searcher.search(wanted, limit=10, groupedby=groups, terms=True)
        click.echo(f"{len(results)} passages")
        for place in range(min(10, len(results))):
            hit = results[place]
            click.echo(f"\n{place + 1}. {hit['id']}\n   {hit.highlights('body')}")
        for name in FACETS:
            counts = sorted(results.groups(name).items(), key=lambda item: -item[1])
            click.echo(f"{name}: " + ", ".join(f"{value} {count}" for value, count in counts))


if __name__ == "__main__":
    main()
