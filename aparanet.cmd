@echo off
rem Starts aparanet; where its sources are, builds it first when there is no build, or one older than they.
rem Environment: JAVA_HOME (else java from the PATH), APARANET_JAVA_OPTIONS (such as -Xmx8g).
setlocal EnableExtensions DisableDelayedExpansion
set "HOME_DIR=%~dp0"
set "HOME_DIR=%HOME_DIR:~0,-1%"
set "JAR=%HOME_DIR%\target\aparanet.jar"
set "LIBRARIES=%HOME_DIR%\target\lib"
rem Unpacked from the zip, it has no sources.
if not exist "%HOME_DIR%\pom.xml" (
  set "JAR=%HOME_DIR%\lib\aparanet.jar"
  set "LIBRARIES=%HOME_DIR%\lib"
)
if not exist "%HOME_DIR%\pom.xml" if not exist "%JAR%" (
  echo aparanet: there is neither "%HOME_DIR%\pom.xml" nor "%JAR%"; unpack aparanet again, with all its folders>&2
  exit /b 1
)
set "LOCK=%HOME_DIR%\target\.build-lock"

if defined JAVA_HOME (
  set "JAVA=%JAVA_HOME%\bin\java.exe"
) else (
  set "JAVA=java.exe"
)
if defined JAVA_HOME if not exist "%JAVA%" (
  echo aparanet: there is no "%JAVA%"; JAVA_HOME must be the folder of a JDK 17 or newer>&2
  exit /b 1
)
if not defined JAVA_HOME where /q java.exe || (
  echo aparanet: there is no java; install a JDK 17 or newer, or set JAVA_HOME>&2
  exit /b 1
)

rem The third word of the line with "version" is such as "17.0.15"; JDK 8 says "1.8.0".
set "ANSWER=%TEMP%\aparanet-%RANDOM%%RANDOM%.txt"
"%JAVA%" -version >"%ANSWER%" 2>&1
set "VERSION="
for /f "usebackq tokens=3" %%v in (`findstr /c:" version " "%ANSWER%"`) do if not defined VERSION set "VERSION=%%~v"
del "%ANSWER%"
set "MAJOR=0"
if defined VERSION for /f "tokens=1 delims=.-+" %%v in ("%VERSION%") do set "MAJOR=%%v"
if %MAJOR% LSS 17 (
  echo aparanet: "%JAVA%" is version %VERSION%; 17 or newer is needed>&2
  exit /b 1
)

if not exist "%HOME_DIR%\pom.xml" goto run
call :stale
if not errorlevel 1 if not exist "%LOCK%" goto run
if not exist "%HOME_DIR%\target" mkdir "%HOME_DIR%\target"
set "TRIES=0"
:lock
mkdir "%LOCK%" 2>nul && goto locked
set /a TRIES+=1
if %TRIES%==1 echo aparanet: waiting for another aparanet, which is building in "%LOCK%">&2
if %TRIES% GEQ 600 (
  echo aparanet: folder "%LOCK%" is in the way; remove it if nothing is building>&2
  exit /b 1
)
rem Whoever builds holds a file in the folder open; only that of one who is gone can be renamed.
set /a "REST=TRIES %% 5"
set "OLD=.build-lock-%RANDOM%%RANDOM%"
if %REST%==0 ren "%LOCK%" "%OLD%" 2>nul && rmdir /s /q "%HOME_DIR%\target\%OLD%"
ping -n 2 127.0.0.1 >nul
goto lock

:locked
call :build 9>"%LOCK%\held"
set "FAILED=%ERRORLEVEL%"
rmdir /s /q "%LOCK%"
if not "%FAILED%"=="0" exit /b 1

:run
set "NATIVE="
if %MAJOR% GEQ 24 set "NATIVE=--enable-native-access=ALL-UNNAMED"
rem G1 keeps large arrays in their place, on which the OpenCL engine relies; the shell script says what the
rem thresholds are for, and why the version alone is said without vectors.
set "COLLECTOR=-XX:+UseG1GC"
set "OPTIONS=-XX:Tier4BackEdgeThreshold=400000 -XX:Tier4MinInvocationThreshold=20 -XX:CompileCommand=quiet -XX:CompileCommand=CompileThresholdScaling,org.aparanet.engine.cpu.vector.Vector*::*,0.3 --add-modules jdk.incubator.vector"
if %NUMBER_OF_PROCESSORS% LEQ 4 set "OPTIONS=-XX:CICompilerCount=4 %OPTIONS%"
set "VERSION_ONLY="
if "%~2"=="" if "%~1"=="--version" set "VERSION_ONLY=yes"
if "%~2"=="" if "%~1"=="-V" set "VERSION_ONLY=yes"
if defined VERSION_ONLY set "COLLECTOR=-XX:+UseSerialGC"
if defined VERSION_ONLY set "OPTIONS=-XX:TieredStopAtLevel=1"
rem Java does not start with two collectors.
set APARANET_JAVA_OPTIONS 2>nul | findstr /r /c:"-XX:+Use.*GC" >nul && set "COLLECTOR="
"%JAVA%" %COLLECTOR% %OPTIONS% %APARANET_JAVA_OPTIONS% %NATIVE% -Daparanet.terminal=console -Djdk.console=java.base "-Daparanet.home=%HOME_DIR%" -cp "%JAR%;%LIBRARIES%\*" org.aparanet.cli.Main %*
exit /b %ERRORLEVEL%

rem Builds, if somebody else has not done it in the meantime; sets errorlevel 1 if that fails.
:build
call :stale
if not errorlevel 1 exit /b 0
set "MAVEN=mvn"
where /q mvn || set "MAVEN=.\mvnw.cmd"
if not "%MAVEN%"=="mvn" if not exist "%HOME_DIR%\mvnw.cmd" (
  echo aparanet: there is neither mvn nor "%HOME_DIR%\mvnw.cmd"; install Maven 3.8 or newer to build aparanet>&2
  exit /b 1
)
echo aparanet: building (only the first time, and when the sources have changed)>&2
pushd "%HOME_DIR%"
if "%MAVEN%"=="mvn" goto package
echo aparanet: there is no mvn, so mvnw fetches Maven from Maven Central, unless it has before>&2
call %MAVEN% --version >"%LOCK%\log" 2>&1
if errorlevel 1 (
  popd
  type "%LOCK%\log" >&2
  echo aparanet: there is no mvn, and mvnw cannot fetch it ^(its messages are above^); install Maven 3.8 or newer, or connect to the network>&2
  exit /b 1
)
:package
call %MAVEN% -q -B -DskipTests package >"%LOCK%\log" 2>&1
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
  type "%LOCK%\log" >&2
  echo aparanet: the build failed; its messages are above>&2
  exit /b 1
)
copy /b "%JAR%"+,, "%JAR%" >nul
exit /b 0

rem Sets errorlevel 1 if there is no build, or a source is newer than it.
:stale
if not exist "%JAR%" exit /b 1
if not exist "%HOME_DIR%\target\lib" exit /b 1
set "STALE_JAR=%JAR%"
set "STALE_HOME=%HOME_DIR%"
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath $env:STALE_JAR).LastWriteTime; $newer = Get-ChildItem -LiteralPath (Join-Path $env:STALE_HOME 'pom.xml'), (Join-Path $env:STALE_HOME 'src\main') -Recurse | Where-Object LastWriteTime -gt $built | Select-Object -First 1; if ($newer) { exit 1 } else { exit 0 }"
exit /b %ERRORLEVEL%
