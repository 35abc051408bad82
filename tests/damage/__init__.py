"""Returns damaged as units damage them, with the truth kept before; `python -m tests.damage`.

What damages knows only what stands on the sheets; `judge` alone knows the program.
"""
