"""What follows from a file is not said in it."""

from __future__ import annotations

from typing import Any

from estate.derived.google.services import needed_services
from operations.adopt.terraform.draft import Draft
from operations.adopt.terraform.recognizers.google.follows import begin, leave_out_apis, leave_out_people
from operations.adopt.terraform.recognizers.google.left_over import LEFT_OVER
from tests.example import ESTATE

PROD = ESTATE.environments["prod"]


def without_apis(services: list[str], environment: Any = PROD) -> tuple[bool, Any]:
    """Whether something was left out of some APIs, and what is said then."""
    draft = Draft("prod", "kl", {"google": {"services": services}})
    return leave_out_apis(draft, environment), draft.data["google"].get("services")


def test_apis_that_the_content_needs_follow_from_it() -> None:
    """Also where the file says them once more."""
    google = PROD.google
    assert google is not None
    needed = sorted(needed_services(PROD))
    said = PROD.model_copy(update={"google": google.model_copy(update={"services": tuple(needed)})})

    assert without_apis(needed) == (True, None)
    assert without_apis(needed, said) == (True, None)
    assert without_apis([*needed, "run.googleapis.com"]) == (True, ["run.googleapis.com"])
    assert without_apis(["run.googleapis.com"]) == (False, ["run.googleapis.com"])
    assert without_apis([]) == (False, [])
    assert without_apis([], PROD.model_copy(update={"google": None})) == (False, [])


def test_the_file_says_which_projects_are_the_environment_s() -> None:
    """Whatever else stands in the states; nothing where it says none."""
    draft, empty = Draft("prod"), Draft("prod")

    begin(draft, PROD.model_copy(update={"aws": None}))
    begin(empty, PROD.model_copy(update={"aws": None, "google": None}))

    assert draft.data == {
        "google": {
            "host_project": {"id": "kl-prod-host", "number": 456789012345},
            "service_projects": {"apps": {"id": "kl-prod-apps", "number": 556789012345}},
            "region": "europe-north1",
        }
    }
    assert empty.data == {}


def test_who_breaks_glass_is_no_administrator_for_ever() -> None:
    """Where they do, and nobody else is taken out."""
    kari = next(entry.user for entry in ESTATE.organization.break_glass.values())
    users = {"one": [kari, "ola@example.com"], "two": [kari], "three": []}

    def left_in(environment: str) -> Any:
        clusters = {key: {"admin_users": [*some]} for key, some in users.items()}
        draft = Draft(environment, "kl", {"vmware": {"user_clusters": clusters}})
        leave_out_people(draft, ESTATE.organization)
        return {key: cluster.get("admin_users") for key, cluster in clusters.items()}

    assert left_in("prod") == {"one": ["ola@example.com"], "two": None, "three": None}
    assert left_in("dev") == {"one": [kari, "ola@example.com"], "two": [kari], "three": None}
    leave_out_people(Draft("prod"), ESTATE.organization)


def test_every_reason_says_what_to_do() -> None:
    """In the caller's words, without a final period."""
    assert [
        type_ for type_, words in LEFT_OVER.items() if any(not one or one.endswith(".") for one in words)
    ] == []
