"""``hybrid recover``: what a person does when a whole cluster is lost."""
