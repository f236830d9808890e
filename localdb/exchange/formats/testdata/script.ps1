param([string]$Name)
$x = Get-ChildItem -Path C:\
foreach ($f in $x) {
  Write-Host $f.Name
}
