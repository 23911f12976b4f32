"""A Cloud KMS key in a key ring of its own.

https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/kms_crypto_key
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cdktf import ITerraformDependable, TerraformResourceLifecycle
from cdktf_cdktf_provider_google.kms_crypto_key import KmsCryptoKey, KmsCryptoKeyVersionTemplate
from cdktf_cdktf_provider_google.kms_crypto_key_iam_member import KmsCryptoKeyIamMember
from cdktf_cdktf_provider_google.kms_key_ring import KmsKeyRing
from constructs import Construct

from estate.model.google.kms_key import KmsKeyConfig

_SECONDS_PER_DAY = 24 * 60 * 60


class KmsKey(Construct):
    """Define a symmetric key with its key ring, unless that stands already, rotated by Cloud KMS.

    Stateful. What the key encrypted is lost with its versions; a destroy takes those, and leaves the names of
    key and ring taken for ever, so that a next generation has another name.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        config: KmsKeyConfig,
        name: str,
        region: str,
        dependencies: Sequence[ITerraformDependable] = (),
        prevent_destroy: bool = True,
    ) -> None:
        super().__init__(scope, id_)
        lifecycle = TerraformResourceLifecycle(prevent_destroy=prevent_destroy)
        ring = config.ring
        if ring is None:
            ring = KmsKeyRing(
                self,
                "Ring",
                name=name,
                location=config.location or region,
                depends_on=list(dependencies) or None,
                lifecycle=lifecycle,
            ).id
        self._resource = KmsCryptoKey(
            self,
            "Resource",
            name=name,
            key_ring=ring,
            purpose="ENCRYPT_DECRYPT",
            depends_on=list(dependencies) or None if config.ring else None,
            rotation_period=f"{config.rotation_days * _SECONDS_PER_DAY}s",
            destroy_scheduled_duration=f"{config.destroy_days * _SECONDS_PER_DAY}s",
            version_template=KmsCryptoKeyVersionTemplate(
                algorithm="GOOGLE_SYMMETRIC_ENCRYPTION", protection_level=config.protection.name
            ),
            lifecycle=lifecycle,
        )
        self._users = Construct(self, "EncrypterDecrypters")
        self._grants: dict[str, ITerraformDependable] = {}
        self.key_id: Final[str] = self._resource.id

    def grant_encrypt_decrypt(
        self, id_: str, member: str, dependencies: Sequence[ITerraformDependable]
    ) -> ITerraformDependable:
        """Let an IAM member encrypt and decrypt with the key; asked for twice, it is granted once.

        Args:
            id_: who it is, in the tree.
            member: the member with its prefix.
            dependencies: what brings the member into being.

        Returns:
            What has to stand before the member uses the key.
        """
        if id_ not in self._grants:
            self._grants[id_] = KmsCryptoKeyIamMember(
                self._users,
                id_,
                crypto_key_id=self._resource.id,
                role="roles/cloudkms.cryptoKeyEncrypterDecrypter",
                member=member,
                depends_on=list(dependencies) or None,
            )
        return self._grants[id_]
