"""The architecture's page shows the code as it is."""

import pytest

from scripts import architecture


def test_the_drawing_is_up_to_date() -> None:
    page = architecture.PAGE.read_text(encoding="utf-8")
    assert page == architecture.drawn(page, architecture.drawing()), "run `make architecture`"


def test_a_page_without_a_place_for_it_is_told() -> None:
    with pytest.raises(ValueError, match="no place"):
        architecture.drawn("# Architecture\n", "a drawing")
