"""The APIs of a project.

Left out: switching one off again. Other things in the project may use it, and the provider would take it
away from resources that are still being destroyed.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/google_project_service
"""

from __future__ import annotations

from collections.abc import Iterable

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_google.project_service import ProjectService
from constructs import Construct

from estate.model.google.google import Project


class ProjectServices(Construct):
    """Define the APIs that are on in a project.

    Nothing refers to an API, so whatever needs one has to depend on it: `services` is for `depends_on`.
    """

    def __init__(self, scope: Construct, id_: str, *, config: Project, services: Iterable[str]) -> None:
        super().__init__(scope, id_)
        self._services = tuple(
            ProjectService(
                self,
                service.removesuffix(".googleapis.com"),
                project=config.id,
                service=service,
                disable_on_destroy=False,
            )
            for service in services
        )

    @property
    def services(self) -> tuple[ITerraformDependable, ...]:
        """What to depend on; nothing in a project whose APIs another environment owns."""
        return self._services
