"""What has to happen before Rasa is imported, and what has to be mended in it, each with its end.

The set-up writes one `.pth` file into the virtual environment that calls `install()` when Python
starts, so the `rasa` command, the shell, the servers and the tests all run with the same Rasa.
Nothing heavy is imported here: each patch waits until the module it changes is imported.

`workarounds.no_tensorflow` leaves TensorFlow out, `workarounds.unused_channels` the channels that
Rasa comes with; `workarounds.rasa_faults` lists what it mends.
"""

import os

from workarounds import import_hooks, no_tensorflow, rasa_faults, unused_channels

_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def install() -> None:
    """Register all workarounds; calling it again changes nothing."""
    # Rasa reports usage to its makers unless told otherwise; visitors of a clinic never agreed to that.
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    # The action server has no authentication and listens on every address by default.
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
    # endpoints.yml can name a variable, but no value for when it isn't set.
    os.environ.setdefault("ACTION_ENDPOINT_URL", "http://127.0.0.1:5055/webhook")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    _reach_this_machine_directly()
    no_tensorflow.install()
    unused_channels.install()
    import_hooks.install(rasa_faults.PATCHES)


def _reach_this_machine_directly() -> None:
    """Keep a proxy in the environment from standing between our own processes."""
    for name in ("no_proxy", "NO_PROXY"):
        hosts = [host.strip() for host in os.environ.get(name, "").split(",") if host.strip()]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, *_THIS_MACHINE]))
