"""What runs in the clusters, as Kubernetes objects: one logical entity a module, fed by the model, plain data out."""
