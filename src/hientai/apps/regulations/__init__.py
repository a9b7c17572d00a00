"""The register of documents: what is in force, what rests on it, values that two people confirmed."""
