"""What is skipped, what cannot be read, and the reasons given."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peelsearch.documents import READERS, read_document, skip_reason
from peelsearch.documents.encoding import decode
from peelsearch.errors import ReadingError
from peelsearch.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("README.md", "README"),
        ("readme.txt", "README"),
        ("README", "README"),
        ("catalogue.toml", "catalogue"),
        (".hidden.txt", "hidden"),
        ("picture.png", ".png"),
        ("no-suffix", "without a suffix"),
    ],
)
def test_skipped_files_have_a_reason(name: str, reason: str) -> None:
    assert reason in (skip_reason(Path("folder") / name) or "")


@pytest.mark.parametrize("name", ["report.txt", "REPORT.TXT", "readmes.txt", "a.b.txt"])
def test_documents_are_not_skipped(name: str) -> None:
    assert skip_reason(Path(name)) is None


def test_every_reader_has_a_suffix_in_lower_case() -> None:
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in READERS)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n\xc2\xa0\n", "white space"),
        ("\ufeff \n".encode("utf-16"), "white space"),
        (b"\x00\x01\x02\x03\x04\x05" * 100, "binary"),
        (b"%PDF-1.7 and so on", "a PDF"),
        (b"PK\x03\x04 and so on", "zip"),
        (b"plain \x81\x8d text", "neither UTF-8 nor Windows-1252"),
        (codecs.BOM_UTF8 + b"\xff\xff", "marked as UTF-8"),
        (b"*** --- ***\n\n(((", "no words"),
    ],
)
def test_unreadable_files_have_a_reason(
    data: bytes, reason: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes(data)
    with pytest.raises(ReadingError) as caught:
        read_document(path, vocabulary)
    assert reason in caught.value.message


def test_a_missing_file_and_a_folder_have_a_reason(tmp_path: Path, vocabulary: Vocabulary) -> None:
    (tmp_path / "folder.txt").mkdir()
    for name in ("missing.txt", "folder.txt"):
        with pytest.raises(ReadingError, match="cannot be opened"):
            read_document(tmp_path / name, vocabulary)


def test_unknown_types_are_not_read(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(ReadingError, match=r"\.xyz"):
        read_document(tmp_path / "document.xyz", vocabulary)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_utf_8_is_decoded_as_it_is(text: str) -> None:
    data = text.encode()
    if text.startswith(("\ufeff", "%PDF", "PK")):
        return
    assert decode(data) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252"])
def test_line_ends_and_offsets_are_those_of_the_decoded_text(
    encoding: str, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    text = "Zoë’s letter – £1m\r\n\r\nIt cost more than that.\rAnd then\x0cmore.\n"
    path = tmp_path / "document.txt"
    path.write_bytes(text.encode(encoding))
    document = read_document(path, vocabulary)
    assert document.text == text
    assert document.sections[0].start == 0
