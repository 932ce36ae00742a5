"""Decides that an emergency is answered first, inside a form as well."""

from typing import Any, Dict, List, Optional

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction, confidence_scores_for
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY

from components.emergency_detector import EMERGENCY

_SELF_HARM = f"{EMERGENCY}self_harm"
UTTER_EMERGENCY, UTTER_SELF_HARM = "utter_emergency", "utter_self_harm"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class EmergencyPolicy(Policy):
    """Answers an emergency inside a form, and lets the form wait.

    Rasa's RulePolicy gives an active form precedence over all rules, so that their emergency rules
    would never be asked. The reply is a response, which needs no action server.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {"priority": 7}  # RulePolicy has 6

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: Optional[TrackerFeaturizer] = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)

    def train(
        self,
        training_trackers: List[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """Nothing is learned."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: Optional[Dict[str, Any]] = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Be certain of the emergency's response and of listening after it, and of nothing else."""
        name = self._next_action(tracker)
        if name is None:
            return self._prediction(self._default_predictions(domain))
        # Rasa lets predictions that don't look at the message, as those of forms, go before others.
        return self._prediction(
            confidence_scores_for(name, 1.0, domain), is_no_user_prediction=True
        )

    @staticmethod
    def _next_action(tracker: DialogueStateTracker) -> Optional[str]:
        message = tracker.latest_message
        intent = str((message.intent if message else {}).get(INTENT_NAME_KEY) or "")
        if tracker.active_loop_name is None or not intent.startswith(EMERGENCY):
            return None
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            return UTTER_SELF_HARM if intent == _SELF_HARM else UTTER_EMERGENCY
        return str(ACTION_LISTEN_NAME)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "EmergencyPolicy":
        return cls(config, model_storage, resource, execution_context)
