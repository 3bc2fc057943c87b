"""What every page stands on: who may open it, its headers, its forms, its errors."""
