"""The version of the distribution, kept here so that the build and the User-Agent read the same one."""

__version__ = "0.1.0"
