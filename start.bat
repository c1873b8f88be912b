@echo off
rem Double-click on Windows: opens Carnet with the newest Python found.
chcp 65001 >nul
cd /d "%~dp0"
where py >nul 2>nul
if not errorlevel 1 (
    py -3 start.py %*
    goto end
)
where python >nul 2>nul
if not errorlevel 1 (
    python start.py %*
    goto end
)
echo Carnet demande Python 3.11 ou plus récent : installez-le depuis python.org, puis relancez.
echo Carnet needs Python 3.11 or newer: install it from python.org, then start again.
cmd /c exit 1
:end
if errorlevel 1 pause
