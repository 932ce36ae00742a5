"""The questions of the form, in their order, and the fields of the request that each one fills."""

from dataclasses import dataclass
from typing import Dict, Iterable, Mapping, Optional, Tuple

from consultations import fields


@dataclass(frozen=True)
class Step:
    """One question. It is answered when one of its `fields` has a value, or it was skipped."""

    name: str
    fields: Tuple[str, ...]
    optional: bool = False


CONSENT, SUMMARY = "consent", "summary"
STEPS = (
    Step("contact_name", ("contact_name",)),
    Step("contact", ("email", "phone")),
    Step("for_whom", ("for_whom",)),
    Step("patient_age", ("patient_age",)),
    Step("diagnosis", ("diagnosis",), optional=True),
    Step("sma_type", ("sma_type",), optional=True),
    Step("place", ("place",)),
    Step("language", ("language",)),
    Step("question", ("question",), optional=True),
    Step(CONSENT, ("consent_at",)),
)
BY_NAME: Dict[str, Step] = {step.name: step for step in STEPS}
# What an earlier request of the same visitor may lend; consent is given anew for each.
REUSABLE = tuple(field for step in STEPS for field in step.fields if step.name != CONSENT)
_OF_FIELD = {field: step.name for step in STEPS for field in step.fields}


def step_of(field: str) -> str:
    """Return the name of the step that asks for a field of the request."""
    return _OF_FIELD[field]


def is_ruled_out(name: str, values: Mapping[str, str]) -> bool:
    """Say whether a step makes no sense: nobody has a type without the diagnosis."""
    return name == "sma_type" and values.get("diagnosis") not in (None, "yes")


def is_answered(step: Step, values: Mapping[str, str], skipped: Iterable[str]) -> bool:
    """Say whether a step needs no asking: it has a value, was skipped, or makes no sense."""
    if is_ruled_out(step.name, values) or step.name in skipped:
        return True
    return any(field in values for field in step.fields)


def next_step(values: Mapping[str, str], skipped: Iterable[str]) -> str:
    """Return the name of the first step that isn't answered; `summary` when all are."""
    missing = (step.name for step in STEPS if not is_answered(step, values, skipped))
    return next(missing, SUMMARY)


def step_before(name: str, values: Mapping[str, str]) -> Optional[str]:
    """Return the step asked before this one; None for the first."""
    names = [*BY_NAME, SUMMARY]
    before = [step for step in names[: names.index(name)] if not is_ruled_out(step, values)]
    return before[-1] if before else None


def is_minor_on_their_own(values: Mapping[str, str]) -> bool:
    """Say whether the person to contact is the patient and under age."""
    if values.get("for_whom") != "self" or "patient_age" not in values:
        return False
    return fields.parse_age(values["patient_age"]) < fields.ADULT_MONTHS
