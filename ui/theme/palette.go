package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// The colours that Fyne has no name for.
const (
	ColorNameCard        fyne.ThemeColorName = "card"        // background of cards and panels
	ColorNameMuted       fyne.ThemeColorName = "muted"       // secondary text
	ColorNameTint        fyne.ThemeColorName = "tint"        // background of the selected row or page
	ColorNameTrack       fyne.ThemeColorName = "track"       // unfilled part of a progress bar
	ColorNameNotice      fyne.ThemeColorName = "notice"      // background of a notice
	ColorNameNoticeText  fyne.ThemeColorName = "noticeText"  // text that asks for attention
	ColorNameErrorNotice fyne.ThemeColorName = "errorNotice" // background of an error notice
)

// variants is a colour in the light and in the dark mode.
type variants struct{ light, dark color.NRGBA }

// palette holds Seedbed's own colours; Fyne's default theme has all the others.
var palette = map[fyne.ThemeColorName]variants{
	fynetheme.ColorNameBackground:          {rgb(0xf6f8f6), rgb(0x131715)},
	fynetheme.ColorNameForeground:          {rgb(0x1d2722), rgb(0xe6ebe8)},
	fynetheme.ColorNamePrimary:             {rgb(0x196a49), rgb(0x4cc38a)},
	fynetheme.ColorNameForegroundOnPrimary: {rgb(0xffffff), rgb(0x10201a)},
	fynetheme.ColorNameButton:              {rgb(0xffffff), rgb(0x1b211e)},
	fynetheme.ColorNameDisabledButton:      {rgb(0xeef1ef), rgb(0x232a26)},
	fynetheme.ColorNameDisabled:            {rgb(0x646e68), rgb(0x939c97)},
	fynetheme.ColorNamePlaceHolder:         {rgb(0x525c56), rgb(0xb0b8b4)},
	fynetheme.ColorNameInputBackground:     {rgb(0xffffff), rgb(0x1b211e)},
	fynetheme.ColorNameInputBorder:         {rgb(0xd9dfdb), rgb(0x38423d)},
	fynetheme.ColorNameMenuBackground:      {rgb(0xffffff), rgb(0x1f2622)},
	fynetheme.ColorNameOverlayBackground:   {rgb(0xffffff), rgb(0x1b211e)},
	fynetheme.ColorNameHeaderBackground:    {rgb(0xffffff), rgb(0x1b211e)},
	fynetheme.ColorNameSeparator:           {rgb(0xe1e6e3), rgb(0x2c3430)},
	fynetheme.ColorNameSelection:           {rgb(0xcfe7db), rgb(0x204133)},
	fynetheme.ColorNameFocus:               {rgba(0x1e7a55, 0x55), rgba(0x4cc38a, 0x66)},
	fynetheme.ColorNameHover:               {rgba(0x1d2722, 0x0d), rgba(0xe6ebe8, 0x12)},
	fynetheme.ColorNamePressed:             {rgba(0x1d2722, 0x1c), rgba(0xe6ebe8, 0x22)},
	fynetheme.ColorNameShadow:              {rgba(0x1d2722, 0x1a), rgba(0x000000, 0x55)},
	fynetheme.ColorNameError:               {rgb(0xab2f16), rgb(0xf3907a)},
	fynetheme.ColorNameSuccess:             {rgb(0x196a49), rgb(0x4cc38a)},
	fynetheme.ColorNameWarning:             {rgb(0x834900), rgb(0xe3a43c)},
	fynetheme.ColorNameHyperlink:           {rgb(0x196a49), rgb(0x4cc38a)},
	ColorNameCard:                          {rgb(0xffffff), rgb(0x1b211e)},
	ColorNameMuted:                         {rgb(0x525c56), rgb(0xb0b8b4)},
	ColorNameTint:                          {rgb(0xe2f1ea), rgb(0x1e3529)},
	ColorNameTrack:                         {rgb(0xe1e6e4), rgb(0x2c3430)},
	ColorNameNotice:                        {rgb(0xfef1dc), rgb(0x3b2d12)},
	ColorNameNoticeText:                    {rgb(0x8f4f02), rgb(0xe3a43c)},
	ColorNameErrorNotice:                   {rgb(0xfbe9e5), rgb(0x3d1f18)},
}

// contrasting are the colours of the high-contrast theme that differ from the palette:
// text is black or white on its opposite, and everything has an outline.
var contrasting = map[fyne.ThemeColorName]variants{
	fynetheme.ColorNameBackground:          {rgb(0xffffff), rgb(0x000000)},
	fynetheme.ColorNameForeground:          {rgb(0x000000), rgb(0xffffff)},
	fynetheme.ColorNamePrimary:             {rgb(0x00452c), rgb(0x7cf5b9)},
	fynetheme.ColorNameForegroundOnPrimary: {rgb(0xffffff), rgb(0x000000)},
	fynetheme.ColorNameButton:              {rgb(0xffffff), rgb(0x000000)},
	fynetheme.ColorNameDisabledButton:      {rgb(0xffffff), rgb(0x000000)},
	fynetheme.ColorNameDisabled:            {rgb(0x4d4d4d), rgb(0xb3b3b3)},
	fynetheme.ColorNamePlaceHolder:         {rgb(0x333333), rgb(0xd6d6d6)},
	fynetheme.ColorNameInputBackground:     {rgb(0xffffff), rgb(0x000000)},
	fynetheme.ColorNameInputBorder:         {rgb(0x000000), rgb(0xffffff)},
	fynetheme.ColorNameMenuBackground:      {rgb(0xffffff), rgb(0x000000)},
	fynetheme.ColorNameOverlayBackground:   {rgb(0xffffff), rgb(0x000000)},
	fynetheme.ColorNameHeaderBackground:    {rgb(0xffffff), rgb(0x000000)},
	fynetheme.ColorNameSeparator:           {rgb(0x000000), rgb(0xffffff)},
	fynetheme.ColorNameSelection:           {rgb(0xb8e6cf), rgb(0x004d33)},
	fynetheme.ColorNameFocus:               {rgba(0x00452c, 0x77), rgba(0x7cf5b9, 0x66)},
	fynetheme.ColorNameError:               {rgb(0x8a0000), rgb(0xffb3a3)},
	fynetheme.ColorNameSuccess:             {rgb(0x00452c), rgb(0x7cf5b9)},
	fynetheme.ColorNameWarning:             {rgb(0x5c3300), rgb(0xffd27a)},
	fynetheme.ColorNameHyperlink:           {rgb(0x00452c), rgb(0x7cf5b9)},
	ColorNameCard:                          {rgb(0xffffff), rgb(0x000000)},
	ColorNameMuted:                         {rgb(0x333333), rgb(0xd6d6d6)},
	ColorNameTint:                          {rgb(0xd9f2e6), rgb(0x003322)},
	ColorNameTrack:                         {rgb(0xd6d6d6), rgb(0x333333)},
	ColorNameNotice:                        {rgb(0xffffff), rgb(0x000000)},
	ColorNameNoticeText:                    {rgb(0x5c3300), rgb(0xffd27a)},
	ColorNameErrorNotice:                   {rgb(0xffffff), rgb(0x000000)},
}

func rgb(hex uint32) color.NRGBA { return rgba(hex, 0xff) }

func rgba(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha}
}
