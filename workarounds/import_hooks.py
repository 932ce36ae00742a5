"""Run a function right after a module has been imported for the first time."""

import importlib.abc
import importlib.machinery
import importlib.util
import sys
from types import ModuleType
from typing import Callable, Mapping, Optional, Sequence

Patch = Callable[[ModuleType], None]


class _PatchingLoader(importlib.abc.Loader):
    """Wraps a module's own loader and calls the patch once the module is there."""

    def __init__(self, loader: importlib.abc.Loader, patch: Patch) -> None:
        self._loader = loader
        self._patch = patch

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> Optional[ModuleType]:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        self._patch(module)


class PatchFinder(importlib.abc.MetaPathFinder):
    """Finds the modules named in `patches` and has them patched after import."""

    def __init__(self, patches: Mapping[str, Patch]) -> None:
        self.patches = dict(patches)

    def find_spec(
        self,
        fullname: str,
        path: Optional[Sequence[str]],
        target: Optional[ModuleType] = None,
    ) -> Optional[importlib.machinery.ModuleSpec]:
        patch = self.patches.pop(fullname, None)  # popped: the search below must not come back here
        if patch is None:
            return None
        spec = importlib.util.find_spec(fullname)
        if spec is not None and spec.loader is not None:
            spec.loader = _PatchingLoader(spec.loader, patch)
        return spec


def install(patches: Mapping[str, Patch]) -> None:
    """Have each `patches[module name]` called with its module as soon as that is imported.

    A module that is imported already is patched at once.
    """
    if any(isinstance(finder, PatchFinder) for finder in sys.meta_path):
        return
    waiting = {}
    for name, patch in patches.items():
        if name in sys.modules:
            patch(sys.modules[name])
        else:
            waiting[name] = patch
    sys.meta_path.insert(0, PatchFinder(waiting))
