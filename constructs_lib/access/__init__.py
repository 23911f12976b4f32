"""Who may do what: IAM of host projects and scopes, and Kubernetes roles that scopes bring to clusters."""
