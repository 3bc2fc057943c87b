"""Individual development plans, agreed by two and looked back on."""
