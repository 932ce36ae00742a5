"""Rasa's training, without what makes it slow or makes it start from scratch.

| what | why | when it can go |
| --- | --- | --- |
| `share_examples` | merging training data copies every example and hashes it again, five times before training: 20 s for 55,000 | when merging shares what nobody changes |
| `fingerprint_code` | a component counts as changed when a comment in its class is, and doesn't when a function beside the class is | when fingerprints are of what runs |
| `log_every_component` | only components that learn are named while they work, so that encoding seems to be part of the one before | when all are |
"""

import ast
import copy
import hashlib
import inspect
from collections import OrderedDict
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, List, Set

_UNDERSTANDING = Path(__file__).resolve().parent.parent / "understanding"
_WITH_DOCSTRING = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def share_examples(training_data: ModuleType) -> None:
    """Merge training data without copying examples; drop duplicates by hashing each once."""
    attributes = (training_data.INTENT, training_data.RESPONSE)

    def sanitize(examples: List[Any]) -> List[Any]:
        for example in examples:
            for name in attributes:
                value = example.get(name)
                # Setting a value has the example hashed again.
                if value and value != value.strip():
                    example.set(name, value.strip())
        return list(OrderedDict.fromkeys(examples))

    training_data.copy = SimpleNamespace(copy=copy.copy, deepcopy=copy.copy)  # type: ignore[attr-defined]
    training_data.TrainingData.sanitize_examples = staticmethod(sanitize)


def fingerprint_code(fingerprinting: ModuleType) -> None:
    """Have a component count as changed when code of its file is, or of what it has from
    understanding/; comments aside."""

    def code_of(component: type) -> str:
        files = sorted(_with_imported(Path(inspect.getfile(component)), set()))
        return " ".join(map(fingerprint, files))

    fingerprinting.inspect = SimpleNamespace(getsource=code_of)  # type: ignore[attr-defined]


def _with_imported(path: Path, found: Set[Path]) -> Set[Path]:
    """Return a file and those of understanding/ that it imports, directly or through others."""
    if path not in found:
        found.add(path)
        for node in ast.walk(ast.parse(path.read_bytes())):
            for module in _modules(node):
                room, _, name = module.partition(".")
                source = _UNDERSTANDING / f"{name}.py"
                if room == _UNDERSTANDING.name and source.is_file():
                    _with_imported(source, found)
    return found


def _modules(node: ast.AST) -> List[str]:
    """Return the modules that a line may import: of `from a import b`, a and a.b."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def log_every_component(hooks: ModuleType) -> None:
    """Log the start of every component in a training, not only of those that learn."""
    hooks.LoggingHook._does_node_train = staticmethod(lambda node: True)


def fingerprint(path: Path) -> str:
    """Return a hash of a file; of a Python file's code only, without comments and docstrings."""
    content = path.read_bytes()
    if path.suffix == ".py":
        tree = ast.parse(content)
        for node in ast.walk(tree):
            if isinstance(node, _WITH_DOCSTRING) and ast.get_docstring(node, clean=False):
                node.body[0] = ast.Pass()
        content = ast.dump(tree).encode()
    return hashlib.sha256(content).hexdigest()
