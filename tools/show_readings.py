"""Print what the engine says about the samples in docs, as `./run demo` does: one process, so that it loads once."""

from __future__ import annotations

from pathlib import Path

from zgoda.doors.cli import main as zgoda

DOCS = Path(__file__).resolve().parents[1] / "docs"
MOMENT = "2026-11-26T12:00:00+01:00"
REVIEW = ("--interface", "en", "--fail-on", "never")


def show(command: str, *arguments: str) -> None:
    """Print a command of zgoda and run it at the demo's time."""
    print(f"\n$ zgoda {command} {' '.join(arguments)}", flush=True)
    zgoda([command, "--now", MOMENT, *arguments], standalone_mode=False)


def main() -> None:
    """Read the messages, review the drafts that answer some of them, follow a call."""
    for sample in sorted((DOCS / "samples").iterdir()):
        show("read", f"docs/samples/{sample.name}")
    for draft in sorted((DOCS / "drafts").glob("*.txt")):
        show("review", *REVIEW, "--customer", f"@docs/samples/{draft.name}", f"docs/drafts/{draft.name}")
    show("guide", "--format", "text", "docs/drafts/4-en-call.jsonl")
    print("\nNow your own:  echo 'Where is my order 4412? Third time I ask!' | .venv/bin/zgoda read", flush=True)


if __name__ == "__main__":
    main()
