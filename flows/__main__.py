"""`python -m flows` is `vnjp`."""

from flows.cli import main

if __name__ == "__main__":  # Prefect starts runs by spawning, which imports the main module again
    main()
