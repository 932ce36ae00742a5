"""Writing a file so that a crash, or a full disk, leaves the old one or the new one."""

import contextlib
import os
import tempfile
from pathlib import Path
from typing import Iterator


@contextlib.contextmanager
def at_once(path: Path) -> Iterator[Path]:
    """Yield an empty file, its owner's alone, that becomes `path` when the block ends well.

    Raises:
        OSError: nothing can be written there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
