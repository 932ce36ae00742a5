"""Rasa without TensorFlow.

Rasa 3.6 imports TensorFlow whatever the pipeline, and nothing in ours uses it: it is 1.9 GB of a
2.6 GB installation, and half of the start-up time and memory. The lock file leaves it out, and this
module puts empty stand-ins in its place, enough for Rasa's own modules to be imported: they only
subclass, decorate and annotate with TensorFlow's names until a neural component is really built.

Configuring such a component (DIET, TED, ...) is refused with an error that says what to do.
Where TensorFlow is installed (`make full-environment`) nothing here does anything.

It can go when Rasa's policies no longer import TensorFlow (`rasa.core.policies.policy` does).
"""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from types import ModuleType
from typing import Any, MutableSequence, Optional, Sequence

PACKAGES = ("tensorflow", "tensorflow_text", "tensorflow_addons", "tensorflow_hub", "keras")

NEEDS_TENSORFLOW = (
    "{component} needs TensorFlow, which this environment leaves out on purpose. "
    "Use the components in components/ (see config.yml), or run "
    "`make full-environment` and use .venv-full/bin/rasa."
)


class _Anything(type):
    """Makes every attribute of a stand-in class another stand-in class."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _Anything(name, (), {})
        setattr(cls, name, value)
        return value

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        # Used as a decorator, a stand-in hands back what it decorates.
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        return super().__call__()


class StandInModule(ModuleType):
    """An empty module in which every name is a stand-in class."""

    __path__: MutableSequence[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        value = _Anything(name, (), {})
        setattr(self, name, value)
        return value


class _StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of the packages that were left out."""

    def find_spec(
        self,
        fullname: str,
        path: Optional[Sequence[str]],
        target: Optional[ModuleType] = None,
    ) -> Optional[importlib.machinery.ModuleSpec]:
        if fullname.split(".")[0] not in PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: the module is empty."""


def install() -> None:
    """Put the stand-ins in place, unless TensorFlow is installed or they are there already."""
    if any(isinstance(finder, _StandInFinder) for finder in sys.meta_path):
        return
    if importlib.util.find_spec("tensorflow") is None:
        sys.meta_path.append(_StandInFinder())


def is_left_out(component: type) -> bool:
    """Say whether the module that defines `component` works with a stand-in."""
    module = sys.modules.get(component.__module__)
    return any(isinstance(value, StandInModule) for value in vars(module).values())
