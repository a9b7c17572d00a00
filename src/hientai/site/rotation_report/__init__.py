"""A rotation plan for the officer who decides: a workbook and a page that prints."""
