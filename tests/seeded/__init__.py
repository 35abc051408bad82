"""Seeded faults and innocent returns, written as people write, and the table of what is found."""
