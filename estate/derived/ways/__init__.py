"""Which packets have to get through: derived from the file, never listed twice."""
