"""``hybrid adopt aws-cluster``: the EKS cluster that takes the place of one that the management service made."""
