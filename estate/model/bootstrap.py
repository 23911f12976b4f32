"""The ground that an environment stands on: the bucket of its state, and who its pipeline becomes in the clouds.

A stack of its own, `<environment>-bootstrap`, which a person applies and no pipeline. Left out: what stands elsewhere in
the file already, which is where the state lies, the projects and the account.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt, StringConstraints

from estate.model.base import EnvironmentName, Model
from estate.model.google.values import ProjectId, ProjectNumber, Region
from estate.model.words import Words

RepositoryName = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9]([-A-Za-z0-9]{0,37}[A-Za-z0-9])?/[-_.A-Za-z0-9]{1,100}$"),
    Words("ORGANIZATION/NAME of a repository on GitHub"),
]
"""A repository on GitHub, as its address has it."""

GithubNumber = Annotated[StrictInt, Field(gt=0, lt=10**15)]
"""Number that GitHub gave to a repository or an organization, and gives to no other."""


class GithubRepository(Model):
    """The repository whose jobs become the identities: by numbers, because a name can be taken over."""

    repository: RepositoryName
    """ORGANIZATION/NAME, by which GitHub's subjects begin."""
    repository_id: GithubNumber
    """The repository's number: `gh api repos/ORGANIZATION/NAME --jq .id`. Another one lets other jobs in, in place."""
    owner_id: GithubNumber
    """The organization's number: `gh api repos/ORGANIZATION/NAME --jq .owner.id`. Another one lets other jobs in, in place."""


class GroundProject(Model):
    """A project of Google Cloud that holds the ground and nothing else."""

    id: ProjectId
    """Id of the project. Another one replaces everything in it, which Terraform refuses."""
    number: ProjectNumber
    """Number of the same project; who signs in carries it."""


class BootstrapConfig(Model):
    """What is made of the ground, and for whom."""

    github: GithubRepository
    """The repository that the pipeline runs in."""
    project: GroundProject | None = None
    """The project in Google Cloud of the identities and of the bucket with its key: none that an environment has, because
    who applies an environment may give roles in its projects. Needed with google or state.gcs."""
    owner: EnvironmentName | None = None
    """The environment whose ground has what a project, an account or a bucket has once, where this one's is the same;
    this one when absent. The identities are this one's own in any case."""
    location: Region | None = None
    """Region of the bucket in Cloud Storage and of its key; google.region when absent. Another one replaces both, which
    Terraform refuses. The bucket in S3 has state.s3.region."""
