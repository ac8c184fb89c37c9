"""Installs folders of data that an operator may edit: install_data.py TARGET FOLDER…

What was edited, added or removed in TARGET since the last installation stays as it is. Where a newer version of an
edited file comes, it is laid beside as FILE.new, and a line says so. What was installed last stands in TARGET/.installed
(SHA-256, path), as dpkg keeps it of its conffiles.
"""
import hashlib
import os
import pathlib
import sys


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def read(list_):
    if not list_.is_file():
        return {}
    return {line[66:]: line[:64] for line in list_.read_text().splitlines() if len(line) > 66}


def write(path, content):
    """Whole or not at all, so that a running server never reads half a contract."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.installing")
    temporary.write_bytes(content)
    temporary.chmod(0o644)
    os.replace(temporary, path)


def main(target, *folders):
    target, list_ = pathlib.Path(target), pathlib.Path(target) / ".installed"
    before, now = read(list_), {}
    for folder in map(pathlib.Path, folders):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                now[str(pathlib.PurePath(folder.name) / file.relative_to(folder))] = file
    for name, file in now.items():
        place, shipped = target / name, digest(file)
        found = digest(place)
        if found == shipped:
            continue
        if found is None and name in before:
            print(f"{place}: was removed; stays removed")
        elif found is None or found == before.get(name):
            write(place, file.read_bytes())
        elif shipped != before.get(name):
            write(place.with_name(place.name + ".new"), file.read_bytes())
            print(f"{place}: was edited, and stays; what is new lies in {place.name}.new")
    for name in before.keys() - now.keys():
        if digest(target / name) == before[name]:
            (target / name).unlink()
    write(list_, "".join(f"{digest(file)}  {name}\n" for name, file in sorted(now.items())).encode())


main(*sys.argv[1:])
