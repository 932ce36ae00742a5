"""The replies to what visitors ask and want, one by one and several together."""

from typing import Callable, Dict, List

import settings
from actions.conversation import SEEK_ADVICE
from actions.knowledge_base import catalogue
from actions.offers import consultation_button, was_offered
from actions.reply import Kind, Outcome, Reply, outcome, quoted, section_names, topic_buttons
from knowledge.payload import ASK
from texts import text

REPORT_TOPICS = ("side_effects_complete", "report_side_effects")


def answer(topic: str, language: str) -> Reply:
    """Return the page's words on `topic` and their sections, or that the page is silent."""
    sources = catalogue().sources(topic)
    if not sources:
        label, _ = catalogue().topics[topic].words(language)
        return Reply(
            text("not_covered", language, label=label),
            outcome(Kind.NOT_COVERED, topic),
            [consultation_button(language)],
        )
    result = outcome(Kind.ANSWER, topic, sources)
    offers = [consultation_button(language)] if was_offered(result) else []
    return Reply(
        text("answer", language, quotes=quoted(sources), sections=section_names(sources)),
        result,
        [*offers, *topic_buttons(catalogue().related(topic), language)],
    )


def no_verdict(name: str, language: str) -> Reply:
    """Return that only a doctor can say, and what the page says in general, if anything."""
    topic = catalogue().advice.get(name)
    sources = catalogue().sources(topic) if topic else ()
    buttons = [consultation_button(language)]
    result = outcome(Kind.ADVICE, topic or name, sources)
    if not sources:
        return Reply(text("advice", language), result, buttons)
    values = {"quotes": quoted(sources), "sections": section_names(sources)}
    return Reply(text("advice_with_quote", language, **values), result, buttons)


def side_effect_report(language: str) -> Reply:
    """Return where to tell a side effect that happened: doctor and reporting line."""
    sources = [source for topic in REPORT_TOPICS for source in catalogue().sources(topic)]
    values = {"quotes": quoted(sources), "sections": section_names(sources)}
    return Reply(
        text("side_effect_report", language, **values),
        outcome(Kind.ADVERSE_EVENT, REPORT_TOPICS[-1], sources),
        [consultation_button(language)],
    )


def handoff(language: str) -> Reply:
    """Return the way to the free consultation: the clinic's online form."""
    url = settings.consultation_form_url()
    words = (
        text("consultation_form", language, url=url)
        if url
        else text("consultation_form_not_configured", language)
    )
    return Reply(words, outcome(Kind.HANDOFF, "consultation"))


def receipt(reference: str, language: str) -> Reply:
    """Return the receipt of a stored request."""
    result = {**outcome(Kind.FORM, "sent"), "reference": reference}
    return Reply(text("form_sent", language, reference=reference), result)


def out_of_scope(language: str) -> Reply:
    """Return that the bot knows about this page only."""
    return Reply(text("out_of_scope", language), outcome(Kind.NOT_COVERED, "out_of_scope"))


_FIXED: Dict[str, Callable[[str], Reply]] = {
    "report_side_effect": side_effect_report,
    "request_consultation": handoff,
    "request_human": handoff,
    "inform_contact": handoff,
    "out_of_scope": out_of_scope,
}


def reply_to(intent: str, language: str) -> Reply:
    """Return the reply to one intent that asks or wants something.

    Raises:
        KeyError: the intent is none of those.
    """
    if intent in _FIXED:
        return _FIXED[intent](language)
    if intent.startswith(SEEK_ADVICE):
        return no_verdict(intent[len(SEEK_ADVICE) :], language)
    return answer(intent[len(ASK) :], language)


# Of several outcomes in one turn, the first of these is the turn's kind.
_WEIGHT = [
    Kind.ADVERSE_EVENT,
    Kind.ADVICE,
    Kind.HANDOFF,
    Kind.ANSWER,
    Kind.NOT_COVERED,
]


def reply_to_all(intents: List[str], language: str) -> Reply:
    """Return one reply to all of `intents`, in their order.

    The outcome is that of the weightiest; all outcomes are in its `parts`, all quotes in its
    `sources`.
    """
    replies = [reply_to(intent, language) for intent in intents if can_reply_to(intent)]
    # Two topics may have the same answer.
    distinct = list({reply.text: reply for reply in replies}.values())
    if len(distinct) == 1:
        return distinct[0]
    parts: List[Outcome] = [reply.outcome for reply in distinct]
    first = min(parts, key=lambda part: _WEIGHT.index(Kind(part["kind"])))
    result: Outcome = {"kind": first["kind"], "topic": first["topic"], "parts": parts}
    sources = [source for part in parts for source in part.get("sources", ())]
    if sources:
        result["sources"] = sources
    buttons = {button["title"]: button for reply in distinct for button in reply.buttons}
    return Reply("\n\n".join(reply.text for reply in distinct), result, list(buttons.values())[:4])


CONSULTATION_FORM = "consultation_form"
# These start it.
HANDOFF_INTENTS = {"request_consultation", "request_human", "inform_contact"}


def is_question(intent: str) -> bool:
    """Say whether the intent asks or tells something that is answered beside the form as well."""
    return can_reply_to(intent) and intent not in HANDOFF_INTENTS and intent != "out_of_scope"


def can_reply_to(intent: str) -> bool:
    """Say whether `reply_to` knows the intent."""
    return (
        intent in _FIXED
        or intent.startswith(SEEK_ADVICE)
        or intent[len(ASK) :] in catalogue().topics
    )
