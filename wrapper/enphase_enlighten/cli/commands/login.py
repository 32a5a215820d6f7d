"""`enlighten login`: asks for the credentials, checks them, and keeps them."""

from __future__ import annotations

import getpass
import shlex
import sys
from typing import TYPE_CHECKING

from ...config.profiles import DEFAULT_PROFILE, profile_name, write_profile
from ...config.sources import Sources
from ...errors import AuthenticationError, ConfigurationError
from ...v2.authentication import SETTINGS
from ..exits import Code, CommandError
from ..messages import keep_secret, say
from ..session import Access, connected
from ..streams import typed_line

if TYPE_CHECKING:
    from ..options import ConnectionOptions

EXPLANATION = """\
An application needs two things to read a system's data; both are secret, and neither is shown as you type.

  API key   of your application: log in at https://developer.enphase.com, open Applications; it is below its name.
  User id   of the system's owner, who allows the application to read: the page of the application has a link
            "Authorization URL" for the owner; who follows it and agrees is shown the user id, which can be seen
            again in Enlighten: Settings, Account, API Settings.
"""


def run(options: ConnectionOptions) -> int:
    """Log in, and return the exit code."""
    # The profile that is written does not count. The options are checked before anything is asked for.
    sources = Sources(SETTINGS)
    Access.find(options, sources)
    api_key, user_id = _ask()
    keep_secret(api_key, user_id)
    try:
        with connected(options, access=Access.find(options, sources, (api_key, user_id))) as session:
            first = next(iter(session.client.systems(page_size=1)), None)
    except AuthenticationError:
        raise CommandError(
            "The service rejects this key with this user id; nothing is written. Copy both again, and see that the "
            "owner has authorised the application.",
            Code.CREDENTIALS,
        ) from None
    given = {"api_key": api_key, "user_id": user_id, "base_url": options.base_url, "plan": options.plan}
    name = profile_name(options.profile)
    try:
        path = write_profile(name, {key: value for key, value in given.items() if value})
    except ConfigurationError as error:
        raise CommandError(str(error), Code.CREDENTIALS) from None
    seen = "no system yet" if first is None else f"system {first.system_id}, perhaps among others"
    say(f"the credentials work: they see {seen}. They are profile {name!r} of {path}, which only you can read.")
    say("go on with: enlighten systems" + ("" if name == DEFAULT_PROFILE else f" --profile {shlex.quote(name)}"))
    return Code.OK


def _ask() -> tuple[str, str]:
    """Ask for both without showing them; without a terminal, read them from two lines of standard input."""
    if sys.stdin.isatty():
        sys.stderr.write(EXPLANATION)
        lines = [getpass.getpass(f"{name}: ", stream=sys.stderr) for name in ("API key", "User id")]
    else:
        lines = [typed_line() for _ in range(2)]
    api_key, user_id = (line.strip() for line in lines)
    for name, secret in (("API key", api_key), ("user id", user_id)):
        if not secret or not secret.isprintable():
            raise CommandError(
                f"No {name} was given, or one with control characters; nothing is written. At a terminal it is asked "
                "for; else give the key and the user id on two lines of standard input.",
                Code.CREDENTIALS,
            )
    return api_key, user_id
