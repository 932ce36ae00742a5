"""Talk to the bot in Rasa's shell; the action server comes and goes with it."""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts import processes


def main() -> int:
    """Run the shell until the user leaves it; return its exit code."""
    processes.require_settings()
    processes.require_documents()
    processes.require_model()
    actions, server = processes.free_port(), processes.free_port()
    print("• Starting the bot (about 10 seconds)", flush=True)
    with processes.starting_action_server(actions) as wait:
        env = processes.environment(actions)
        env["RASA_SHELL_STREAM_READING_TIMEOUT_IN_SECONDS"] = "60"
        # Logs would stand between question and answer.
        env.setdefault("LOG_LEVEL", "ERROR")
        command = processes.rasa(
            "shell", "--model", str(processes.MODEL), "--port", str(server),
            "--interface", processes.HOST, "--endpoints", "endpoints.yml",
            "--conversation-id", f"shell-{os.getpid()}",
        )  # fmt: skip
        shell = subprocess.Popen(command, cwd=processes.ROOT, env=env)
        try:
            wait()  # the shell needs longer
        except SystemExit:
            shell.terminate()
            raise
        except KeyboardInterrupt:
            pass
        while True:
            try:
                return shell.wait()
            except KeyboardInterrupt:
                continue  # the shell got the Ctrl-C as well, and ends by itself


if __name__ == "__main__":
    sys.exit(main())
