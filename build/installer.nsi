; The installer: per user, without administrator, in Chinese. build/installer.py gives the values of /D.
;   VERSION, VERSION4  0.1.0, 0.1.0.0      SOURCE  the frozen folder      OUTPUT  the installer to write
;   ICON, SIDE_PICTURE  .ico and .bmp      SIZE_KB  installed size, for 应用和功能
;
; Exit codes: 0 installed, 1 the user stopped it, 2 it failed, 3 Windows too old or of 32 bits,
; 4 the folder holds something else, 5 the program runs.

Unicode true
!include "MUI2.nsh"
!include "WinVer.nsh"
!include "x64.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define PRODUCT "整体支出绩效自评助手"
!define FOLDER "ZipingAssistant"
!define EXE "ziping.exe"
!define MUTEX "ZipingSelfEvaluationIsRunning"
!define OLDEST_BUILD 17763
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${FOLDER}"
!define OPEN_WITH_KEY "Software\Classes\Applications\${EXE}"
; The report package (desktop/exchange/package/format.py), which nobody else opens.
!define PACKAGE ".zpb"
!define PACKAGE_CLASS "Ziping.ReportPackage"
!define PACKAGE_NAME "整体支出绩效报告包"
; The task file of a finance bureau (desktop/exchange/task_file/format.py), likewise.
!define TASK ".zpt"
!define TASK_CLASS "Ziping.TaskFile"
!define TASK_NAME "整体支出绩效任务包"
!define SYNCHRONIZE 0x00100000

Name "${PRODUCT}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${FOLDER}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 32
ManifestSupportedOS Win10
ManifestDPIAware true
BrandingText "${PRODUCT} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION4}"
VIFileVersion "${VERSION4}"
VIAddVersionKey /LANG=2052 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION4}"
VIAddVersionKey /LANG=2052 "FileDescription" "${PRODUCT}安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "${PRODUCT}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "随附的开放源代码组件各按其许可证"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE_PICTURE}"
!define MUI_WELCOMEPAGE_TITLE "${PRODUCT}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "将为当前用户安装 ${PRODUCT} ${VERSION}，不需要管理员权限。$\r$\n$\r$\n已填写的数据另存在本机，升级和卸载都不会改动。$\r$\n$\r$\n单击“下一步”继续。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_RUN_TEXT "打开 ${PRODUCT}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; Say why, and end with a code. In silence nobody is asked.
!macro Refuse code words
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel ${code}
  Quit
!macroend

; Ends with 5 if the program runs: its files could be neither replaced nor removed.
!macro RefuseWhileRunning
  System::Call 'kernel32::OpenMutexW(i ${SYNCHRONIZE}, i 0, w "${MUTEX}") p .r0'
  ${If} $0 P<> 0
    System::Call 'kernel32::CloseHandle(p r0)'
    !insertmacro Refuse 5 "${PRODUCT}正在运行。请先关闭它，再重新运行本程序。"
  ${EndIf}
!macroend

; Files of that ending are ours, and a double click opens them with this program.
!macro OpenWithUs ending class name
  WriteRegStr HKCU "${OPEN_WITH_KEY}\SupportedTypes" "${ending}" ""
  WriteRegStr HKCU "Software\Classes\${class}" "" "${name}"
  WriteRegStr HKCU "Software\Classes\${class}\DefaultIcon" "" '"$INSTDIR\${EXE}",0'
  WriteRegStr HKCU "Software\Classes\${class}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "Software\Classes\${ending}" "" "${class}"
  WriteRegStr HKCU "Software\Classes\${ending}\OpenWithProgids" "${class}" ""
!macroend

!macro NoLongerOpenWithUs ending class
  DeleteRegKey HKCU "Software\Classes\${class}"
  DeleteRegKey HKCU "Software\Classes\${ending}"
!macroend

; What opens which file has changed: SHCNE_ASSOCCHANGED.
!macro TellOfTypes
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

Function .onInit
  ${IfNot} ${RunningX64}
    !insertmacro Refuse 3 "${PRODUCT}需要64位的 Windows 10（1809）或更高版本，本机是32位系统，无法安装。"
  ${EndIf}
  ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
    !insertmacro Refuse 3 "${PRODUCT}需要 Windows 10（1809）或更高版本，本机的 Windows 版本太旧，无法安装。"
  ${EndIf}
  !insertmacro RefuseWhileRunning
FunctionEnd

Function un.onInit
  !insertmacro RefuseWhileRunning
FunctionEnd

; An older version's _internal goes away whole, so that no stale file is left; nothing else is touched.
; It is first renamed: that fails, before any harm, if some program still holds a file in it.
Function RemoveOlder
  RMDir /r "$INSTDIR\_internal.old"
  ${IfNot} ${FileExists} "$INSTDIR\_internal\*.*"
    Return
  ${EndIf}
  ${IfNot} ${FileExists} "$INSTDIR\${EXE}"
    !insertmacro Refuse 4 "文件夹“$INSTDIR”里有别的程序，请另选一个文件夹安装。"
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\_internal" "$INSTDIR\_internal.old"
  ${If} ${Errors}
    !insertmacro Refuse 5 "原有的程序文件正被占用，无法升级。请关闭${PRODUCT}，再重新运行本程序。"
  ${EndIf}
  RMDir /r "$INSTDIR\_internal.old"
FunctionEnd

Section
  SetShellVarContext current
  Call RemoveOlder
  SetOutPath "$INSTDIR"
  SetOverwrite on
  ClearErrors
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    !insertmacro Refuse 2 "写入“$INSTDIR”时出错，请检查磁盘空间和文件夹的权限。"
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\${PRODUCT}.lnk" "$INSTDIR\${EXE}"
  CreateShortcut "$DESKTOP\${PRODUCT}.lnk" "$INSTDIR\${EXE}"

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1

  ; Offered under 打开方式 for tables; whoever opens them today keeps doing so.
  WriteRegStr HKCU "${OPEN_WITH_KEY}" "FriendlyAppName" "${PRODUCT}"
  WriteRegStr HKCU "${OPEN_WITH_KEY}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "${OPEN_WITH_KEY}\SupportedTypes" ".xlsx" ""
  WriteRegStr HKCU "${OPEN_WITH_KEY}\SupportedTypes" ".xls" ""
  WriteRegStr HKCU "${OPEN_WITH_KEY}\SupportedTypes" ".et" ""

  ; Packages and tasks are opened by this program.
  !insertmacro OpenWithUs "${PACKAGE}" "${PACKAGE_CLASS}" "${PACKAGE_NAME}"
  !insertmacro OpenWithUs "${TASK}" "${TASK_CLASS}" "${TASK_NAME}"
  !insertmacro TellOfTypes
SectionEnd

; Only what the installer put there, name by name. The data lie elsewhere; should somebody have made the
; program portable, they lie in $INSTDIR\data, and stay.
Section "Uninstall"
  SetShellVarContext current
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${EXE}"
  Delete "$INSTDIR\ziping-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${PRODUCT}.lnk"
  Delete "$DESKTOP\${PRODUCT}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OPEN_WITH_KEY}"
  !insertmacro NoLongerOpenWithUs "${PACKAGE}" "${PACKAGE_CLASS}"
  !insertmacro NoLongerOpenWithUs "${TASK}" "${TASK_CLASS}"
  !insertmacro TellOfTypes
  MessageBox MB_OK|MB_ICONINFORMATION "${PRODUCT}已卸载。$\r$\n已填写的数据没有删除，仍在：$\r$\n$LOCALAPPDATA\${PRODUCT}" /SD IDOK
SectionEnd
