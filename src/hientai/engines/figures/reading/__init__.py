"""Reads drafts (txt, docx, xlsx, pdf, json) into passages and tables; the only part of the checker that opens
files."""
