"""YAML files with errors that name the file and the line."""

from pathlib import Path
from typing import Any, Dict

import yaml

# Written in C: ten times as fast as the one in Python, where PyYAML comes with it.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlFileError(Exception):
    """A YAML file can't be read; the message starts with `file:line:`."""


def load_yaml(path: Path) -> Dict[str, Any]:
    """Read a YAML file that holds a mapping.

    Raises:
        YamlFileError: the file is missing, isn't YAML, or holds something else than a mapping.
    """
    try:
        content = yaml.load(path.read_text(encoding="utf-8-sig"), LOADER)  # noqa: S506  a safe one
    except OSError as error:
        raise YamlFileError(f"{path}: can't be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise YamlFileError(f"{path}: not UTF-8 text at byte {error.start}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlFileError(f"{path}:{line}: not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise YamlFileError(f"{path}: not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise YamlFileError(f"{path}:1: expected 'key: value' entries")
    return content
