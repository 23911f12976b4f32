"""Who owns which file of a repository, by its CODEOWNERS file."""
