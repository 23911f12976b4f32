"""vSphere objects around the clusters, for the companion stack alone: its provider logs in at every plan."""
