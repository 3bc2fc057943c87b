"""What an answer key may say of an item."""

NORMAL, SEVERAL = "normal", "several"
# What may be written in the third column, and the core's name of it.
TREATMENTS = {
    "": "",
    "normal": NORMAL,
    "several": SEVERAL,
    "all": "full-credit-all",
    "full-credit-all": "full-credit-all",
    "answered": "full-credit-answered",
    "full-credit-answered": "full-credit-answered",
    "cancelled": "neutralised",
    "neutralised": "neutralised",
}
