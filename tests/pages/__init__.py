"""Workbooks as paper: rendered by LibreOffice and measured page by page (`python -m tests.pages`)."""
