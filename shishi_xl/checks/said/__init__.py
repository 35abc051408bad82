"""A text → the numbers in it, and which target each speaks of."""
