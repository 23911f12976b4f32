"""What git brings into a folder where commands write, and Terraform would take for theirs.

Terraform reads whatever lies beside a stack: other files of code, values of variables, programs for providers, the
workspace that was chosen. So nobody may put something there for whoever checks it out next, be it a pull request's.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from estate.reading.paths import first_few
from estate.reading.problems import InvalidInput
from operations.git import tracked

_SHOWN: Final = 5


def refuse_committed(folder: Path) -> None:
    """Refuse a folder of generated files of which git keeps any; one that is not there is well.

    Raises:
        InvalidInput: git keeps some, or does not say.
    """
    if folder.is_dir() and (kept := tracked(folder)):
        message = (
            f"is in git, with {first_few(kept, _SHOWN)}, and Terraform takes whatever lies there; look at who put it "
            f"there, and take it out: git rm -r {folder}"
        )
        raise InvalidInput.of_file(folder, message)
