"""The addresses that the section's objects will have, found by really synthesizing it."""

from __future__ import annotations

from estate.model.aws.aws import AwsConfig
from estate.model.environment import Environment
from estate.model.estate import Estate
from estate.model.organization import Organization
from estate.model.state import LocalState, State
from operations.artifacts.building import build
from operations.artifacts.stack_json import StackJson, read_stack
from operations.files.temporary import temporary_folder

# Addresses hold neither the environment's name nor the organization's.
_NAME = "adopted"


def synthesized(section: AwsConfig) -> StackJson:
    """Synthesize an environment that holds the section and nothing else."""
    environment = Environment(environment=_NAME, state=State(local=LocalState()), aws=section)
    organization = Organization(name=_NAME[:5], domain="example.com", promotion=(_NAME,))
    with temporary_folder() as folder:
        build(Estate(organization, {_NAME: environment}), [_NAME], folder)
        return read_stack(folder, _NAME)
