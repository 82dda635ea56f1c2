"""`python -m classroom` is the `penguin` command."""

from classroom.cli import main

if __name__ == "__main__":
    main()
