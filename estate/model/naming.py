"""How every physical name is put together: models for those that rules have to know, constructs for all others.

Left out: how long a name may be and of which characters, which its service decides.
"""

from __future__ import annotations


def physical_name(organization: str, environment: str, *parts: str) -> str:
    """A name as organization-environment-part-part.

    No random part: it is the same in every run, and a renamed map key renames what it made unless the entity says
    its name itself.
    """
    return "-".join((organization, environment, *parts))
