"""The scripts in which a name can be printed on a letter, as this machine's fonts allow."""

from __future__ import annotations

from app.notices import pdf

# A word in each script that the names of applicants are likely to come in; each must be printable whole.
SAMPLES = {
    "Arabic": "محمد",
    "Armenian": "Արմեն",
    "Bengali": "রহিম",
    "Chinese": "王小明陳",
    "Cyrillic": "Дмитрий",
    "Devanagari": "लक्ष्मी",
    "Ethiopic": "አበበ",
    "Georgian": "გიორგი",
    "Greek": "Ελένη",
    "Gujarati": "ગુજરાત",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ",
    "Hebrew": "עברית",
    "Japanese": "さくらハルト",
    "Kannada": "ಕನ್ನಡ",
    "Khmer": "សុខា",
    "Korean": "김철수",
    "Lao": "ສົມສັກ",
    "Latin": "Nguyễn Łukasz Ñandú",
    "Malayalam": "മലയാളം",
    "Myanmar": "အောင်",
    "Odia": "ଓଡ଼ିଆ",
    "Sinhala": "සිංහල",
    "Tamil": "தமிழ்",
    "Telugu": "తెలుగు",
    "Thai": "สมชาย",
}
INSTALL = "Debian and Ubuntu: apt-get install fonts-noto-core fonts-noto-cjk. macOS has them."


def uncovered() -> list[str]:
    """Name the scripts that no installed font has; raises PdfUnavailable without the renderer."""
    lacking = set(pdf.unprintable("".join(SAMPLES.values())))
    return [script for script, sample in SAMPLES.items() if lacking & set(sample)]
