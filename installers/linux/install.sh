#!/bin/sh
# Installs StaffDev Desktop from the wheels beside this script, without a network; --remove takes it away again.
# School files and backups are never touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
prefix=${PREFIX:-$HOME/.local}
app=$prefix/share/staffdev-desktop
command=$prefix/bin/staffdev-desktop
entry=$prefix/share/applications/staffdev-desktop.desktop

if [ "${1:-}" = --remove ]; then
  rm -rf "$app"
  rm -f "$command" "$entry"
  echo "StaffDev Desktop is removed. School files and backups are where they were."
  exit 0
fi

version=$(cat "$here/python-version.txt")
python=$(command -v "python$version" || command -v python3 || true)
if [ -z "$python" ] || [ "$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')" != "$version" ]; then
  echo "This package is for Python $version, which is not here." >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  echo "This Python cannot make an environment. As root: apt-get install -y python3-venv" >&2
  exit 1
fi

# Made beside the old one and then put in its place: a failed install leaves the old one working.
rm -rf "$app.new"
"$python" -m venv "$app.new"
"$app.new/bin/python" -m pip install --quiet --disable-pip-version-check --no-index "$here"/wheels/*.whl
if ! QT_QPA_PLATFORM=offscreen "$app.new/bin/python" -c 'from PySide6.QtWidgets import QApplication; QApplication([])'; then
  echo "Qt needs system libraries that are not here. As root: $(cat "$here/qt-command.txt")" >&2
  rm -rf "$app.new"
  exit 1
fi
rm -rf "$app"
mv "$app.new" "$app"

mkdir -p "$prefix/bin" "$prefix/share/applications"
cat >"$command" <<LAUNCHER
#!/bin/sh
exec "$app/bin/python" -m staffdev_desktop "\$@"
LAUNCHER
chmod +x "$command"
icon=$("$app/bin/python" -c 'from importlib.resources import files; print(files("staffdev_desktop.resources") / "icons" / "crest.svg")')
cat >"$entry" <<ENTRY
[Desktop Entry]
Type=Application
Name=StaffDev Desktop
Comment=Looks after the development of the people who work in a school
Exec="$command" %f
Icon=$icon
Terminal=false
Categories=Office;
ENTRY
echo "StaffDev Desktop is installed: $command"
