"""The partnership's browser admin: this app's tables."""
