"""The commands as they are installed: they put the product first on the path of their own process, and run it.

So that an installed wheel claims no name but this package's in a site-packages that it shares: its folders are called
`operations`, `stacks` and `main.py`, as somebody else's may be.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn


def hybrid() -> NoReturn:
    """Be the ``hybrid`` command."""
    _put_first()
    from operations.entry import hybrid as run

    run()


def cdktf() -> NoReturn:
    """Be the ``cdktf`` command."""
    _put_first()
    from operations.entry import cdktf as run

    run()


def product_folder(here: Path) -> Path:
    """The folder that holds the product: the package itself in a wheel, the one above it in a checkout."""
    return here if (here / "operations").is_dir() else here.parent


def _put_first() -> None:
    sys.path.insert(0, str(product_folder(Path(__file__).resolve().parent)))
