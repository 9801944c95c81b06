"""How the fonts of this folder were made: run by hand with fontTools, when a font is renewed. See README.md.

python make.py SOURCES TARGET
"""

import sys
from pathlib import Path

from fontTools import subset
from lam_alef import divide

FROM_GB2312 = {
    ord(character)
    for high in range(0xA1, 0xF8)
    for low in range(0xA1, 0xFF)
    for character in bytes([high, low]).decode("gb2312", "ignore")
    if not 0x370 <= ord(character) < 0x530  # Greek and Cyrillic letters are those of Noto Sans
}
CHINESE = FROM_GB2312 | {*range(0x2010, 0x2060), *range(0x2E80, 0x2FE0), *range(0x3000, 0x3040), *range(0xFF00, 0xFFF0)}
ARABIC = {*range(0x600, 0x700), *range(0xFB50, 0xFE00), *range(0xFE70, 0xFF00), 0x20, 0x200C, 0x200D, 0x25CC}
SIGNS = {*range(0x2100, 0x2C00)}
ALL: set[int] = set()
# Target: (source, characters). The sources are the files of the packages that README.md names.
FONTS = {
    "NotoSans-Regular.ttf": ("NotoSans_400Regular.ttf", ALL),
    "NotoSans-Bold.ttf": ("NotoSans_700Bold.ttf", ALL),
    "NotoSans-Italic.ttf": ("NotoSans_400Regular_Italic.ttf", ALL),
    "NotoSansArabic-Regular.ttf": ("NotoSansArabic_400Regular.ttf", ALL),
    "Vazirmatn-Regular.ttf": ("Vazirmatn_400Regular.ttf", ARABIC),
    "Vazirmatn-Bold.ttf": ("Vazirmatn_700Bold.ttf", ARABIC),
    "NotoSansSC-Regular.ttf": ("NotoSansSC_400Regular.ttf", CHINESE),
    "NotoSansSC-Bold.ttf": ("NotoSansSC_700Bold.ttf", CHINESE),
    "DejaVuSans-Signs.ttf": ("DejaVuSans.ttf", SIGNS),
    "DroidSansFallbackFull.ttf": ("DroidSansFallbackFull.ttf", ALL),
}
EAST_ASIAN = ["ccmp", "locl", "kern", "palt", "halt", "mark", "mkmk"]


def main(sources: Path, target: Path) -> None:
    for name, (source, characters) in FONTS.items():
        options = subset.Options()
        options.hinting = options.glyph_names = False
        options.layout_features = EAST_ASIAN if characters is CHINESE else ["*"]
        options.name_IDs = options.name_languages = ["*"]
        options.notdef_outline = True
        font = subset.load_font(str(next(sources.rglob(source))), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters or set(font.getBestCmap()))
        subsetter.subset(font)
        if characters is ARABIC:
            divide(font)
        subset.save_font(font, str(target / name), options)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
