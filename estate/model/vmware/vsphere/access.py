"""What the vCenter account of the clusters may do, and who else may do what to the objects made here.

vCenter's provider owns the whole list of permissions of an object. So permissions are set on objects that
the section makes and on no other; what the account needs elsewhere is printed for the vSphere team. Left
out: the account itself, and its password.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic import StrictBool

from estate.facts.vmware.vsphere.privileges import RoleKind, documented
from estate.model.base import Model
from estate.model.rules import Path, Violation, rule
from estate.model.vmware.vsphere.values import ObjectName, Principal, PrivilegeId

_EVERYBODY: Final = frozenset({"everyone", "users"})
"""Groups that hold whoever has an account; Domain Users and the like have a space, which the form refuses."""


class OtherPermission(Model):
    """Somebody else's permission on everything that the section makes."""

    principal: Principal
    """User or group, with its domain."""
    is_group: StrictBool = False
    """Whether it is a group; a user when absent."""
    role: ObjectName
    """A role that exists, by the label that vCenter shows, such as Read-only."""


class AccessConfig(Model):
    """The account that gkectl and the clusters log in to vCenter with, and others."""

    account: Principal
    """The account; it exists."""
    is_group: StrictBool = False
    """Whether it is a group that the account is in; a user when absent."""
    role: ObjectName | None = None
    """A role that exists with what the product needs, by its label; one with the documented privileges is
    made when absent."""
    additional_privileges: tuple[PrivilegeId, ...] = ()
    """Privileges of the role beside the documented ones; none when absent."""
    others: tuple[OtherPermission, ...] = ()
    """Everybody else who shall have a permission of their own on what the section makes: whoever is not
    here loses it. Nobody when absent; what is inherited from above stays."""

    def privileges(self, kind: RoleKind) -> tuple[str, ...]:
        """What a role of ours holds, sorted."""
        more = self.additional_privileges if kind is RoleKind.CLUSTER_ACCOUNT else ()
        return tuple(sorted({*documented(kind), *more}))

    @rule
    def _vcenter_adds_system_privileges_itself(self) -> Iterator[Violation]:
        """No privilege is one that vCenter adds to every role by itself."""
        for position, privilege in enumerate(self.additional_privileges):
            if privilege.startswith("System."):
                yield Violation(
                    ("additional_privileges", position),
                    f"must be left out, got {privilege}: vCenter adds System. privileges to every role itself, "
                    "and they would differ in every plan",
                )

    @rule
    def _additional_privileges_are_additional(self) -> Iterator[Violation]:
        """Each additional privilege stands once, and is none of the documented ones."""
        for position, privilege in enumerate(self.additional_privileges):
            path = ("additional_privileges", position)
            if privilege in documented(RoleKind.CLUSTER_ACCOUNT):
                yield Violation(path, f"is among the documented ones already, got {privilege}; take it out")
            elif privilege in self.additional_privileges[:position]:
                yield Violation(path, f"stands here a second time, got {privilege}; take one out")

    @rule
    def _a_role_that_exists_has_its_privileges(self) -> Iterator[Violation]:
        """Privileges are added to a role that is made here, and to no other."""
        if self.role and self.additional_privileges:
            yield Violation(
                ("additional_privileges",),
                f"goes with a role that is made here, got role {self.role}, which exists; "
                "have the privileges added there, or leave role out",
            )

    @rule
    def _nobody_is_everybody(self) -> Iterator[Violation]:
        """No permission is for everybody who has an account."""
        principals: list[tuple[Path, str]] = [(("account",), self.account)]
        principals += [(("others", n, "principal"), other.principal) for n, other in enumerate(self.others)]
        for path, principal in principals:
            if principal.rpartition("\\")[2].lower() in _EVERYBODY:
                yield Violation(
                    path,
                    f"must not be everybody, got {principal}; name a group of those who need the permission",
                )

    @rule
    def _each_principal_has_one_role(self) -> Iterator[Violation]:
        """A user or group has one permission, as vCenter keeps it."""
        taken = {self.account.lower(): "access.account"}
        for position, other in enumerate(self.others):
            where = taken.setdefault(other.principal.lower(), f"others[{position}]")
            if where != f"others[{position}]":
                yield Violation(
                    ("others", position, "principal"),
                    f"is {where} already, got {other.principal}; vCenter keeps one role a principal on an "
                    "object, whatever the case of its letters",
                )
