"""Changes that need no cloud: everything that Terraform itself can do to a resource."""

from __future__ import annotations

from tests.operations.review.cases import Case, Json

_D = "terraform_data"


def _case(before: Json, after: Json, **expected: str) -> Case:
    return Case({}, before, after, expected, applied=bool(before))


def _data(**instances: Json) -> Json:
    return {"resource": {_D: instances}}


_SECRET = {"variable": {"password": {"default": "hunter2-hunter2", "sensitive": True}}}

CASES: dict[str, Case] = {
    "plain-nothing": _case(_data(a={"input": "x"}), _data(a={"input": "x"})),
    "plain-create": _case({}, _data(a={"input": "x"}), **{"otherwise-create": "info"}),
    "plain-update": _case(_data(a={"input": "x"}), _data(a={"input": "y"}), **{"otherwise-update": "low"}),
    "plain-replace": _case(
        _data(a={"triggers_replace": "x"}),
        _data(a={"triggers_replace": "y"}),
        **{"throwaway-destroyed": "low"},
    ),
    "plain-delete": _case(_data(a={}, b={}), _data(a={}), **{"throwaway-destroyed": "low"}),
    "plain-count": _case(
        _data(a={"count": 3, "input": "${count.index}"}),
        _data(a={"count": 2, "input": "${count.index}"}),
        **{"throwaway-destroyed": "low"},
    ),
    "plain-for-each": _case(
        _data(a={"for_each": '${toset(["x", "y"])}'}),
        _data(a={"for_each": '${toset(["x", "z"])}'}),
        **{"throwaway-destroyed": "low", "otherwise-create": "info"},
    ),
    "plain-moved": _case(
        _data(a={"input": "x"}),
        {**_data(b={"input": "x"}), "moved": [{"from": f"{_D}.a", "to": f"{_D}.b"}]},
        moved="info",
    ),
    "plain-forgotten": _case(
        _data(a={}, b={}),
        {**_data(a={}), "removed": [{"from": f"{_D}.b", "lifecycle": {"destroy": False}}]},
        forgotten="medium",
    ),
    "plain-check-fails": _case(
        _data(a={"input": "x"}),
        {
            **_data(a={"input": "x"}),
            "check": {
                "healthy": {
                    "assert": [
                        {"condition": '${terraform_data.a.input == "y"}', "error_message": "a is not y"}
                    ]
                }
            },
        },
        **{"check-failed": "high"},
    ),
    "plain-errored": _case(
        _data(a={"input": "x"}),
        _data(
            a={"input": "z"},
            b={
                "depends_on": [f"{_D}.a"],
                "input": "x",
                "lifecycle": {
                    "precondition": [
                        {"condition": '${terraform_data.a.input == "never"}', "error_message": "never"}
                    ]
                },
            },
        ),
        **{"errored": "high", "check-failed": "high", "otherwise-update": "low"},
    ),
    "plain-secret": _case(
        {**_SECRET, **_data(a={"input": "${var.password}"})},
        {**_SECRET, **_data(a={"input": '${"${var.password}-more"}'})},
        **{"otherwise-update": "low"},
    ),
    "plain-output-exposed": _case(
        {**_SECRET, **_data(a={}), "output": {"o": {"value": "${var.password}", "sensitive": True}}},
        {**_SECRET, **_data(a={}), "output": {"o": {"value": "${nonsensitive(var.password)}"}}},
        **{"output-exposed": "high"},
    ),
}
