"""The APIs of a host project as Terraform reads them."""

from __future__ import annotations

from pathlib import Path

from tests.constructs_lib.vmware.defined import declare_google, services
from tests.synth import synthesize


def test_an_api_stays_on_when_the_environment_goes(tmp_path: Path) -> None:
    """Others may use it, and what is still being destroyed needs it."""
    found = synthesize(
        tmp_path, lambda stack: (declare_google(stack), services(stack, "gkehub.googleapis.com"))
    )

    assert found.one("google_project_service") == {
        "project": "kl-dev-host",
        "service": "gkehub.googleapis.com",
        "disable_on_destroy": False,
    }


def test_a_project_of_somebody_elses_has_none(tmp_path: Path) -> None:
    """Its owner switches them on."""
    assert synthesize(tmp_path, services).counts() == {}
