"""References in words of the model: a text that is the key of an entry elsewhere in the same file.

That such an entry exists is for the rules to say; this is for what has to follow when its key changes.
"""

from __future__ import annotations

from typing import Final

from estate.model.rules import Path


class KeyOf:
    """Say whose key a text is; stands beside it in ``Annotated`` and checks nothing itself.

    ``Annotated[Key, KeyOf("aws.kms_keys")]`` is one of the keys that the file has there.
    """

    def __init__(self, *maps: str) -> None:
        self.maps: Final[tuple[Path, ...]] = tuple(tuple(one.split(".")) for one in maps)
        """Where the entries stand, from the top of the file: the keys of several maps may be meant."""
