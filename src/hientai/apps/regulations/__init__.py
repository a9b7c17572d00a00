"""The register of documents that rule personnel work: what is in force, what rests on it, values two people confirmed."""
