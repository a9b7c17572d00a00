"""The register of documents that rule personnel work: what is in force, what rests on it, what was confirmed."""
