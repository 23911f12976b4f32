"""The vSphere objects around the clusters of an environment, which a stack of their own makes."""
