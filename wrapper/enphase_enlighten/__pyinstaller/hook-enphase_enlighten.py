"""The modules and files of the package that PyInstaller cannot see in its imports."""  # noqa: N999 - the name it looks for

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata


def _is_of_the_library(name: str) -> bool:
    return not name.startswith(("enphase_enlighten.cli", "enphase_enlighten.__pyinstaller"))


hiddenimports = [*collect_submodules("enphase_enlighten", _is_of_the_library), *collect_submodules("enlighten_v2")]
datas = [*collect_data_files("enlighten_v2"), *copy_metadata("enphase-enlighten")]
