"""How Schakel starts: environment, data folder, steps. Standard library only, because it runs before any package."""
