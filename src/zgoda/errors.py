"""One class per kind of mistake; the docstring is what the user needs to hear."""

from __future__ import annotations


class ZgodaError(Exception):
    """Something Zgoda was given, or found in its own files, cannot be used."""


class ContentError(ZgodaError):
    """Content files have faults; each line says file, line, entry, what was expected and what came."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class ModelError(ZgodaError):
    """The trained weights are missing, damaged or of another version; reinstall, or run `./run model`."""


class InputError(ZgodaError):
    """The input cannot be read as what it claims to be."""


class ForbiddenStep(ZgodaError):
    """The protocol does not allow this step now, and nothing was changed; ask `guide` which step is due."""

    def __init__(self, step: str) -> None:
        super().__init__(f"{self.__doc__} Refused: {step}")
