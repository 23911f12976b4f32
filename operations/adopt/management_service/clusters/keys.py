"""Keys that the documents name, as those of `aws.kms_keys`."""

from __future__ import annotations

import re
from typing import Final

from estate.model.aws.kms_key import ExistingKmsKeyConfig, KmsKeyConfig
from estate.model.naming import physical_name
from operations.adopt.gkectl.document import Field
from operations.adopt.gkectl.section import Section
from operations.adopt.management_service.clusters.inputs import Inputs

_KMS_KEYS: Final = ("aws", "kms_keys")
_ARN: Final = re.compile(r"[^:]*:[^:]*:kms:([^:]*):[^:]*:[^:]*")


class Keys:
    """The keys of the section, each once."""

    def __init__(self, section: Section, inputs: Inputs) -> None:
        self._section = section
        self._inputs = inputs
        self._names: dict[str, str] = {}

    def put(self, to: tuple[str, ...], arn: Field[str], name: str) -> None:
        """Put the name of a key, and the key itself where the environment does not have it.

        Args:
            to: where the name goes.
            arn: where the document names the key.
            name: what to call it where it is new here.
        """
        self._section.comes_from(to, arn)
        value = arn.use()
        if value is None or not self._is_of_the_region(arn, value):
            return
        found = self._names.get(value) or self._known(value)
        if found is None and self._may_be_ours(arn):
            return
        if found is None:
            taken = {*self._inputs.aws.kms_keys, *self._names.values()}
            numbered = (f"{name}-{number}" for number in range(2, len(taken) + 3))
            found = name if name not in taken else next(one for one in numbered if one not in taken)
            self._section.put((*_KMS_KEYS, found, "existing", "key_arn"), arn)
            self._section.notes.append(
                f"key {found} exists already and stays as it is; whoever owns it lets this environment use it, as `hybrid "
                f"prerequisites {self._inputs.target.name}` says"
            )
        self._names[value] = found
        self._section.say(to, found)

    def _is_of_the_region(self, arn: Field[str], value: str) -> bool:
        region = self._inputs.aws.region
        found = _ARN.fullmatch(value)
        if found is None or found[1] == region:
            return True  # what is no ARN at all, the model refuses
        arn.problem(f"must be a key of {region}, as aws.region says, got one of {found[1]}")
        return False

    def _known(self, arn: str) -> str | None:
        """The environment's key that this is, by its ARN or by the alias that the environment gives it."""
        target, aliases = self._inputs.target, self._inputs.cloud.aliases or {}
        for name, key in self._inputs.aws.kms_keys.items():
            if isinstance(key, ExistingKmsKeyConfig):
                if key.existing.key_arn == arn:
                    return name
                continue
            names = (target.estate.organization.name, target.name, "kms-key", key.name or name)
            if aliases.get(key.alias or f"alias/{physical_name(*names)}") == arn.rpartition("/")[2]:
                return name
        return None

    def _may_be_ours(self, arn: Field[str]) -> bool:
        """Report a key of which nobody knows whether the environment makes it."""
        made = [name for name, key in self._inputs.aws.kms_keys.items() if isinstance(key, KmsKeyConfig)]
        if not made or self._inputs.cloud.aliases is not None:
            return False
        arn.problem(
            f"may be one that the environment makes, {' or '.join(made)}; ask AWS and give the answer with --aws: `aws kms "
            f"list-aliases --region {self._inputs.aws.region} --output json`"
        )
        return True
