"""Where the grants of each grantee stand in a tree: below what they are, then below their key."""

from __future__ import annotations

from constructs import Construct

from estate.derived.access.grants import Grantee, GranteeKind

_FOLDERS = {
    GranteeKind.TEAM: "Teams",
    GranteeKind.PLATFORM: "Platform",
    GranteeKind.BREAK_GLASS: "BreakGlass",
}


class GranteePlaces:
    """Makes and remembers the namespaces of grantees, so that no two grants share an id."""

    def __init__(self, scope: Construct) -> None:
        """Make them below ``scope``."""
        self._scope = scope
        self._folders: dict[GranteeKind, Construct] = {}
        self._places: dict[Grantee, Construct] = {}

    def of(self, grantee: Grantee) -> Construct:
        """The namespace of a grantee."""
        if grantee.kind not in self._folders:
            self._folders[grantee.kind] = Construct(self._scope, _FOLDERS[grantee.kind])
        if grantee not in self._places:
            self._places[grantee] = Construct(self._folders[grantee.kind], grantee.key)
        return self._places[grantee]
