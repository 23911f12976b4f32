"""Tests of a pipeline's identities, and of the ground that they stand on."""
