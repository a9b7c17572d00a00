"""Job positions, competencies, and who left by slimming-down."""
