"""One environment: its identity, its state and its clouds."""

from __future__ import annotations

from pydantic import StrictBool

from environments.model.aws.aws import AwsConfig
from environments.model.base import EnvironmentName, LabelKey, LabelValue, Model
from environments.model.state import State


class Environment(Model):
    """Everything that one environment file says."""

    environment: EnvironmentName
    """Name of the environment, the same as its file's."""
    state: State
    """Where the Terraform state lives."""
    deletion_protection: StrictBool = True
    """Whether Terraform refuses to destroy what holds data or identity (keys, networks, gateways,
    clusters); false only for environments that may be thrown away whole. Protected when absent."""
    labels: dict[LabelKey, LabelValue] = {}
    """Labels (AWS: tags) on everything that takes them, beside those that the project sets itself."""
    aws: AwsConfig | None = None
    """The AWS account and what is in it; nothing in AWS when absent."""
