"""Value types of vSphere objects that several entities share."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from estate.model.words import Words

ObjectName = Annotated[
    str,
    StringConstraints(pattern=r"^[^ \t\n%/\\]([^\t\n%/\\]{0,78}[^ \t\n%/\\])?$"),
    Words("the name of one vSphere object: 1 to 80 characters, no %, slash or backslash, no space at an end"),
]
"""Name of one object in the vSphere inventory, not a path: vSphere would escape what is refused here."""

ServerName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?(:[1-9][0-9]{0,4})?$"),
    Words(
        "the host name or address of a vCenter, in lower case and without https://, such as vcenter.example.com"
    ),
]
"""Host name or address of a vCenter, with a port where that is not 443."""

Principal = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]([-.A-Za-z0-9]{0,252}[A-Za-z0-9])?\\[^ \t\n\\/@:\"\[\]]{1,104}$"),
    Words(r"a user or group with its domain in front, such as EXAMPLE\gke-sandbox, and not name@domain"),
]
"""A user or group as vCenter reads it back: another form would differ in every plan."""

PrivilegeId = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+$"),
    Words("the id of a vCenter privilege such as Datastore.Browse (`govc role.ls Admin` lists them)"),
]
"""Id of a privilege of vCenter."""

OpenSshPublicKey = Annotated[
    str,
    StringConstraints(
        pattern=r"^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp[0-9]{3}) [A-Za-z0-9+/]{60,}={0,3}( [^\n]*)?$"
    ),
    Words("a public key in OpenSSH form on one line, such as ssh-ed25519 AAAA... name"),
]
"""A public key in OpenSSH form, one line."""

DatacenterId = Annotated[
    str,
    StringConstraints(pattern=r"^datacenter-[0-9]+$"),
    Words("the managed object id of a data center such as datacenter-2"),
]
"""Managed object id of a data center."""

ClusterId = Annotated[
    str,
    StringConstraints(pattern=r"^domain-c[0-9]+$"),
    Words("the managed object id of a vSphere cluster such as domain-c8"),
]
"""Managed object id of a vSphere cluster."""

ResourcePoolId = Annotated[
    str,
    StringConstraints(pattern=r"^resgroup-[0-9]+$"),
    Words("the managed object id of a resource pool such as resgroup-9"),
]
"""Managed object id of a resource pool."""

DatastoreId = Annotated[
    str,
    StringConstraints(pattern=r"^datastore-[0-9]+$"),
    Words("the managed object id of a datastore such as datastore-15"),
]
"""Managed object id of a datastore."""

NetworkId = Annotated[
    str,
    StringConstraints(pattern=r"^(network|dvportgroup)-[0-9]+$"),
    Words("the managed object id of a network such as dvportgroup-21"),
]
"""Managed object id of a network or distributed port group."""

SwitchUuid = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9a-f]{2}( [0-9a-f]{2}){7}-[0-9a-f]{2}( [0-9a-f]{2}){7}$"
        r"|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
    ),
    Words(
        "the UUID of a distributed switch, which is no managed object id "
        "(`govc object.collect -s network/SWITCH uuid` prints it)"
    ),
]
"""UUID of a distributed switch, in either form that vSphere writes."""
