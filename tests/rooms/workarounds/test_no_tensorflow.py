"""Rasa runs without TensorFlow, and says so when somebody configures what needs it."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workarounds.no_tensorflow import install, is_left_out
from workarounds.stand_ins import StandInModule


def python(code: str) -> "subprocess.CompletedProcess[str]":
    """Run code in a new interpreter of this environment, from another folder."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd="/", capture_output=True, text=True, timeout=120
    )


def test_tensorflow_is_really_not_installed() -> None:
    site_packages = [Path(entry) for entry in sys.path if entry.endswith("site-packages")]
    assert site_packages
    assert not any((folder / "tensorflow").exists() for folder in site_packages)


def test_every_python_of_this_environment_has_the_stand_in() -> None:
    finished = python(
        "import rasa.core.agent, tensorflow, tensorflow.keras.layers, os;"
        "print(type(tensorflow).__name__, os.environ['RASA_TELEMETRY_ENABLED'],"
        " os.environ['SANIC_HOST'])"
    )
    assert finished.stdout.split() == ["StandInModule", "false", "127.0.0.1"], finished.stderr


def test_installing_twice_changes_nothing() -> None:
    before = list(sys.meta_path)
    install()
    assert sys.meta_path == before


def test_stand_ins_can_be_subclassed_decorated_with_and_annotated_with() -> None:
    import tensorflow as tf

    assert isinstance(tf, StandInModule)

    class Layer(tf.keras.layers.Layer):
        pass

    @tf.function
    def double(number: int) -> int:
        return number * 2

    assert double(2) == 4
    assert isinstance(Layer, type)
    with pytest.raises(AttributeError):
        _ = tf.__version__


def test_what_needs_tensorflow_is_known() -> None:
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.core.policies.ted_policy import TEDPolicy
    from rasa.nlu.classifiers.diet_classifier import DIETClassifier

    from components.linear_intent_classifier import LinearIntentClassifier

    assert is_left_out(DIETClassifier)
    assert is_left_out(TEDPolicy)
    assert not is_left_out(RulePolicy)
    assert not is_left_out(LinearIntentClassifier)


def test_configuring_diet_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text(
        "recipe: default.v1\nassistant_id: x\nlanguage: en\npipeline:\n"
        "  - name: WhitespaceTokenizer\n  - name: CountVectorsFeaturizer\n"
        "  - name: DIETClassifier\n    epochs: 1\n"
    )
    (tmp_path / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: a\n  examples: |\n    - x\n'
        "- intent: b\n  examples: |\n    - y\n"
    )
    finished = subprocess.run(
        [sys.executable, "-m", "rasa", "train", "nlu", "--nlu", "nlu.yml"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert finished.returncode != 0
    assert "DIETClassifier needs TensorFlow" in finished.stdout + finished.stderr
    assert "make full-environment" in finished.stdout + finished.stderr


def test_the_project_itself_names_no_tensorflow() -> None:
    assert importlib.util.find_spec("workarounds") is not None
    for path in (ROOT / "config.yml", ROOT / "requirements" / "runtime.in"):
        assert "tensorflow" not in path.read_text().lower()
