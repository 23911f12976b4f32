"""``hybrid adopt management-service``: from the document of `anthos-gke` to an `aws` section, and from its state to entries."""
