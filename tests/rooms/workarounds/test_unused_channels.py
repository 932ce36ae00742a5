"""Stock channels are left out, those in use are not, and naming one is a clear error."""

import subprocess
import sys

import pytest
from rasa.core import run
from rasa.core.channels import BUILTIN_CHANNELS
from rasa.core.channels.rest import RestInput
from rasa.shared.exceptions import RasaException

from workarounds import unused_channels


def test_the_libraries_of_apps_are_not_imported() -> None:
    code = "import sys, rasa.core.channels; print({'aiogram', 'slack_sdk'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "set()", done.stderr


def test_what_the_shell_and_tests_use_is_there() -> None:
    assert BUILTIN_CHANNELS["rest"] is RestInput
    assert {"cmdline", "socketio"} <= BUILTIN_CHANNELS.keys()


@pytest.mark.parametrize("name", ["telegram", "slack", "twilio"])
def test_one_that_is_named_is_refused_as_unknown(name: str) -> None:
    with pytest.raises(RasaException, match=f"Failed to find input channel class for '{name}'"):
        run._create_single_channel(name, {"token": "x"})


def test_installing_twice_changes_nothing() -> None:
    before = list(sys.meta_path)
    unused_channels.install()
    assert sys.meta_path == before
