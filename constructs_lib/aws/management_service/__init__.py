"""GKE on AWS's management service: what stands in AWS so that it can run."""
