"""Every error Carnet raises on purpose: a code and its values; the sentence belongs to the catalogues.

CarnetError
├── InputError        the user's file or typed value cannot be used
├── CriterionError    a criterion or a segment cannot be asked
├── StoreError        the base cannot be opened, read or written
├── ListError         a list cannot be made as asked
└── CancelledError    the user asked a job to stop

``code`` is the key of the sentence (``error.read.empty``); ``values`` fill its blanks.
Anything else that is raised is a fault of the program.
"""

from __future__ import annotations


class CarnetError(Exception):
    """An error that a person can act on; its sentence is ``words(code, **values)``."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code} ({details})" if details else self.code


class InputError(CarnetError):
    """A file, a pasted table or a typed value cannot be used as it is."""


class CriterionError(CarnetError):
    """A criterion names something unknown, or a value its operator does not take."""


class StoreError(CarnetError):
    """The base is held by another process, is newer than the program, or is damaged."""


class ListError(CarnetError):
    """A list cannot be written as asked: nobody in it, no column, no reason given."""


class CancelledError(CarnetError):
    """A job stopped because it was asked to; nothing was written."""

    def __init__(self) -> None:
        super().__init__("error.cancelled")
