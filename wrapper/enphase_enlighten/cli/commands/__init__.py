"""The subcommands, a module each or for a family of them; `app` imports one when it runs."""
