"""Where a setting comes from: an argument, before the environment, before a profile.

A profile that is named by an argument is an argument: it comes before the environment, because the credentials of one
account must not go to the server of another.
"""

from __future__ import annotations

import os
from collections.abc import Container, Sequence
from typing import Any, Self

from attrs import field, frozen

from .profiles import PROFILE_VARIABLE, configuration_file, load_profile, profile_name


@frozen
class Setting:
    """Something that can be set in several places; a secret is a credential, which every client needs."""

    name: str
    variable: str | None = None
    secret: bool = False


@frozen
class Found:
    """A setting as it was found.

    `source` is how a message names it: the argument, the variable, or what it is in the profile. `place` says the same
    for people, with the profile's name and file.
    """

    value: Any = field(repr=False)
    source: str
    place: str


@frozen
class Sources:
    """The places where the settings of a client may be; `named` says whether an argument named the profile."""

    settings: Sequence[Setting]
    profile: dict[str, str] = field(factory=dict, repr=False)
    named: bool = False
    profile_place: str = ""

    @classmethod
    def read(cls, settings: Sequence[Setting], profile: str | None, given: Container[str] = ()) -> Self:
        """Read the profile if it was asked for, or if a credential is nowhere else: no other client needs the file.

        `given` are the names of the settings that are given as arguments.

        Raises:
            ConfigurationError: The configuration file cannot be used, or does not have the profile.
        """
        complete = all(
            setting.name in given or os.environ.get(setting.variable or "") for setting in settings if setting.secret
        )
        needed = not complete or profile is not None or bool(os.environ.get(PROFILE_VARIABLE))
        found = load_profile(profile, [setting.name for setting in settings]) if needed else {}
        place = f"profile {profile_name(profile)!r} of {configuration_file()}" if needed else ""
        return cls(settings, found, profile is not None, place)

    def find(self, name: str, argument: Any = None, source: str | None = None) -> Found:
        """Find a setting that may be given as an argument, which messages call `source`, by default as the setting."""
        if argument is not None:
            return Found(argument, source or name, source or name)
        in_profile = Found(self.profile.get(name), f"{name} of the profile", self.profile_place)
        if self.named and name in self.profile:
            return in_profile
        variable = next(setting.variable for setting in self.settings if setting.name == name)
        if variable and os.environ.get(variable):
            return Found(os.environ[variable], variable, variable)
        return in_profile
