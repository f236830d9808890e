; The installer for Windows, for one person and without an administrator's rights. /S installs silently.
; .ci/package gives ROOT (the files), OUT, VERSION and NUMBERS (the version as four numbers).
Unicode true
Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
!include MUI2.nsh

!define TYPE "Seedbed.Dataset"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Seedbed"
!define ASSOCIATIONS_CHANGED 0x08000000

Name "Seedbed"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Seedbed"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "Seedbed"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installs Seedbed"
VIAddVersionKey "LegalCopyright" "Copyright 2026 The Seedbed authors, MIT licence"

!define MUI_ICON "${ROOT}/seedbed.ico"
!define MUI_UNICON "${ROOT}/seedbed.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\seedbed.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
LangString DATASET ${LANG_ENGLISH} "Seedbed dataset"
LangString DATASET ${LANG_GERMAN} "Seedbed-Datensatz"

Section
  SetOutPath "$INSTDIR"
  File "${ROOT}/seedbed.exe"
  File "${ROOT}/licence.txt"
  File "${ROOT}/licences-of-libraries.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Seedbed.lnk" "$INSTDIR\seedbed.exe"

  ; Datasets open by a double click.
  WriteRegStr HKCU "${CLASSES}\.seedbed" "" "${TYPE}"
  WriteRegStr HKCU "${CLASSES}\.seedbed" "Content Type" "application/x-seedbed"
  WriteRegNone HKCU "${CLASSES}\.seedbed\OpenWithProgids" "${TYPE}"
  WriteRegStr HKCU "${CLASSES}\${TYPE}" "" "$(DATASET)"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\DefaultIcon" "" "$INSTDIR\seedbed.exe,0"
  WriteRegStr HKCU "${CLASSES}\${TYPE}\shell\open\command" "" '"$INSTDIR\seedbed.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i ${ASSOCIATIONS_CHANGED}, i 0, p 0, p 0)'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Seedbed"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\seedbed.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Seedbed authors"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

; Datasets, settings and keys stay.
Section "un.Seedbed"
  Delete "$INSTDIR\seedbed.exe"
  Delete "$INSTDIR\licence.txt"
  Delete "$INSTDIR\licences-of-libraries.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Seedbed.lnk"
  ReadRegStr $0 HKCU "${CLASSES}\.seedbed" ""
  StrCmp $0 "${TYPE}" 0 +2
    DeleteRegKey HKCU "${CLASSES}\.seedbed"
  DeleteRegKey HKCU "${CLASSES}\${TYPE}"
  DeleteRegKey HKCU "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i ${ASSOCIATIONS_CHANGED}, i 0, p 0, p 0)'
SectionEnd
