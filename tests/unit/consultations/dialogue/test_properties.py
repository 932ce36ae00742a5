"""Whatever is typed, in whatever order: no exception, no loss, nothing sent without two yeses."""

import json
from typing import Any, Dict, List, Tuple

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from consultations.dialogue import form, steps
from consultations.dialogue.commands import is_consent, is_go_ahead, step_to_change
from consultations.request import validate
from tests.unit.consultations.dialogue.script import ANSWERS, OPENING, at

_SHORT = (
    "yes|no|ok|sí|是|send|I agree|stop|cancel|Yes, cancel|skip|back|why?|start again|hello"
    "|wait|not sure|nothing|go on|sure|claro que no|no problem|yes but no|don't|同意|发送"
    "|2|12|34|8 months|二|newborn|type two|I'm 15|for me|myself|my son|no, he's 5|3 or 4"
    "|Van der Berg, Anna|李雷|O'Neil|josé|Ok Li|No|Porto, Portugal|English|北京|中文"
    "|the phone is wrong|change the e-mail|Change: Name|修改：姓名|Cambiar: Tipo|my age"
    "|Change: Agreement|change the name to Eva|the place is wrong, it's Faro|the consent"
)
_POOL = [
    *ANSWERS.values(),
    *_SHORT.split("|"),
    "it's for my nephew, he is 11, type 3, write to family@example.org",
    "no wait, my e-mail is b@example.org",
    "Ana Silva ana@example.org 020 7946 0018",
    "+44 20 7946 0018, a@example.org or b@example.org",
    "We live in Nairobi but speak Swahili",
    "What if the number of doses is wrong?",
    "",
    " \n\t",
    "👍",
    "\ud800",
    "\x00",
    "@",
    "?" * 70,
    "a, " * 1400,
    "x" * 4000,
    "٣ سنوات",
    "ﬀ½１２",
]
_TEXTS = st.one_of(st.sampled_from(_POOL), st.text(st.characters(), max_size=80))
_ENTRIES = st.lists(
    st.tuples(
        _TEXTS,
        st.sampled_from([False, False, False, True]),  # asks something beside the form
        st.sampled_from([False, False, False, False, True]),  # comes a day later
    ),
    max_size=14,
)
_EARLIER = {"contact_name": "Ana", "email": "a@example.org"}
# Where a conversation begins, so that short ones reach the end.
_STARTS = [
    form.new(),
    form.new("Is it free?", _EARLIER),
    at("patient_age"),
    at("question", form.new("Is it free?")),
    at("consent"),
    at("summary"),
]
_CHECKED = settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
_MODES = (form.CANCEL, form.RESUME, form.REUSE)


@_CHECKED
@given(data=st.sampled_from(_STARTS), entries=_ENTRIES)
@example(data=at("consent"), entries=[("I agree", False, False), ("I agree", False, False)])
@example(data=at("summary"), entries=[("Send", False, True), ("Send", False, False)])
@example(data=at("language"), entries=[("x" * 4000, False, False), ("\ud800", False, True)])
def test_any_conversation(data: Dict[str, Any], entries: List[Tuple[str, bool, bool]]) -> None:
    for text, asks, interrupted in entries:
        before = json.dumps(data)
        turn = form.take(data, text, asks, interrupted)
        assert json.dumps(data) == before, "the draft given was changed"
        _check_turn(turn)
        if turn.end:
            _check_end(data, turn, text, asks, interrupted)
            return
        assert turn.data is not None
        _check_consent(data, turn.data, text, asks)
        data = json.loads(json.dumps(turn.data))


def _check_turn(turn: form.Turn) -> None:
    """Check that every turn asks something that exists, or ends."""
    assert (turn.ask is None) == (turn.end is not None)
    assert turn.ask in (None, *steps.BY_NAME, steps.SUMMARY, *_MODES)
    known = ("invalid", "form_changed", "form_going_on", "form_not_optional", "form_summary_help")
    for say in turn.says:
        assert say.name in known or say.name.startswith(("form_why_", "form_way_out", "form_"))
    if turn.ask == steps.SUMMARY:
        assert turn.data is not None
        validate({**turn.data["values"], "consent_version": form.CONSENT_VERSION})


def _check_end(
    data: Dict[str, Any], turn: form.Turn, text: str, asks: bool, interrupted: bool
) -> None:
    """Check that a form is only sent, or forgotten, on a clear word to the question asked."""
    assert not asks
    if turn.end == form.SENT:
        assert not data["mode"] and data["step"] == steps.SUMMARY and not interrupted
        assert is_go_ahead(text)
        assert turn.data is not None and turn.data["values"] == data["values"]
        assert turn.data["values"]["consent_at"]
        validate({**turn.data["values"], "consent_version": form.CONSENT_VERSION})
    else:
        assert turn.data is None
        asked = (data["mode"], data["step"])
        assert data["mode"] == form.CANCEL or asked == ("", steps.CONSENT)


def _check_consent(before: Dict[str, Any], after: Dict[str, Any], text: str, asks: bool) -> None:
    """Check that consent is only given to the question for it, by a word that agrees."""
    given_at = after["values"].get("consent_at")
    if given_at and given_at != before["values"].get("consent_at"):
        assert before["step"] == steps.CONSENT and not before["mode"]
        assert is_consent(text) and not asks


@_CHECKED
@given(step=st.sampled_from([*steps.BY_NAME, steps.SUMMARY]), text=_TEXTS)
def test_an_entry_deletes_nothing(step: str, text: str) -> None:
    data = at(step)
    turn = form.take(data, text, asks=False, interrupted=False)
    if turn.data is None:
        return
    gone = set(data["values"]) - set(turn.data["values"])
    is_about_a_child = any(say.values.get("code") == "underage_contact" for say in turn.says)
    allowed = (
        {"consent_at"} if text == "back" or step_to_change(text) or "consent" in text else set()
    )
    assert gone <= allowed or is_about_a_child


@_CHECKED
@given(text=st.one_of(_TEXTS, st.text(max_size=300)))
def test_any_opening(text: str) -> None:
    turn = form.start(form.new(text), text)
    _check_turn(turn)
    assert turn.data is not None and "consent_at" not in turn.data["values"]
    assert form.repeat(turn.data).ask == turn.ask


@settings(max_examples=150, deadline=None, derandomize=True)
@given(texts=st.lists(_TEXTS, max_size=6))
def test_the_form_can_always_be_finished(texts: List[str]) -> None:
    turn = form.start(form.new(), OPENING)
    for text in texts:
        if turn.data is None or turn.end:
            return
        turn = form.take(turn.data, text, asks=False, interrupted=False)
    for _ in range(3 * len(steps.STEPS)):
        if turn.end or turn.data is None:
            return
        answer = {**ANSWERS, form.CANCEL: "no", form.RESUME: "yes", form.REUSE: "no"}
        turn = form.take(turn.data, answer[str(turn.ask)], asks=False, interrupted=False)
    assert turn.end == form.SENT
