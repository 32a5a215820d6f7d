"""The user's folders: for configuration, and for what programs remember."""

from __future__ import annotations

from pathlib import Path

from ..errors import ConfigurationError

PACKAGE = "enphase-enlighten"


def configuration_folder() -> Path:
    """Return the folder of the configuration file, whether or not it exists; see `_folder`."""
    return _folder("user_config_path", "XDG_CONFIG_HOME")


def state_folder() -> Path:
    """Return the folder of what is remembered from run to run, whether or not it exists; see `_folder`."""
    return _folder("user_state_path", "XDG_STATE_HOME")


def _folder(of_platform: str, variable: str) -> Path:
    import platformdirs

    try:
        folder: Path = getattr(platformdirs, of_platform)(PACKAGE)
    except (RuntimeError, KeyError):
        folder = Path("~")
    # Where there is no home folder, some versions of platformdirs return one named `~` in the current folder.
    if not folder.is_absolute():
        raise ConfigurationError(
            f"This user has no home folder on this machine: set HOME, or {variable}, to a folder of an absolute path; "
            "or give what is needed as arguments or in the environment."
        )
    return folder
