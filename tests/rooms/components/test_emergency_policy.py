"""An emergency goes before an active form, needs no action server, and leaves the form waiting."""

from typing import Optional

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from components.emergency_policy import EmergencyPolicy

DOMAIN = Domain.from_yaml(
    """
    version: "3.1"
    intents: [emergency_breathing, emergency_self_harm, ask_cost]
    actions: [utter_emergency, utter_self_harm]
    slots:
      name: {type: any, influence_conversation: false, mappings: [{type: custom}]}
    forms:
      some_form: {required_slots: [name]}
    responses:
      utter_emergency: [{text: call}]
      utter_self_harm: [{text: call}]
    """
)


def predicted(intent: str, latest_action: str, form: Optional[str] = "some_form") -> Optional[str]:
    """Return the action that the policy is certain of, or None."""
    events = [ActiveLoop(form), ActionExecuted("action_listen")]
    events.append(UserUttered("...", intent={"name": intent, "confidence": 1.0}))
    if latest_action != "action_listen":
        events.append(ActionExecuted(latest_action))
    tracker = DialogueStateTracker.from_events("visitor", events, DOMAIN.slots)
    context = ExecutionContext(GraphSchema({}), node_name="policy")
    policy = EmergencyPolicy(EmergencyPolicy.get_default_config(), None, Resource("x"), context)
    prediction = policy.predict_action_probabilities(tracker, DOMAIN)
    if prediction.max_confidence < 1.0:
        return None
    assert prediction.is_no_user_prediction, "a form's own prediction would win"
    assert prediction.policy_priority > 6, "RulePolicy's"
    return str(DOMAIN.action_names_or_texts[prediction.max_confidence_index])


@pytest.mark.parametrize(
    ("intent", "latest_action", "expected"),
    [
        ("emergency_breathing", "action_listen", "utter_emergency"),
        ("emergency_self_harm", "action_listen", "utter_self_harm"),
        ("emergency_breathing", "utter_emergency", "action_listen"),
        ("ask_cost", "action_listen", None),
    ],
)
def test_in_a_form(intent: str, latest_action: str, expected: Optional[str]) -> None:
    assert predicted(intent, latest_action) == expected


def test_outside_of_forms_rules_decide() -> None:
    assert predicted("emergency_breathing", "action_listen", form=None) is None
