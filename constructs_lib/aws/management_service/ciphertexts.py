"""The four secrets of a management service, which only ever come here encrypted.

Who holds a secret encrypts it with the service's secrets key and puts the result into the bootstrap
bucket; the instance's role decrypts it into memory. Terraform has no part in it: a variable can be
forgotten, and then the next apply would empty an object, or hold a plaintext given by mistake, and then a
saved plan would keep it.

https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
"""

from __future__ import annotations

from enum import StrEnum


class Ciphertext(StrEnum):
    """The secrets; the value is the encryption context's `purpose` and the object's name."""

    MANAGEMENT_SERVICE_KEY = "management-service-key"
    CONNECT_AGENT_KEY = "connect-agent-key"
    NODE_KEY = "node-key"
    ROOT_CA_KEY = "root-ca-key"
