#!/bin/sh
# Installs StaffDev Desktop from the wheels beside this script, without a network; --remove takes it away again.
# School files and backups are never touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
app="$HOME/Library/Application Support/StaffDev Desktop App"
bundle="$HOME/Applications/StaffDev Desktop.app"

if [ "${1:-}" = --remove ]; then
  rm -rf "$app" "$bundle"
  echo "StaffDev Desktop is removed. School files and backups are where they were."
  exit 0
fi

version=$(cat "$here/python-version.txt")
python=$(command -v "python$version" || true)
if [ -z "$python" ]; then
  echo "This package is for Python $version, which is not here. It is on python.org." >&2
  exit 1
fi

# Made beside the old one and then put in its place: a failed install leaves the old one working.
rm -rf "$app.new"
mkdir -p "$(dirname "$app")"
"$python" -m venv "$app.new"
"$app.new/bin/python" -m pip install --quiet --disable-pip-version-check --no-index "$here"/wheels/*.whl
QT_QPA_PLATFORM=offscreen "$app.new/bin/python" -c 'from PySide6.QtWidgets import QApplication; QApplication([])'
rm -rf "$app"
mv "$app.new" "$app"

mkdir -p "$bundle/Contents/MacOS"
cat >"$bundle/Contents/MacOS/staffdev-desktop" <<LAUNCHER
#!/bin/sh
exec "$app/bin/python" -m staffdev_desktop "\$@"
LAUNCHER
chmod +x "$bundle/Contents/MacOS/staffdev-desktop"
cat >"$bundle/Contents/Info.plist" <<'PLIST'
<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
  <key>CFBundleName</key><string>StaffDev Desktop</string>
  <key>CFBundleIdentifier</key><string>org.staffdev.desktop</string>
  <key>CFBundleExecutable</key><string>staffdev-desktop</string>
  <key>CFBundlePackageType</key><string>APPL</string>
  <key>NSHighResolutionCapable</key><true/>
</dict>
</plist>
PLIST
echo "StaffDev Desktop is installed: $bundle"
