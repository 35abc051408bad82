"""A unit at its desk, round after round: the marked workbook is opened, answered and saved."""
