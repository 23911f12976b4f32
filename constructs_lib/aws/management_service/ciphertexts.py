"""The four secrets of a management service, which only ever come here encrypted.

Who holds a secret encrypts it with the service's secrets key, outside Terraform, and gives the result
to Terraform as a variable. It lies in the bucket from then on, and the instance's role decrypts it into
memory. Neither variables, nor state, nor user data ever hold the plaintext.

A plaintext given by mistake is refused by a precondition of the object that would hold it. Not by a
validation of the variable: Terraform and OpenTofu print the value that a validation refuses, sensitive
or not (https://github.com/opentofu/opentofu/issues/2219). A plan file saved with `-out` holds the
variables even of a plan that failed.

https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cdktf import Fn, Op, Precondition, Token

# KMS encrypts at most 4096 bytes and adds less than 512; this is that in base64, rounded up.
_LONGEST: Final = 6144
# In the clear, or only base64-encoded: JSON begins with eyJ or ewo then, PEM with LS0t.
_PLAINTEXT: Final = "private_key|BEGIN |[{]|^(eyJ|ewo|LS0t)"
# Every KMS ciphertext begins with byte 1, which no text does: AQ in base64. Also empty: cdktf cannot
# compare with an empty text, it writes `== undefined`.
_CIPHERTEXT: Final = "^(AQ[0-9A-Za-z+/]{2}([0-9A-Za-z+/]{4}){25,}([0-9A-Za-z+/]{2}==|[0-9A-Za-z+/]{3}=)?)?$"


class Ciphertext(StrEnum):
    """The secrets; the value is the encryption context's `purpose` and the object's name."""

    MANAGEMENT_SERVICE_KEY = "management-service-key"
    CONNECT_AGENT_KEY = "connect-agent-key"
    NODE_KEY = "node-key"
    ROOT_CA_KEY = "root-ca-key"

    @property
    def variable_name(self) -> str:
        """Name of the Terraform variable that carries it."""
        return f"{self.value.replace('-', '_')}_ciphertext"

    @property
    def object_key(self) -> str:
        """Key of the object in the bootstrap bucket."""
        return f"ciphertexts/{self.value}"


@dataclass(frozen=True)
class CiphertextVariable:
    """What the stack has to declare for one ciphertext: a sensitive text, empty when absent.

    Sensitive, although a ciphertext is no secret, because it may be a plaintext until it is checked.
    Empty until the key exists that encrypts it, which the first apply makes.

    Attributes:
        ciphertext: which one.
        description: what to put in.
    """

    ciphertext: Ciphertext
    description: str

    @property
    def name(self) -> str:
        """Name of the variable."""
        return self.ciphertext.variable_name


CIPHERTEXT_VARIABLES: Final = tuple(
    CiphertextVariable(
        ciphertext=ciphertext,
        description=f"{what}, encrypted with the management service's secrets key and the encryption context "
        f"purpose={ciphertext}; empty until that key exists, and the instance waits until then.",
    )
    for ciphertext, what in (
        (Ciphertext.MANAGEMENT_SERVICE_KEY, "JSON key of the management service's Google service account"),
        (Ciphertext.CONNECT_AGENT_KEY, "JSON key of the Connect agent's Google service account"),
        (Ciphertext.NODE_KEY, "JSON key of the nodes' Google service account"),
        (Ciphertext.ROOT_CA_KEY, "Private key of the root CA in PEM form"),
    )
)
"""The variables that a stack with a management service declares."""


def encrypted(ciphertext: Ciphertext, value: str) -> list[Precondition]:
    """Refuse a value that is neither empty nor a KMS ciphertext, without showing it.

    Args:
        ciphertext: which one, for the message.
        value: the variable's value, a token.
    """
    name = ciphertext.variable_name
    well_formed = Op.and_(Op.lte(Fn.length_of(value), _LONGEST), Fn.can(Fn.regex(_CIPHERTEXT, value)))
    return [
        Precondition(
            condition=Token.as_string(Op.not_(Fn.can(Fn.regex(_PLAINTEXT, value)))),
            error_message=f"{name} holds a key in plaintext. Encrypt it with KMS; and if anybody else could "
            "see it, revoke it.",
        ),
        Precondition(
            condition=Token.as_string(well_formed),
            error_message=f"{name} must be the CiphertextBlob of `aws kms encrypt` as it prints it: base64 in "
            f"one line, beginning with AQ, at most {_LONGEST} characters.",
        ),
    ]
