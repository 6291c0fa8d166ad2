"""Builds the Windows set-up program, on Linux or on Windows: Python's embeddable package, our packages for Windows, NSIS around both."""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "windows"
DIST = ROOT / "dist"


def unpack_python(package: Path, sha256: str, app: Path) -> str:
    """Unpack the embeddable package and let it look into Lib/site-packages; return its version, like 3.11.

    Raises SystemExit when the file is not the one whose hash was given, or not an embeddable package.
    """
    if hashlib.sha256(package.read_bytes()).hexdigest() != sha256.lower():
        raise SystemExit(f"{package.name} does not have that SHA-256. Fetch it again from python.org.")
    with zipfile.ZipFile(package) as archive:
        archive.extractall(app)
    paths = next(app.glob("python3*._pth"), None)
    if paths is None:
        raise SystemExit(f"{package.name} is not Python's embeddable package.")
    paths.write_text(paths.read_text() + "\nLib\\site-packages\n")
    major, minor = re.fullmatch(r"python(3)(\d+)", paths.stem).groups()  # type: ignore[union-attr]  # the glob saw to it
    return f"{major}.{minor}"


def install_packages(version: str, app: Path) -> str:
    """Put our wheel and the Windows wheels it needs into Lib/site-packages; return our version."""
    wheels = BUILD / "wheel"
    shutil.rmtree(ROOT / "build" / "lib", ignore_errors=True)  # setuptools would pack what an earlier build left there
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT)]
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
    wheel = next(wheels.glob("*.whl"))
    target = app / "Lib" / "site-packages"
    for_windows = ["--platform", "win_amd64", "--python-version", version, "--implementation", "cp", "--only-binary=:all:"]
    constraints = str(ROOT / "constraints.txt")
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-c", constraints]
    subprocess.run([*pip, *for_windows, "--target", target, wheel], check=True)
    shutil.rmtree(target / "bin", ignore_errors=True)  # launchers for the system that builds, not for Windows
    return wheel.name.split("-")[1]


def main() -> None:
    """Build dist/staffdev-desktop-VERSION-setup.exe."""
    parser = argparse.ArgumentParser(description="Build the Windows set-up program.")
    parser.add_argument("--python", type=Path, required=True, help="python-3.x.y-embed-amd64.zip from python.org")
    parser.add_argument("--sha256", required=True, help="its SHA-256, as python.org prints it")
    args = parser.parse_args()
    if shutil.which("makensis") is None:
        raise SystemExit("makensis is not here. On Debian: apt-get install nsis")
    shutil.rmtree(BUILD, ignore_errors=True)
    app = BUILD / "app"
    app.mkdir(parents=True)
    version = install_packages(unpack_python(args.python, args.sha256, app), app)
    (app / "staffdev-desktop.cmd").write_text('@"%~dp0python.exe" -m staffdev_desktop %*\r\n')
    DIST.mkdir(exist_ok=True)
    setup = DIST / f"staffdev-desktop-{version}-setup.exe"
    defines = [f"-DVERSION={version}", f"-DAPP={app}", f"-DOUT={setup}", f"-DLICENCE={ROOT / 'LICENSE'}"]
    subprocess.run(["makensis", "-V2", *defines, Path(__file__).with_name("setup.nsi")], check=True)
    print(f"Made {setup.relative_to(ROOT)} ({setup.stat().st_size / 1e6:.0f} MB).")


if __name__ == "__main__":
    main()
