"""`enlighten login`: asks for the credentials, checks them, and keeps them."""

from __future__ import annotations

import getpass
import shlex
import sys
from typing import TYPE_CHECKING

from ..config.profiles import DEFAULT_PROFILE, configuration_file, profile_name
from ..config.sources import Found, Sources
from ..errors import AuthenticationError
from ..v2.authentication import SETTINGS
from . import messages
from .exits import Code, CommandError
from .messages import say
from .profile_file import write_profile
from .session import Access, base_url, connected, limits

if TYPE_CHECKING:
    from .options import Connection

EXPLANATION = """\
An application needs two things to read a system's data; both are secret, and neither is shown as you type.

  API key   of your application: log in at https://developer.enphase.com, open Applications; it is below its name.
  User id   of the system's owner, who allows the application to read: the page of the application has a link
            "Authorization URL" for the owner; who follows it and agrees is shown the user id, which can be seen
            again in Enlighten: Settings, Account, API Settings.
"""


def run(options: Connection) -> int:
    """Log in, and return the exit code."""
    # What the profile has that is written does not count.
    sources = Sources(SETTINGS, {}, named=False, profile_place="")
    limits(sources.find("plan", options.plan or None, "--plan"))
    api_key, user_id = _ask()
    messages.keep_secret(api_key, user_id)
    typed = [Found(secret, name, "standard input") for name, secret in (("api_key", api_key), ("user_id", user_id))]
    try:
        with connected(options, access=Access(typed[0], typed[1], base_url(sources, options))) as session:
            first = next(iter(session.client.systems(page_size=1)), None)
    except AuthenticationError:
        raise CommandError(
            "The service refuses this key with this user id; nothing is written. Copy both again, and see that the "
            "owner has authorised the application.",
            Code.CREDENTIALS,
        ) from None
    profile = {"api_key": api_key, "user_id": user_id}
    if options.base_url:
        profile["base_url"] = options.base_url
    if options.plan:
        profile["plan"] = options.plan
    name = profile_name(options.profile)
    path = write_profile(configuration_file(), name, profile)
    seen = "no system yet" if first is None else f"system {first.system_id}, perhaps among others"
    say(f"the credentials work: they see {seen}. They are profile {name!r} of {path}, which only you can read.")
    say("go on with: enlighten systems" + ("" if name == DEFAULT_PROFILE else f" --profile {shlex.quote(name)}"))
    return Code.OK


def _ask() -> tuple[str, str]:
    """Ask for both without showing them; where nobody is there to ask, take them from two lines of input."""
    if sys.stdin.isatty():
        sys.stderr.write(EXPLANATION)
        answers = [getpass.getpass(f"{name}: ", stream=sys.stderr) for name in ("API key", "User id")]
    else:
        answers = [sys.stdin.readline() for _ in range(2)]
    api_key, user_id = (answer.strip() for answer in answers)
    for name, answer in (("API key", api_key), ("user id", user_id)):
        if not answer or not answer.isprintable():
            raise CommandError(
                f"No {name} was given, or one with control characters; nothing is written. At a terminal it is asked "
                "for; else give the key and the user id on two lines of standard input.",
                Code.CREDENTIALS,
            )
    return api_key, user_id
