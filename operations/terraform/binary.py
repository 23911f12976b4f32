"""Which Terraform is run: the person's, or their OpenTofu."""

from __future__ import annotations

import os
from typing import Final

VARIABLE: Final = "TERRAFORM_BINARY_NAME"
"""Environment variable with the command; cdktf obeys the same."""

DEFAULT: Final = "terraform"
"""The command when nothing is said."""


def terraform_binary() -> str:
    """Terraform's or OpenTofu's command."""
    return os.environ.get(VARIABLE, DEFAULT)
