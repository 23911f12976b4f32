"""What the clusters' account needs in vCenter: ``hybrid permissions``.

For the vSphere team, who set what stands on shared objects; what is made here is set here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass

from estate.derived.stack_plan import vsphere_stack
from estate.derived.vmware.vsphere.permissions import permissions, role_name
from estate.facts.vmware.vsphere.privileges import RoleKind
from estate.model.estate import Estate
from operations.console import print_document, print_table, say
from operations.options import Form
from operations.texts.markdown import escaped, markdown_table

TITLE = "Permissions in vCenter"
_FEW = 5


@dataclass(frozen=True)
class Row:
    """One permission.

    Attributes:
        environment: which needs it.
        object: type of the object.
        path: the object in vCenter.
        principal: user or group.
        role: the role, by its label.
        propagate: whether it holds for what is in the object too.
        set_by: the stack that sets it, or the vSphere team.
    """

    environment: str
    object: str
    path: str
    principal: str
    role: str
    propagate: str
    set_by: str


HEADERS = ("environment", "object", "path", "principal", "role", "propagate", "set by")


def rows(estate: Estate, names: Sequence[str]) -> list[Row]:
    """The permissions of the named environments, those of the vSphere team first."""
    found = [row for name in names for row in _rows(estate, name)]
    return sorted(found, key=lambda row: (row.environment, row.set_by != _TEAM))


_TEAM = "the vSphere team"


def _rows(estate: Estate, name: str) -> Iterator[Row]:
    vmware = estate.environments[name].vmware
    for one in permissions(vmware, estate.organization.name, name) if vmware else ():
        yield Row(
            environment=name,
            object=one.entity_type,
            path=one.path,
            principal=f"group {one.principal}" if one.is_group else one.principal,
            role=one.role,
            propagate="yes" if one.propagate else "no",
            set_by=vsphere_stack(name) if one.made_here else _TEAM,
        )


def roles(estate: Estate, names: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Privileges of every role that the named environments make, by the role's name."""
    found: dict[str, Sequence[str]] = {}
    for name in names:
        vmware = estate.environments[name].vmware
        access = vmware.vsphere.access if vmware and vmware.vsphere else None
        for kind in RoleKind if access else ():
            if access and not (kind is RoleKind.CLUSTER_ACCOUNT and access.role):
                found[role_name(estate.organization.name, name, kind)] = access.privileges(kind)
    return found


def say_permissions(estate: Estate, names: Sequence[str], form: Form) -> None:
    """Print what the named environments need in a form."""
    if form is Form.TEXT:
        print_permissions(estate, names)
    else:
        document = permissions_json if form is Form.JSON else permissions_markdown
        print_document(document(estate, names), is_json=form is Form.JSON)


def print_permissions(estate: Estate, names: Sequence[str]) -> None:
    """Print a table, and the roles beneath."""
    found = rows(estate, names)
    if not found:
        say(f"{TITLE}: none, because no vmware.vsphere says access")
        return
    print_table(TITLE, HEADERS, [astuple(row) for row in found])
    for role, privileges in roles(estate, names).items():
        few = ", ".join(privileges) if len(privileges) <= _FEW else f"{len(privileges)} privileges"
        more = "" if len(privileges) <= _FEW else "; --format markdown or json lists them"
        say(f"role {role}: {few}{more}")
    say("add them to what stands on an object already: a permission list that is replaced locks others out")


def permissions_markdown(estate: Estate, names: Sequence[str]) -> str:
    """The same as Markdown, with every privilege."""
    found = rows(estate, names)
    text = [markdown_table(TITLE, HEADERS, [astuple(row) for row in found])]
    for role, privileges in roles(estate, names).items():
        text += [
            "",
            f"### Role {escaped(role)}",
            "",
            *(f"- {escaped(privilege)}" for privilege in privileges),
        ]
    return "\n".join(text)


def permissions_json(estate: Estate, names: Sequence[str]) -> str:
    """The same for machines."""
    document = {
        "title": TITLE,
        "permissions": [asdict(row) for row in rows(estate, names)],
        "roles": {role: list(privileges) for role, privileges in roles(estate, names).items()},
    }
    return json.dumps(document, indent=2)
