"""Value types of the fleet."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from estate.model.base import Key
from estate.model.cluster import ClusterKind
from estate.model.key_of import KeyOf
from estate.model.words import Words

MemberKey = Annotated[Key, KeyOf(*ClusterKind)]
"""Key of a member cluster, wherever it stands."""

FleetDisplayName = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][-A-Za-z0-9 '!\"]{2,28}[A-Za-z0-9]$"),
    Words("4 to 30 letters, digits, spaces, hyphens and quotes, a letter or digit at either end"),
]
"""Name of a fleet in the console."""

ServiceAccountEmail = Annotated[
    str,
    StringConstraints(pattern=r"^[-a-z0-9]{6,30}@[-a-z0-9.]+\.gserviceaccount\.com$"),
    Words("the address of a service account such as reader@my-project.iam.gserviceaccount.com"),
]
"""Address of a Google Cloud service account."""
