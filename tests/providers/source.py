"""Asks a provider's own source what its schemas do not tell.

Go has to be there, and the source of the version that is meant: functions put the schemas together, so they are asked
of the compiled provider. Resources of its newer framework are left out, of which no stack has one.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_TABLES = {
    "google": ("github.com/hashicorp/terraform-provider-google/google/provider", "provider.ResourceMap()"),
    "vsphere": ("github.com/vmware/terraform-provider-vsphere/vsphere", "vsphere.Provider().ResourcesMap"),
}
_PROGRAM = """package main

import (
	"encoding/json"
	"os"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema"
	"%s"
)

type told struct {
	Replaces bool     `json:"replaces"`
	Conflict []string `json:"conflicts_with,omitempty"`
	Exactly  []string `json:"exactly_one_of,omitempty"`
	AtLeast  []string `json:"at_least_one_of,omitempty"`
	With     []string `json:"required_with,omitempty"`
}

func walk(prefix string, attributes map[string]*schema.Schema, into map[string]told) {
	for name, one := range attributes {
		into[prefix+name] = told{one.ForceNew, one.ConflictsWith, one.ExactlyOneOf, one.AtLeastOneOf, one.RequiredWith}
		if below, ok := one.Elem.(*schema.Resource); ok {
			walk(prefix+name+".", below.Schema, into)
		}
	}
}

func main() {
	out := map[string]map[string]told{}
	for name, resource := range %s {
		out[name] = map[string]told{}
		walk("", resource.Schema, out[name])
	}
	_ = json.NewEncoder(os.Stdout).Encode(out)
}
"""
_POSITION = re.compile(r"\.\d+\b")
_GROUPS = ("conflicts_with", "exactly_one_of", "at_least_one_of", "required_with")

Told = Mapping[str, Mapping[str, Mapping[str, Any]]]


def asked(provider: str, folder: Path) -> Told:
    """What is told of each attribute of each resource, by type and path.

    Args:
        provider: its name.
        folder: its source.
    """
    with tempfile.TemporaryDirectory() as scratch:
        program = Path(scratch) / "main.go"
        program.write_text(_PROGRAM % _TABLES[provider], encoding="utf-8")
        overlay = Path(scratch) / "overlay.json"
        there = folder.absolute() / "printed" / "main.go"
        overlay.write_text(json.dumps({"Replace": {str(there): str(program)}}), encoding="utf-8")
        words = ["go", "run", "-trimpath", "-buildvcs=false", "-overlay", str(overlay), "./printed"]
        printed = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)
    found: Told = json.loads(printed.stdout)
    return found


def groups(told: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, list[str]]]:
    """Which attributes of a type go together or not, by attribute and kind, without positions."""
    found = {
        path: {
            kind: sorted({_POSITION.sub("", other) for other in one[kind]})
            for kind in _GROUPS
            if one.get(kind)
        }
        for path, one in sorted(told.items())
    }
    return {path: kinds for path, kinds in found.items() if kinds}
