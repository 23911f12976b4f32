"""Keys of one map that stand as a value elsewhere: what they name has to be there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from estate.model.rules import Path, Violation


def names_one(
    path: Path, key: str | None, of: tuple[str, ...], there: Collection[str]
) -> Iterator[Violation]:
    """Find a key that names nothing.

    Args:
        path: where the key stands.
        key: the key; None names nothing, and may.
        of: where the map stands.
        there: the keys that it has.
    """
    if key and key not in there:
        known = ", ".join(sorted(there)) or "there are none"
        yield Violation(path, f"must be one of {'.'.join(of)}: {known}; got {key}", (*of, key))
