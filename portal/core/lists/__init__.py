"""Lists: their parameters in the address, and what their page shows."""
