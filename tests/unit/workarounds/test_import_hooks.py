"""A patch runs right after its module is imported, and once."""

import subprocess
import sys

CODE = """
import sys
sys.path.insert(0, {root!r})
from workarounds import import_hooks
sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, import_hooks.PatchFinder)]
seen = []
import json
import_hooks.install({{"colorsys": seen.append, "json": seen.append}})
import_hooks.install({{"colorsys": seen.append}})
assert seen == [json], seen
import colorsys, colorsys
assert seen == [json, colorsys], seen
assert colorsys.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
"""


def test_patches_run_after_import(request) -> None:
    code = CODE.format(root=str(request.config.rootpath))
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
