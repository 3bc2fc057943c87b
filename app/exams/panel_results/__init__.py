"""What a panel's ratings come to, and handing it to the list."""
