"""``hybrid manifests``: the tree of what runs in the clusters, a folder a cluster."""
