"""What raters declare, and who is kept from rating whom."""
