"""Value types of Google Cloud that several sections share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from environments.model.words import Words

ProjectId = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][-a-z0-9]{4,28}[a-z0-9]$"),
    Words("a project id: 6 to 30 lower-case letters, digits and hyphens, a letter first and no hyphen last"),
]
"""Id of a Google Cloud project; it never changes."""

ProjectNumber = Annotated[StrictInt, Field(gt=0)]
"""Number of a Google Cloud project; `gcloud projects describe ID` shows it."""

Region = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z]+-[a-z]+[0-9]{1,2}$"),
    Words("a Google Cloud region such as europe-north1"),
]
"""A Google Cloud region such as europe-north1."""

ServiceName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9-]*\.googleapis\.com$"),
    Words("the name of an API such as dns.googleapis.com"),
]
"""Name of a Google Cloud API."""
