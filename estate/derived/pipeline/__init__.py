"""The identities of a pipeline, and the ground that they stand on."""
