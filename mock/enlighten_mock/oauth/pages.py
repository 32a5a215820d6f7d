"""The pages of the OAuth service: consent, the code, and what is wrong with a request."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enlighten_mock.accounts.applications import Application, Owner

_CARRIED = ("response_type", "client_id", "redirect_uri", "state")

_STYLE = """
:root { color-scheme: light dark; --ink: #1b2530; --soft: #52606d; --line: #8a97a3; --paper: #fff; --tint: #f4f6f8;
  --act: #b03a06; --on-act: #fff; --wrong: #a3152a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf2; --soft: #aab6c1; --line: #6b7884; --paper: #14191e; --tint: #1f262d; --act: #ffa06b;
    --on-act: #201007; --wrong: #ff9aa6; }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 30rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; }
p, ul { margin: .6rem 0; }
.soft { color: var(--soft); }
.problem { color: var(--wrong); font-weight: 600; }
label { display: block; margin-top: .9rem; }
input { width: 100%; padding: .6rem; font: inherit; color: var(--ink); background: var(--tint);
  border: 1px solid var(--line); border-radius: 6px; }
.choice { display: flex; flex-wrap: wrap; gap: .8rem; margin-top: 1.4rem; }
button { flex: 1 1 9rem; min-height: 2.9rem; padding: .6rem 1rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--ink); background: var(--tint); border: 1px solid var(--line); border-radius: 6px; }
button[value=allow] { color: var(--on-act); background: var(--act); border-color: var(--act); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.code { display: block; padding: 1rem; font: 600 1.8rem/1.2 ui-monospace, monospace; letter-spacing: .15em;
  text-align: center; background: var(--tint); border-radius: 6px; overflow-wrap: anywhere; user-select: all; }
"""


def consent(application: Application, owner: Owner, sent: Mapping[str, str], *, systems: int, problem: str = "") -> str:
    """Return the page that asks an owner for consent.

    Args:
        application: Who wants access.
        owner: The login that is filled in.
        sent: The parameters of the request, which the form sends on.
        systems: How many systems the login sees.
        problem: What is wrong with the login that was sent.
    """
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(sent[name])}">' for name in _CARRIED if name in sent
    )
    controls = "".join(f"<li>{escape(name)}</li>" for name in sorted(application.access_controls))
    told = f'<p class="problem" role="alert" id="problem">{escape(problem)}</p>' if problem else ""
    wrong = ' aria-invalid="true" aria-describedby="problem"' if problem else ""
    name = escape(application.name)
    count = "one system" if systems == 1 else f"{systems} systems"
    return _page(
        "Allow access?",
        f"""<h1>Allow access?</h1>
<p><strong>{name}</strong> asks to read and change the data of your systems ({count}):</p>
<ul>{controls}</ul>
{told}
<form method="post" action="/oauth/authorize">
{hidden}
<label for="username">E-mail address</label>
<input id="username" name="username" type="email" autocomplete="username" value="{escape(owner.username)}"{wrong}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"
 value="{escape(owner.password)}"{wrong}>
<div class="choice">
<button type="submit" name="decision" value="allow">Allow access</button>
<button type="submit" name="decision" value="deny">Deny</button>
</div>
</form>
<p class="soft">This page is simulated, and so are the systems behind it. Never enter a real password here.</p>""",
    )


def shown(sent: Mapping[str, str]) -> str:
    """Return the page that shows the code, or that there is none."""
    if sent.get("code"):
        return _page(
            "Access allowed",
            f"""<h1>Access allowed</h1>
<p>Give this code to the application. It is good once, and for a few minutes.</p>
<p><output class="code" id="code">{escape(sent["code"])}</output></p>""",
        )
    return _page("Access denied", f"<h1>Access denied</h1><p>{escape(sent.get('error', 'There is no code.'))}</p>")


def problem(text: str) -> str:
    """Return the page that says what is wrong with a request."""
    return _page("This request cannot be handled", f"<h1>This request cannot be handled</h1><p>{escape(text)}</p>")


def _page(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title} - Simulated Enlighten</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
