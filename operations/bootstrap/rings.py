"""What the identities of a ground are given on key rings of others, which no stack here may change."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.google.rings import RING_ROLE, project_of
from estate.derived.pipeline.ground import Ground
from estate.derived.pipeline.rights import Purpose, Rights
from operations.cards.card import Task
from operations.cards.steps.commands import ring_place


def ring_tasks(found: Ground) -> Iterator[Task]:
    """For whoever owns the rings: the writer makes keys in them and lets others use those, the reader looks at them."""
    project = found.config.project
    for one in found.identities if project else ():
        if project and one.rings:
            member = f"serviceAccount:{one.environment}-pipeline-{one.purpose}@{project.id}.iam.gserviceaccount.com"
            does = "look at keys" if one.purpose is Purpose.READER else "make keys and let others use them"
            yield Task(
                f"have whoever owns these key rings of other projects let the {one.purpose} {does}: {', '.join(one.rings)}",
                (*_roles(one), *(_grant(one, ring, member) for ring in one.rings)),
                tuple(f"gcloud kms keyrings get-iam-policy {ring_place(ring)}" for ring in one.rings),
            )


def _roles(one: Rights) -> Iterator[str]:
    """The reader's role is one of the project that a ring stands in."""
    if one.purpose is Purpose.READER:
        permissions = ",".join(name for name in one.permissions if name.startswith("cloudkms."))
        for project in sorted({project_of(ring) for ring in one.rings}):
            yield f"gcloud iam roles create {_role_id(one)} --project={project} --permissions={permissions}"


def _grant(one: Rights, ring: str, member: str) -> str:
    own = f"projects/{project_of(ring)}/roles/{_role_id(one)}"
    role = own if one.purpose is Purpose.READER else RING_ROLE
    return f"gcloud kms keyrings add-iam-policy-binding {ring_place(ring)} --member={member} --role={role}"


def _role_id(one: Rights) -> str:
    return f"{one.environment}_pipeline_{one.purpose}"
