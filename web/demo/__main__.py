"""Runs the demo portals alone: `python -m web.demo`, until Ctrl+C."""

import threading

from web.demo import serve_portals


def main() -> None:
    """Serve the five portals and print where they are."""
    with serve_portals() as addresses:
        for name, address in addresses.items():
            print(f"{name:12} {address}")
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("Stopped.")


if __name__ == "__main__":
    main()
