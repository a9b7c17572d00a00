"""Dossiers (hồ sơ): templates, papers with their validity and appraisal, declarations by state and day only."""
