"""What can go wrong in an engine, said so that an officer knows what, where and what to do now."""

from __future__ import annotations

from hientai.engines.wording import Sentence


class HienTaiError(Exception):
    """Base of every error that is meant to be read by a person.

    code: stable machine word (`unknown_person`); message: what happened and why, and what to do now;
    where: the file, sheet, cell, key or field at fault, empty when there is none.
    """

    def __init__(self, code: str, message: Sentence | str, where: str = "") -> None:
        super().__init__(str(message))
        self.code = code
        self.message = message if isinstance(message, Sentence) else Sentence(message)
        self.where = where


class BadInput(HienTaiError):
    """The question or file is not of the form asked for (exit status 2)."""


class NotFeasible(HienTaiError):
    """The question has no feasible answer (exit status 3)."""
