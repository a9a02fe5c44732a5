"""A child process that serves the collect flow every five seconds: `python -m tests.served`."""

from datetime import timedelta

from flows.prepare import prepare_prefect
from flows.settings import load


def main():
    home = load().data / "prefect"
    prepare_prefect(home)
    from prefect.types.entrypoint import EntrypointType

    from flows.collect import collect
    from flows.embedded import embedded

    with embedded(home, whole=True):
        collect.serve(
            "often",
            interval=timedelta(seconds=5),
            entrypoint_type=EntrypointType.MODULE_PATH,
            print_starting_message=False,
        )


if __name__ == "__main__":
    main()
