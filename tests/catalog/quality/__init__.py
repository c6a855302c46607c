"""Stories about the automatic audit."""
