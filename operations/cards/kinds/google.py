"""The Google Cloud half of an environment, which is its host project."""

from __future__ import annotations

from collections.abc import Iterator

from estate.derived.google.quotas import more_than_at_first
from estate.derived.google.services import owned_services
from estate.facts.google.quotas import seen
from estate.facts.providers import default_version, defects
from estate.model.google.google import GoogleConfig
from operations.cards.card import Card, Entity, Step, Turn, Weight, row
from operations.cards.steps.google_projects import project_steps
from operations.texts.counting import count

_QUOTAS = "table(quotas.metric,quotas.limit,quotas.usage)"


def _summary(entity: Entity[GoogleConfig]) -> str:
    google = entity.config
    project = f"{google.host_project.id} ({google.host_project.number}) in {google.region}"
    if google.host_project.owner:
        return f"{project}, owned by {google.host_project.owner}"
    return f"{project}, {len(owned_services(entity.environment))} APIs on"


def _warnings(entity: Entity[GoogleConfig]) -> Iterator[tuple[Weight, str]]:
    named, newest = entity.config.provider_version, default_version("google")
    mended = [
        one for one in defects() if one.provider == "google" and one.is_in(named) and not one.is_in(newest)
    ]
    if named != newest:
        yield (
            Weight.TOLD,
            f"Google's provider stays at {named}, with {count(len(mended), 'known defect')} that {newest} mends; take "
            "google.provider_version out once nothing speaks against it",
        )


def _steps(entity: Entity[GoogleConfig]) -> Iterator[Step]:
    project = entity.config.host_project
    if project.owner:
        yield Step(Turn.BEFORE, f"apply {project.owner} first: it owns the host project {project.id}")
    yield from project_steps(entity.environment, entity.config, entity.share)
    for (project_id, region), beyond in more_than_at_first(entity.config).items():
        yield Step(
            Turn.BEFORE,
            f"have Google raise these quotas of {project_id} in {region}, unless this shows that it has them free, or nodes do "
            f"not come: {', '.join(f'{metric} {many}' for metric, many in beyond.items())}, and of processors as many "
            f"CPUS_ALL_REGIONS; new projects were seen with {seen()['processors']} processors of a family and "
            f"{seen()['ssd_gb']} GB of SSD, and spot nodes take of their family's where they have no quota of their own",
            (
                f"gcloud compute regions describe {region} --project={project_id} --flatten=quotas "
                f"--format='{_QUOTAS}'",
                f"gcloud compute project-info describe --project={project_id} --flatten=quotas --format='{_QUOTAS}'",
            ),
        )


CARD = Card(
    path="google",
    models=(GoogleConfig,),
    noun="host project",
    rows=row(_summary),
    warnings=_warnings,
    steps=_steps,
    collections={"Services": "API"},
    constructs={"ProjectServices": "APIs of the host project", "SharedVpcHost": "shared VPC host"},
)
