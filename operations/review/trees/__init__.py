"""The tree of manifests in a review: what changes in each cluster, as changes that rules judge as they judge a plan's."""
