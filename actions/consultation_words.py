"""What the form says: the words of its texts for what the dialogue engine decided."""

from typing import Any, Dict, List, Optional

import settings
from actions.reply import Button
from consultations import fields
from consultations.dialogue import form, steps
from consultations.dialogue.form import Turn
from consultations.online_form import online_form
from texts import has_text, text

_MONTHS_TOLD = 24  # younger patients' ages are told in months
# What a form without buttons for it understands anyway; each is a name of a text.
_BUTTONS: Dict[str, List[str]] = {
    "for_whom": ["self", "child", "other"],
    "diagnosis": ["yes", "no", "suspected", "unknown"],
    "consent": ["agree", "disagree"],
    form.CANCEL: ["cancel_yes", "cancel_no"],
    form.RESUME: ["go_on", "start_again", "cancel"],
    form.REUSE: ["use", "no"],
}
_TYPES = ("1", "2", "3", "4")
_LANGUAGES = ("English", "Español", "中文")


def words_of(turn: Turn, language: str) -> str:
    """Return everything a turn says, its question last."""
    values = turn.data["values"] if turn.data else {}
    lines = [_said(say.name, say.values, values, language) for say in turn.says]
    if turn.ask and turn.data:
        lines.append(question(turn.ask, turn.data, language))
    return "\n".join(lines)


def question(ask: str, data: Dict[str, Any], language: str) -> str:
    """Return the question that the form is at."""
    if ask == steps.SUMMARY:
        return text("form_ask_summary", language, summary=summary(data["values"], language))
    if ask == form.RESUME:
        given = [
            text(f"form_label_{step.name}", language)
            for step in steps.STEPS
            if any(field in data["values"] for field in step.fields)
        ]
        what = ", ".join(given) or "–"
        return text("form_ask_resume", language, given=what)
    if ask == form.REUSE:
        name = "form_ask_reuse" if _is_of_before(data) else "form_ask_use_phone"
        return text(name, language, contact=", ".join(data["reuse"].values()))
    if ask == "question" and data["suggestion"]:
        suggestion = data["suggestion"]
        return text("form_ask_question_suggested", language, suggestion=suggestion)
    return text(f"form_ask_{ask}", language)


def _is_of_before(data: Dict[str, Any]) -> bool:
    """Say whether the contact offered is an earlier request's, and not the number an app proves."""
    return "contact_name" in data["reuse"]


def buttons_of(turn: Turn, language: str) -> List[Button]:
    """Return the buttons under a turn's question; pressing one types its title."""
    if not turn.ask or not turn.data:
        return []
    names = list(_BUTTONS.get(turn.ask, ()))
    titles: List[str] = []
    if turn.ask == "sma_type":
        titles = [text("form_button_type", language, number=number) for number in _TYPES]
        names = ["unknown"]
    elif turn.ask == "language":
        titles = list(_LANGUAGES)
    elif turn.ask == "question":
        names = ["add", "skip"] if turn.data["suggestion"] else ["skip"]
    elif turn.ask == form.REUSE and not _is_of_before(turn.data):
        names = ["yes", "no"]
    elif turn.ask == steps.SUMMARY:
        labels = [text(f"form_label_{name}", language) for name in _shown(turn.data["values"])]
        titles = [text("form_button_send", language)]
        titles += [text("form_button_change", language, label=label) for label in labels]
        names = ["cancel"]
    titles += [text(f"form_button_{name}", language) for name in names]
    return [{"title": title, "payload": title} for title in titles]


def summary(values: Dict[str, str], language: str) -> str:
    """Return what was entered, a line for each question."""
    return "\n".join(
        f"• {text(f'form_label_{name}', language)}: {_value(name, values, language)}"
        for name in _shown(values)
    )


def way_out(values: Dict[str, str], language: str) -> str:
    """Return how to reach the clinic without this chat; empty when nothing is configured."""
    url = settings.consultation_form_url()
    if not url:
        return ""
    filled = online_form(url, settings.sink_setting("WUFOO_FIELDS"), values)
    return text("form_way_out_online", language, url=filled)


def _shown(values: Dict[str, str]) -> Dict[str, str]:
    """Return the steps that have a value, but the consent, in their order."""
    return {
        step.name: next(values[field] for field in step.fields if field in values)
        for step in steps.STEPS
        if step.name != steps.CONSENT and any(field in values for field in step.fields)
    }


def _value(name: str, values: Dict[str, str], language: str) -> str:
    if name == "contact":
        return ", ".join(values[field] for field in ("email", "phone") if field in values)
    value = _shown(values)[name]
    if name == "patient_age":
        return _age(fields.parse_age(value), language)
    known = f"form_value_{value}"
    return text(known, language) if has_text(known) else value


def _age(months: int, language: str) -> str:
    if months < _MONTHS_TOLD:
        return text("form_value_months", language, count=str(months))
    return text("form_value_years", language, count=f"{months / 12:.1f}".removesuffix(".0"))


def _said(name: str, given: Dict[str, str], values: Dict[str, str], language: str) -> str:
    if name == "invalid":
        return invalid(given["code"], language)
    if name == "form_changed":
        label = text(f"form_label_{given['step']}", language)
        return text(name, language, label=label)
    if name == "form_way_out":
        return text(name, language, online=way_out(values, language))
    return text(name, language)


def invalid(code: str, language: str) -> str:
    """Return what to type instead of an entry that can't be taken."""
    name = f"invalid_{code}"
    return text(name, language) if has_text(name, language) else fields.MESSAGES[code]


def topic_of(turn: Turn) -> Optional[str]:
    """Return the topic of a turn's outcome: what is asked, or how the form ended."""
    return turn.end or turn.ask
