@echo off
rem Starts Marlab: the window without arguments, a verb of the command line with them.
rem Finds a JDK 25, builds on first use and whenever the sources are newer than the last build.
rem
rem   MARLAB_JAVA_HOME     the JDK 25 to use, instead of searching for one
rem   MARLAB_JAVA_OPTIONS  further options for the JVM, separated by blanks
setlocal DisableDelayedExpansion

set "home=%~dp0"
set "home=%home:~0,-1%"
set "lib=%home%\app\target\lib"
set "work=%home%\target\launcher"
set "stamp=%work%\built"
set "log=%work%\build.log"
set "lock=%work%\building"
set "jdk="

call :find_jdk
if not defined jdk exit /b 2
call :build_unless_current
if errorlevel 1 exit /b 2

rem More than one OpenMP thread makes ND4J's small products up to 100 times slower.
set "OMP_NUM_THREADS=1"
set "OPENBLAS_NUM_THREADS=1"

"%jdk%\bin\java.exe" ^
  -Xms256m -Xmx2g -XX:+UseG1GC -XX:MaxGCPauseMillis=8 ^
  -Dorg.bytedeco.javacpp.maxbytes=2g -Dorg.bytedeco.javacpp.maxphysicalbytes=6g ^
  -Djava.awt.headless=true ^
  --enable-native-access=ALL-UNNAMED,javafx.graphics --sun-misc-unsafe-memory-access=allow ^
  --module-path "%lib%\javafx" --add-modules javafx.controls ^
  %MARLAB_JAVA_OPTIONS% ^
  -cp "%lib%\*" marlab.app.Launcher %*
exit /b %ERRORLEVEL%


:find_jdk
if not defined MARLAB_JAVA_HOME goto search
call :try "%MARLAB_JAVA_HOME%"
if not defined jdk >&2 echo marlab: MARLAB_JAVA_HOME is %MARLAB_JAVA_HOME%, which is not a JDK 25; point it to one or unset it.
exit /b

:search
if defined JAVA_HOME call :try "%JAVA_HOME%"
for %%j in (java.exe) do if not "%%~$PATH:j"=="" call :try "%%~dp$PATH:j.."
for %%r in (
  "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft"
  "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\Zulu" "%ProgramFiles%\BellSoft"
  "%LocalAppData%\Programs\Eclipse Adoptium" "%UserProfile%\.jdks" "%UserProfile%\.gradle\jdks"
  "%UserProfile%\scoop\apps"
) do for /d %%d in ("%%~r\*") do call :try "%%~d"
if not defined jdk >&2 echo marlab: no JDK 25 found; install one (winget install EclipseAdoptium.Temurin.25.JDK) or set MARLAB_JAVA_HOME to where it is.
exit /b

rem Reads the version from the JDK's own note; the dot before 25 stands for the quotation mark.
:try
if defined jdk exit /b
if not exist "%~1\bin\javac.exe" exit /b
if not exist "%~1\release" exit /b
findstr /b /r /c:"JAVA_VERSION=.25[^0-9]" "%~1\release" >nul 2>nul && set "jdk=%~f1"
exit /b


:build_unless_current
call :is_current && exit /b 0
if not exist "%work%" mkdir "%work%" 2>nul
if not exist "%work%" (
  >&2 echo marlab: cannot write to %work%; start Marlab from a folder of your own.
  exit /b 1
)
set "waiting="
rem A handle on the lock file is one process's at a time, and ends with it.
:take_lock
set "had_lock="
8>&2 2>nul ( 9>"%lock%" ( 2>&8 call :build_locked ) )
if defined had_lock exit /b %built%
if not defined waiting >&2 echo marlab: another start is building; waiting for it ...
set "waiting=yes"
>nul 2>nul ping -n 2 127.0.0.1
goto take_lock

:build_locked
set "had_lock=yes"
set "built=0"
call :is_current && exit /b
>&2 echo marlab: building (the first time fetches about 200 MB of libraries) ...
type nul >"%stamp%.next"
del /q "%lib%\marlab-*.jar" 2>nul
set "JAVA_HOME=%jdk%"
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "Set-Location -LiteralPath $env:home; [IO.File]::WriteAllText($env:log, '');" ^
  "& .\mvnw.cmd -B -pl app -am package '-Dmaven.test.skip=true' '-Dspotless.check.skip=true' '-Dmarlab.lint=-Xlint:none' 2>&1 |" ^
  "ForEach-Object { Add-Content -LiteralPath $env:log -Value $_;" ^
  "  if ($_ -match '^\[INFO\] Building Marlab ?(\S*) .*(\[\d+/\d+\])') { [Console]::Error.WriteLine('marlab:   Marlab ' + $Matches[1] + ' ' + $Matches[2]) }" ^
  "  elseif ($_ -match 'Downloaded from .*/(.* \([\d.]+ MB) at') { [Console]::Error.WriteLine('marlab:   fetched ' + $Matches[1] + ')') } };" ^
  "exit $LASTEXITCODE"
if errorlevel 1 (
  >&2 echo marlab: the build failed; the reason is at the end of %log%
  set "built=1"
  exit /b
)
move /y "%stamp%.next" "%stamp%" >nul
>&2 echo marlab: built.
exit /b

:is_current
if not exist "%stamp%" exit /b 1
if not exist "%lib%\javafx" exit /b 1
powershell -NoProfile -ExecutionPolicy Bypass -Command ^
  "$t = (Get-Item -LiteralPath $env:stamp).LastWriteTimeUtc;" ^
  "$s = @(Get-Item -Path (Join-Path $env:home 'pom.xml'), (Join-Path $env:home '*\pom.xml'));" ^
  "$s += Get-ChildItem -Path (Join-Path $env:home '*\src\main') -Recurse;" ^
  "if ($s | Where-Object { $_.LastWriteTimeUtc -gt $t } | Select-Object -First 1) { exit 1 }"
exit /b %ERRORLEVEL%
