"""Rasa without TensorFlow.

Rasa 3.6 imports TensorFlow whatever the pipeline, and nothing in ours uses it: it is 1.9 GB of a
2.6 GB installation, and half of the start-up time and memory. The lock file leaves it out, and this
module puts empty stand-ins in its place, enough for Rasa's own modules to be imported: they only
subclass, decorate and annotate with TensorFlow's names until a neural component is really built.

Configuring such a component (DIET, TED, ...) is refused with an error that says what to do.
Where TensorFlow is installed (`make full-environment`) nothing here does anything.

It can go when Rasa's policies no longer import TensorFlow (`rasa.core.policies.policy` does).
"""

import importlib.util
import sys

from workarounds.stand_ins import StandInFinder, StandInModule

PACKAGES = ("tensorflow", "tensorflow_text", "tensorflow_addons", "tensorflow_hub", "keras")

NEEDS_TENSORFLOW = (
    "{component} needs TensorFlow, which this environment leaves out on purpose. "
    "Use the components in components/ (see config.yml), or run "
    "`make full-environment` and use .venv-full/bin/rasa."
)


def _is_tensorflow(module: str) -> bool:
    return module.split(".")[0] in PACKAGES


_FINDER = StandInFinder(_is_tensorflow)


def install() -> None:
    """Put the stand-ins in place, unless TensorFlow is installed or they are there already."""
    if _FINDER not in sys.meta_path and importlib.util.find_spec("tensorflow") is None:
        sys.meta_path.append(_FINDER)


def is_left_out(component: type) -> bool:
    """Say whether the module that defines `component` works with a stand-in."""
    module = sys.modules.get(component.__module__)
    return any(isinstance(value, StandInModule) for value in vars(module).values())
