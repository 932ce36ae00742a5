"""How a component is made that learns nothing: of its configuration alone."""

from typing import Any, Dict

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class MadeFromConfig(GraphComponent):
    """Hands its configuration to `__init__`, and nothing of what Rasa offers beside it."""

    def __init__(self, config: Dict[str, Any]) -> None:
        """Take the configuration: the defaults, and what config.yml says."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "MadeFromConfig":
        """Return a component; Rasa calls this."""
        return cls(config)
