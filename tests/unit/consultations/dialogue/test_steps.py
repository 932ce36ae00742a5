"""Which question comes next, and which came before."""

from consultations.dialogue.steps import (
    BY_NAME,
    STEPS,
    SUMMARY,
    is_minor_on_their_own,
    next_step,
    step_before,
    step_of,
)


def test_the_type_is_only_asked_with_a_diagnosis() -> None:
    before = [step.name for step in STEPS[:4]]
    assert next_step({"diagnosis": "no"}, before) == "place"
    assert next_step({"diagnosis": "yes"}, before) == "sma_type"
    assert next_step({}, [*before, "diagnosis"]) == "sma_type"
    assert step_before("place", {"diagnosis": "no"}) == "diagnosis"
    assert step_before("place", {}) == "sma_type"


def test_the_ends() -> None:
    assert next_step({}, []) == "contact_name"
    assert next_step({}, list(BY_NAME)) == SUMMARY
    assert step_before("contact_name", {}) is None
    assert step_before(SUMMARY, {}) == "consent"
    assert step_of("phone") == "contact"


def test_minors_on_their_own() -> None:
    assert is_minor_on_their_own({"for_whom": "self", "patient_age": "215 months"})
    assert not is_minor_on_their_own({"for_whom": "self", "patient_age": "216 months"})
    assert not is_minor_on_their_own({"for_whom": "child", "patient_age": "8 months"})
    assert not is_minor_on_their_own({"for_whom": "self"})
