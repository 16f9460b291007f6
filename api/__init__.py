"""The API: endpoints for other systems."""
