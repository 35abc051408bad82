"""python -m shishi_xl."""

from .cli import main

if __name__ == "__main__":
    main()
