"""Whole conversations as scripts, for the tests of the form."""

from typing import Any, Dict, Optional, Tuple, Union

from consultations.dialogue import form

# What the visitor says; what is asked then (or how it ends); what that changed in the values
# (None: gone; "*": any value), and what was said before the question ("invalid:age_invalid").
Line = Tuple[Union[str, Dict[str, Optional[str]]], ...]

OPENING = "I would like a free consultation"
# Ends with `ask` at the step in the key: answers to the questions before it.
ANSWERS = {
    "contact_name": "Ana Silva",
    "contact": "ana@example.org",
    "for_whom": "my child",
    "patient_age": "5",
    "diagnosis": "yes",
    "sma_type": "2",
    "place": "Lisbon",
    "language": "Portuguese",
    "question": "How long does a visit take?",
    "consent": "I agree",
    "summary": "Send",
}


def at(step: str, data: Optional[Dict[str, Any]] = None) -> Dict[str, Any]:
    """Return the data of a form that has come to the question `step`."""
    turn = form.start(data or form.new(), OPENING)
    while turn.ask != step:
        assert turn.data is not None and turn.ask is not None
        turn = form.take(turn.data, ANSWERS[turn.ask], asks=False, interrupted=False)
    assert turn.data is not None
    return turn.data


def play(data: Dict[str, Any], *lines: Line) -> form.Turn:
    """Play a script and compare it line by line; return the last turn."""
    turn = form.repeat(data)
    for text, expected, *more in lines:
        assert turn.data is not None, f"the form had ended before {text!r}"
        before = dict(turn.data["values"])
        turn = take(turn.data, str(text))
        after = before if turn.data is None else turn.data["values"]
        changes = {
            name: "*" if name == "consent_at" and after.get(name) else after.get(name)
            for name in {**before, **after}
            if before.get(name) != after.get(name)
        }
        says = [":".join([say.name, *say.values.values()]) for say in turn.says]
        expected_changes = next((part for part in more if isinstance(part, dict)), {})
        expected_says = [part for part in more if isinstance(part, str)]
        assert (text, turn.end or turn.ask, changes, says) == (
            text,
            expected,
            expected_changes,
            expected_says,
        )
    return turn


def take(data: Dict[str, Any], text: str) -> form.Turn:
    """Take an entry; "(asks) ..." is a question in between, "(later) ..." comes after a day."""
    asks, later = text.startswith("(asks) "), text.startswith("(later) ")
    text = text.split(") ", 1)[1] if asks or later else text
    return form.take(data, text, asks=asks, interrupted=later)
