"""Receivers of other rooms' signals."""
