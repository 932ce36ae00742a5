"""References are hard to get wrong, and easy to read when typed in other ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.reference import _ALPHABET, is_reference, new_reference, normalise_reference


@pytest.mark.parametrize(
    "text",
    ["", "SMA", "SMA-", "hello", "SMA-7K3F-9QX", "SMA-7K3F-9QX22", "SMA-UUUU-UUUU", "😀" * 8],
)
def test_other_things_are_no_references(text: str) -> None:
    assert normalise_reference(text) is None


@given(st.text())
def test_any_text_can_be_asked_about(text: str) -> None:
    reference = normalise_reference(text)
    assert reference is None or normalise_reference(reference) == reference


@given(st.integers(0, 7), st.sampled_from(_ALPHABET))
def test_one_wrong_character_is_noticed(position: int, wrong: str) -> None:
    letters = list(new_reference()[4:].replace("-", ""))
    changed = [*letters[:position], wrong, *letters[position + 1 :]]
    assert is_reference("".join(changed)) == (letters[position] == wrong)


@given(st.integers(0, 6))
def test_two_swapped_neighbours_are_noticed(position: int) -> None:
    letters = list(new_reference()[4:].replace("-", ""))
    swapped = [*letters]
    swapped[position], swapped[position + 1] = letters[position + 1], letters[position]
    assert is_reference("".join(swapped)) == (swapped == letters)


def test_it_may_be_typed_in_many_ways() -> None:
    for _ in range(50):
        reference = new_reference()
        letters = reference.replace("-", "")
        ways = [reference.lower(), letters, letters[3:], " ".join(letters), f" {reference} "]
        ways += [reference[:4] + reference[4:].replace("0", "O").replace("1", "l")]
        assert {normalise_reference(way) for way in ways} == {reference}


def test_references_are_different() -> None:
    assert len({new_reference() for _ in range(1000)}) == 1000
