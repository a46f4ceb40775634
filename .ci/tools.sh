#!/bin/sh
# Sees to the programs that pip cannot bring: Python, Tesseract with Vietnamese, Poppler.
# With the word "samples" also to what drawing sample reports and the tests take: fonts, Pango, qpdf; and to what some tests
# would like and skip without: Chromium for the review page, PostgreSQL for the store of a team.
# With the word "office" to LibreOffice's spreadsheet, which one test opens a workbook with (30 seconds, 190 MB).
# Installs them with apt where that is possible; elsewhere says exactly what to install.
set -eu

missing=""
need() { missing="$missing $1"; }
wanted=""
want() { wanted="$wanted $1"; }

python3 -c 'import ensurepip, venv' 2>/dev/null || need python3-venv
command -v tesseract >/dev/null 2>&1 || need tesseract-ocr
{ command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>/dev/null | grep -qx vie; } || need tesseract-ocr-vie
{ command -v pdftoppm >/dev/null 2>&1 && command -v pdfinfo >/dev/null 2>&1; } || need poppler-utils

if [ "${1:-}" = "office" ]; then
  command -v soffice >/dev/null 2>&1 || need libreoffice-calc-nogui
fi

if [ "${1:-}" = "samples" ]; then
  has_font() { command -v fc-list >/dev/null 2>&1 && fc-list : family | grep -q "$1"; }
  has_library() { find /usr/lib /usr/lib64 /opt/homebrew/lib -name "$1*" 2>/dev/null | grep -q .; }
  command -v fc-list >/dev/null 2>&1 || need fontconfig
  has_font "Tinos" || need fonts-croscore
  has_font "TeX Gyre Termes" || need fonts-texgyre
  has_font "Noto Serif" || need fonts-noto-core
  has_library libpangoft2-1.0 || need "libpango-1.0-0 libpangoft2-1.0-0"
  has_library libharfbuzz-subset || need libharfbuzz-subset0
  command -v qpdf >/dev/null 2>&1 || need qpdf
  command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 \
    || want chromium
  { command -v initdb >/dev/null 2>&1 || find /usr/lib/postgresql -name initdb 2>/dev/null | grep -q .; } || want postgresql
fi

[ -n "$missing$wanted" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null 2>&1; then as_root="sudo"; else as_root="none"; fi
fi

apt_install() {
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}

# What is only wanted must not fail anything: the tests that use it skip, saying so.
if command -v apt-get >/dev/null 2>&1 && [ "$as_root" != "none" ]; then
  echo "Installing with apt:$missing$wanted"
  $as_root apt-get update -q || [ -z "$missing" ]
  # shellcheck disable=SC2086
  [ -z "$missing" ] || apt_install python3 $missing
  for package in $wanted; do
    apt_install "$package" || echo "$package cannot be installed; the tests that use it are skipped."
  done
  exit 0
fi
[ -z "$wanted" ] || echo "Not here:$wanted; the tests that use it are skipped."
[ -n "$missing" ] || exit 0

cat >&2 <<END
Missing:$missing
sohoa needs Python 3.11 with venv, Tesseract with Vietnamese, and Poppler. Install them with one of:
  Debian, Ubuntu:  apt-get install python3-venv tesseract-ocr tesseract-ocr-vie poppler-utils   (as root)
  Fedora:          dnf install python3 tesseract tesseract-langpack-vie poppler-utils           (as root)
  macOS:           brew install python tesseract tesseract-lang poppler
and run make again.
END
exit 1
