"""What Rasa trains on: the files of data/, each read once."""

from functools import cached_property
from pathlib import Path
from typing import Any, Dict, List, Optional, Union

import rasa.shared.data
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.examples import load, read_examples

_STORIES = {"stories", "rules"}


class ProjectImporter(RasaFileImporter):
    """Rasa's own importer, but for the examples, which it reads slowly and several times.

    Rasa parses every file of data/ seven times to find out what is in it, and asks for the examples
    under two names of the same language: 27 of 36 s before training begins.
    """

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Optional[Union[List[str], str]] = None,
    ) -> None:
        # Not the base class's own: it is what parses every file several times.
        self.config_file = config_file
        self._domain_path = domain_path
        files = rasa.shared.data.get_data_files(
            training_data_paths, rasa.shared.data.is_likely_yaml_file
        )
        self._contents: Dict[str, Any] = {name: load(Path(name)) for name in sorted(files)}
        self._nlu_files = [name for name in self._contents if "nlu" in self._sections(name)]
        self._story_files = [name for name in self._contents if _STORIES & self._sections(name)]
        self._conversation_test_files: List[str] = []

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """Return all examples, whatever the language: one model speaks all of them."""
        return self._examples

    @cached_property
    def _examples(self) -> TrainingData:
        parts = [read_examples(Path(name), self._contents[name]) for name in self._nlu_files]
        return TrainingData().merge(*parts)

    def _sections(self, name: str) -> set[str]:
        content = self._contents[name]
        return set(content) if isinstance(content, dict) else set()
