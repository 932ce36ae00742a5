"""Spelling is corrected where it helps, and names, numbers and other languages are left alone."""

import stat
from pathlib import Path

import pytest

from understanding.spelling import Speller, names_in, own_words


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(own_words())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "is ther risk of bleding becuase of spinrazza",
            "is the risk of bleeding because of spinraza",
        ),
        ("how much does nusinersin cost", "how much does nusinersen cost"),
        ("kidny dammage?", "kidney damage?"),
        ("lumbar punkture", "lumbar puncture"),
        ("evrisdy or zolgensema", "evrysdi or zolgensma"),
    ],
)
def test_misspelt_words_are_corrected(speller: Speller, text: str, expected: str) -> None:
    assert speller.correct(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "what are the side effects?",
        "call 1-800-fda-1088",
        "hfmse at 15 months",
        "这个药多少钱",
        "ñandú über",
        "xqzvwkj",
        "my e-mail is a.b@example.org",
        "",
    ],
)
def test_what_is_right_or_foreign_stays(speller: Speller, text: str) -> None:
    assert speller.correct(text) == text


def test_names_stay_but_a_misspelt_drug_does_not(speller: Speller) -> None:
    text = "my son Okafer gets Spinrazza"
    assert speller.correct(text.lower(), names_in(text)) == "my son okafer gets spinraza"


def test_shouting_does_not_make_everything_a_name() -> None:
    assert names_in("IS IT SAFE FOR Anna") == set()


def test_a_kept_dictionary_corrects_as_a_new_one(tmp_path: Path) -> None:
    Speller({"nusinersen"}, tmp_path)
    [path] = tmp_path.iterdir()
    written = path.stat().st_mtime_ns
    kept = Speller({"nusinersen"}, tmp_path)
    assert path.stat().st_mtime_ns == written, "it was used and not made again"
    assert kept.correct("kidny dammage of nusinersin") == "kidney damage of nusinersen"


@pytest.mark.parametrize("content", [b"", b"\x80\x04not a pickle", b"cos\nsystem\n"])
def test_a_broken_one_is_made_again(tmp_path: Path, content: bytes) -> None:
    Speller({"nusinersen"}, tmp_path)
    [path] = tmp_path.iterdir()
    size = path.stat().st_size
    path.write_bytes(content)
    assert Speller({"nusinersen"}, tmp_path).correct("nusinersin") == "nusinersen"
    assert path.stat().st_size == size


def test_one_that_others_can_write_is_not_read(tmp_path: Path) -> None:
    Speller({"nusinersen"}, tmp_path)
    [path] = tmp_path.iterdir()
    path.chmod(0o666)
    assert Speller({"nusinersen"}, tmp_path).correct("nusinersin") == "nusinersen"
    [path] = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600, "it was made again"


def test_of_other_words_there_is_another(tmp_path: Path) -> None:
    Speller({"nusinersen"}, tmp_path)
    assert Speller({"evrysdi"}, tmp_path).correct("nusinersin") != "nusinersen"
    assert len(list(tmp_path.iterdir())) == 1, "the old one is gone"


def test_where_nothing_can_be_kept_it_works_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert Speller({"nusinersen"}, tmp_path / "file").correct("nusinersin") == "nusinersen"
